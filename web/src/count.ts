// The card of a patrol: figures and days judge themselves, how many items are complete, where the next one is that is not.
// <form data-count> has [data-item] parts; [data-need="NAME"] is another part that needs a choice. The bar is <progress data-count-meter>,
// the words [data-count-text], the walker <button type="button" data-count-next>, the last step [data-count-done]. [data-lack="ID"] is a line
// of what the server missed, [data-item-wrong] its sentence at the item: both go when it is there.
import { all, once } from './dom';
import { found } from './figure';
import { say } from './words';

const seen = new WeakSet<Element>();

/** count sets up every card under root. */
export function count(root: ParentNode): void {
  once<HTMLElement>(seen, root, '[data-count]', card => {
    card.addEventListener('input', e => { if (e.target instanceof HTMLInputElement && e.target.matches('[data-answer]')) judge(card, e.target); });
    card.addEventListener('change', e => { if (e.target instanceof HTMLInputElement) change(card, e.target); });
    card.addEventListener('xj:filled', () => { for (const f of answers(card)) speak(card, f); });
    for (const kind of ['input', 'change', 'xj:changed', 'xj:filled']) card.addEventListener(kind, () => show(card));
    for (const b of all<HTMLElement>(card, '[data-count-next]')) b.addEventListener('click', () => go(card));
    for (const f of answers(card)) speak(card, f);
    show(card);
  });
}

const answers = (root: ParentNode): HTMLInputElement[] => all<HTMLInputElement>(root, 'input[data-answer]');
const itemOf = (el: Element): HTMLElement | null => el.closest('[data-item]');
const verdicts = (item: Element): HTMLInputElement[] => all<HTMLInputElement>(item, 'input[type="radio"][name^="v-"]');
const verdict = (item: Element): string => verdicts(item).find(r => r.checked)?.value ?? '';
const day = (card: Element): string => card.querySelector<HTMLInputElement>('input[name="on"]')?.value ?? '';

const worded = (item: Element): boolean => (item.querySelector<HTMLTextAreaElement>('textarea')?.value.trim() ?? '') !== '';

// While one types, the field speaks the verdict; only 不适用 and a failure in words stand against it.
function judge(card: HTMLElement, field: HTMLInputElement): void {
  const item = itemOf(field);
  if (!item) return;
  const f = found(field, day(card));
  speak(card, field);
  if (verdict(item) === 'na' || field.dataset.figure !== undefined && field.dataset.limit === undefined) return;
  if (verdict(item) === 'fail' && f.verdict === 'pass' && worded(item)) return;   // it fails for another reason, which is written
  for (const r of verdicts(item)) r.checked = r.value === f.verdict;
}

function change(card: HTMLElement, field: HTMLInputElement): void {
  if (field.matches('[data-answer]')) return judge(card, field);
  if (field.name === 'on') return answers(card).forEach(f => { if (f.value !== '') judge(card, f); });
  const item = itemOf(field), answer = item && answers(item)[0];
  if (answer && field.value === 'pass' && found(answer, day(card)).verdict === 'fail') judge(card, answer);   // a figure outside of its limit does not pass
  if (answer) speak(card, answer);
}

/** speak says in words what the field comes to, and marks the item whose failure needs no other words. */
function speak(card: HTMLElement, field: HTMLInputElement): void {
  const item = itemOf(field), place = item?.querySelector<HTMLElement>('[data-says]');
  if (!item) return;
  const f = found(field, day(card)), na = verdict(item) === 'na';
  item.classList.toggle('is-explained', f.verdict === 'fail' && !na);
  if (!place) return;
  place.textContent = na ? '' : f.says;
  place.className = `item-says mt-2 is-${f.wrong ? 'unread' : f.verdict}`;
}

/** lacking is the control at which an item is not complete, undefined where it is. */
function lacking(card: HTMLElement, item: HTMLElement): HTMLElement | undefined {
  const v = verdict(item), answer = answers(item)[0], note = item.querySelector<HTMLTextAreaElement>('textarea'), first = verdicts(item)[0], words = worded(item);
  if (v === 'na') return undefined;
  const f = answer ? found(answer, day(card)) : undefined;
  if (answer && f?.wrong) return answer;
  if (answer && answer.value.trim() === '' && !(v === 'fail' && words)) return answer;
  if (v === '') return answer?.dataset.months !== undefined ? undefined : first;   // a day in words is the server's to read
  if (v === 'fail' && f?.verdict !== 'fail' && !words && !pictured(item)) return note ?? first;
  return undefined;
}

const pictured = (item: HTMLElement): boolean => all<HTMLInputElement>(item, 'input[type="file"]').some(i => (i.files?.length ?? 0) > 0)
  || all<HTMLInputElement>(item, '[data-photo-list] input[name^="keep-"]').some(k => !all<HTMLInputElement>(item, 'input[name^="drop-"]').some(d => d.checked && d.value === k.value));

/** needs is the other parts that wait for a choice. */
function needs(card: HTMLElement): HTMLElement[] {
  return all<HTMLElement>(card, '[data-need]').filter(part => {
    const fields = all<HTMLInputElement>(part, `input[name="${part.dataset.need}"]`);
    return fields.length > 0 && !fields.some(f => f.type === 'radio' ? f.checked : f.value !== '');
  });
}

function go(card: HTMLElement): void {
  const items = all<HTMLElement>(card, '[data-item]').filter(i => lacking(card, i) !== undefined), here = document.activeElement?.closest('[data-item]');
  const next = items.find(i => here && here.compareDocumentPosition(i) & Node.DOCUMENT_POSITION_FOLLOWING) ?? items[0] ?? needs(card)[0];
  if (!next) return;
  if (next instanceof HTMLDetailsElement) next.open = true;
  next.scrollIntoView({ block: 'center', behavior: 'smooth' });
  (lacking(card, next) ?? next.querySelector<HTMLElement>('input[type="radio"]'))?.focus({ preventScroll: true });
}

function show(card: HTMLElement): void {
  const items = all<HTMLElement>(card, '[data-item]'), open = items.filter(i => lacking(card, i) !== undefined), wants = needs(card), left = open.length + wants.length;
  for (const i of items) {
    i.toggleAttribute('data-open-item', open.includes(i));
    i.classList.toggle('is-fail', i.querySelector('[data-fail]:checked') !== null);
    for (const w of all(i, '[data-item-wrong]')) w.toggleAttribute('hidden', !open.includes(i) || i.querySelector('.item-says.is-unread') !== null);
  }
  for (const l of all<HTMLElement>(card, '[data-lack]')) l.hidden = ![...open, ...wants].some(i => i.id === l.dataset.lack);
  for (const l of all<HTMLElement>(card, '[data-lacks]')) l.hidden = all<HTMLElement>(l, '[data-lack]').every(x => x.hidden);
  for (const m of all<HTMLProgressElement>(card, '[data-count-meter]')) { m.max = items.length; m.value = items.length - open.length; }
  for (const t of all(card, '[data-count-text]')) t.textContent = say('count.progress', items.length - open.length, items.length);
  for (const b of all<HTMLElement>(card, '[data-count-next]')) { b.hidden = left === 0; b.textContent = say('count.next', left); }
  for (const b of all<HTMLElement>(card, '[data-count-done]')) b.hidden = left > 0;
}
