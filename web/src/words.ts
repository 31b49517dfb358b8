// The sentences that scripts say. The Chinese stands in words.json; a page in another language delivers
// <script type="application/json" id="words">{"net.online": "Connected", …}</script>, which wins.
import chinese from '../words.json';

export type Sentence = keyof typeof chinese;

let page: Partial<Record<string, string>> | undefined;

function delivered(): Partial<Record<string, string>> {
  if (!page) {
    try { page = JSON.parse(document.getElementById('words')?.textContent || '{}'); } catch { page = {}; }
  }
  return page ?? {};
}

/** fill puts the values in the places of %d and %s, in their order. */
export function fill(text: string, values: readonly (string | number)[]): string {
  let k = 0;
  return text.replace(/%[ds]/g, () => String(values[k++] ?? ''));
}

/** say returns the sentence in the page's language. */
export function say(key: Sentence, ...values: (string | number)[]): string {
  return fill(delivered()[key] ?? chinese[key], values);
}
