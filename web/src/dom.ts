// Small tools over the document that every island uses. Islands are found by data-attributes and set up once for each element.

/** all lists the elements under root that match, root itself included. */
export function all<E extends Element>(root: ParentNode, selector: string): E[] {
  const own = root instanceof Element && root.matches(selector) ? [root as unknown as E] : [];
  return [...own, ...root.querySelectorAll<E>(selector)];
}

/** once calls setUp for each matching element that this mark has not seen yet; a swapped part is scanned again. */
export function once<E extends Element>(seen: WeakSet<Element>, root: ParentNode, selector: string, setUp: (el: E) => void): void {
  for (const el of all<E>(root, selector)) {
    if (seen.has(el)) continue;
    seen.add(el);
    setUp(el);
  }
}

/** make builds an element with classes, attributes and text; never markup from text. */
export function make<K extends keyof HTMLElementTagNameMap>(tag: K, classes: string, text = '', attributes: Record<string, string> = {}): HTMLElementTagNameMap[K] {
  const el = document.createElement(tag);
  if (classes) el.className = classes;
  if (text) el.textContent = text;
  for (const [k, v] of Object.entries(attributes)) el.setAttribute(k, v);
  return el;
}

/** icon draws a name of icons.txt from the sprite that <html data-icons="/assets/icons.….svg"> names; without it, nothing. */
export function icon(name: string): SVGSVGElement {
  const ns = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(ns, 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const sprite = document.documentElement.dataset.icons;
  if (sprite) {
    const use = document.createElementNS(ns, 'use');
    use.setAttribute('href', `${sprite}#${name}`);
    svg.append(use);
  }
  return svg;
}

/** toast shows a sentence above the tab bar for some seconds, and reads it to a screen reader. */
export function toast(text: string): void {
  let area = document.querySelector<HTMLElement>('.toasts');
  if (!area) {
    area = make('div', 'toasts', '', { role: 'status', 'aria-live': 'polite' });
    document.body.append(area);
  }
  const note = make('p', 'toast', text);
  area.append(note);
  setTimeout(() => note.remove(), 6000);
}

/** changed tells the other islands that a script altered a field: drafts save, cards count. */
export function changed(el: Element): void {
  el.dispatchEvent(new CustomEvent('xj:changed', { bubbles: true }));
}
