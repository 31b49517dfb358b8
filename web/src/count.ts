// The card of a patrol: how many items are answered, where the next open one is. <form data-count> has [data-item] parts; the bar is
// <progress data-count-meter>, the words [data-count-text], the walker <button type="button" data-count-next>, the last step [data-count-done].
import { all, once } from './dom';
import { say } from './words';

const seen = new WeakSet<Element>();

/** count sets up every card under root. */
export function count(root: ParentNode): void {
  once<HTMLElement>(seen, root, '[data-count]', card => {
    const refresh = () => show(card);
    for (const kind of ['input', 'change', 'xj:changed', 'xj:filled']) card.addEventListener(kind, refresh);
    for (const b of all<HTMLElement>(card, '[data-count-next]')) b.addEventListener('click', () => go(open(card)));
    refresh();
  });
}

function answered(item: HTMLElement): boolean {
  const fields = all<HTMLInputElement>(item, 'input[type="radio"], [data-answer]');
  return fields.some(f => f.type === 'radio' ? f.checked : f.value.trim() !== '');
}

function open(card: HTMLElement): HTMLElement | undefined {
  const here = document.activeElement?.closest('[data-item]'), items = all<HTMLElement>(card, '[data-item]');
  const rest = items.filter(i => !answered(i));
  return rest.find(i => here && here.compareDocumentPosition(i) & Node.DOCUMENT_POSITION_FOLLOWING) ?? rest[0];
}

function go(item: HTMLElement | undefined): void {
  item?.scrollIntoView({ block: 'center', behavior: 'smooth' });
  item?.querySelector<HTMLElement>('input[type="radio"], [data-answer]')?.focus({ preventScroll: true });
}

function show(card: HTMLElement): void {
  const items = all<HTMLElement>(card, '[data-item]'), n = items.filter(answered).length, left = items.length - n;
  for (const i of items) {
    i.toggleAttribute('data-open-item', !answered(i));
    i.classList.toggle('is-fail', i.querySelector('[data-fail]:checked') !== null);
  }
  for (const m of all<HTMLProgressElement>(card, '[data-count-meter]')) { m.max = items.length; m.value = n; }
  for (const t of all(card, '[data-count-text]')) t.textContent = say('count.progress', n, items.length);
  for (const b of all<HTMLElement>(card, '[data-count-next]')) { b.hidden = left === 0; b.textContent = say('count.next', left); }
  for (const b of all<HTMLElement>(card, '[data-count-done]')) b.hidden = left > 0;
}
