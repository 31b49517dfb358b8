// Picking some of many names. <section data-pick> holds <input data-pick-find>, <output data-pick-count>, groups <details data-pick-group> with
// <button data-pick-all>, and labels with a checkbox, data-spelt on the label. Without scripts it is a folded list of boxes.
import { all, changed, once } from './dom';
import { boxes } from './tick';
import { say } from './words';

const seen = new WeakSet<Element>();

/** pick sets up every list of names under root. */
export function pick(root: ParentNode): void {
  once<HTMLElement>(seen, root, '[data-pick]', box => {
    const find = box.querySelector<HTMLInputElement>('[data-pick-find]'), groups = all<HTMLDetailsElement>(box, '[data-pick-group]');
    find?.addEventListener('input', () => sift(box, groups, find.value));
    find?.addEventListener('keydown', e => { if (e.key === 'Enter') tickOnly(box, find, e); });
    for (const g of groups) g.querySelector('[data-pick-all]')?.addEventListener('click', () => tickAll(g));
    for (const kind of ['change', 'xj:changed', 'xj:restored']) box.addEventListener(kind, () => count(box, groups));
    count(box, groups);
  });
}

const labels = (root: ParentNode): HTMLElement[] => all<HTMLElement>(root, '.picks > label');

/** meant tells whether a name is what one looks for: a part of it, or the beginning of its initials or pinyin. */
export function meant(name: string, spelt: string, wanted: string): boolean {
  const w = wanted.trim().toLowerCase().replace(/\s+/g, '');
  return w === '' || name.replace(/\s+/g, '').toLowerCase().includes(w) || spelt.split(' ').some(s => s.startsWith(w));
}

function sift(box: HTMLElement, groups: HTMLDetailsElement[], wanted: string): void {
  for (const l of labels(box)) l.hidden = !meant(l.textContent ?? '', l.dataset.spelt ?? '', wanted);
  for (const g of groups) {
    g.hidden = labels(g).every(l => l.hidden);
    g.open = !g.hidden && (wanted.trim() !== '' || boxes(g).some(b => b.checked));
  }
  const none = box.querySelector<HTMLElement>('[data-pick-none]');
  if (none) none.hidden = labels(box).some(l => !l.hidden);
}

// Enter takes the only one that is left, and does not send the form.
function tickOnly(box: HTMLElement, find: HTMLInputElement, e: Event): void {
  e.preventDefault();
  const [one, ...more] = labels(box).filter(l => !l.hidden);
  const tick = one?.querySelector('input');
  if (!tick || more.length > 0) return;
  tick.checked = true;
  changed(tick);
  find.select();
}

function tickAll(group: HTMLElement): void {
  const shown = boxes(group).filter(b => !b.closest('label')?.hidden), on = shown.some(b => !b.checked);
  for (const b of shown) b.checked = on;
  if (shown[0]) changed(shown[0]);
}

function count(box: HTMLElement, groups: HTMLElement[]): void {
  const total = boxes(box).filter(b => b.checked).length, says = box.querySelector('[data-pick-count]');
  if (says) says.textContent = total > 0 ? say('pick.count', total) : '';
  for (const g of groups) {
    const own = boxes(g), on = own.filter(b => b.checked).length, button = g.querySelector('[data-pick-all]'), tally = g.querySelector('[data-pick-tally]');
    if (button) button.textContent = on === own.length ? say('pick.none') : say('pick.all');
    if (tally) tally.textContent = on > 0 ? `${on} / ${own.length}` : String(own.length);
  }
}
