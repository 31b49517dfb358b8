// The keyboard: / searches, j and k or the arrows walk a list (Enter opens, as on any link), arrows walk the year ring, ? shows the keys, Esc closes.
import { all, once } from './dom';

const seen = new WeakSet<Element>();

/** keys answers the keyboard of the whole document. */
export function keys(): void {
  document.addEventListener('keydown', e => {
    if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || e.isComposing) return;
    if (e.key === 'Escape') return leave();
    const by = e.key === 'ArrowDown' ? 1 : e.key === 'ArrowUp' ? -1 : undefined;
    if (by && walks(e.target, by) && walk(by)) return e.preventDefault();
    if (writing(e.target)) return;
    const act = acts[e.key];
    if (act?.()) e.preventDefault();
  });
}

const acts: Record<string, (() => boolean) | undefined> = { '/': search, '?': help, j: () => walk(1), k: () => walk(-1) };

function writing(el: EventTarget | null): boolean {
  return el instanceof HTMLElement && (el.isContentEditable || el.matches('input:not([type=checkbox], [type=radio], [type=button]), textarea, select') || el.closest('dialog[open]') !== null);
}

function search(): boolean {
  const field = all<HTMLInputElement>(document, '[data-search]').find(el => el.offsetParent !== null);
  field?.focus();
  field?.select();
  return field !== undefined;
}

/** walks: the arrows go from the field of a search into what was found, and on from line to line. */
function walks(at: EventTarget | null, by: 1 | -1): boolean {
  return at instanceof HTMLElement && (by === 1 && at.matches('[role=search] input[type=search]') || at.matches('[data-list] [data-row], [data-list] [data-row] a[href]'));
}

function help(): boolean {
  const sheet = document.querySelector<HTMLDialogElement>('dialog[data-keys-help]');
  sheet?.showModal();
  return sheet !== null;
}

function walk(by: 1 | -1): boolean {
  const rows = all<HTMLElement>(document, '[data-list] [data-row]').filter(r => r.offsetParent !== null || r.getClientRects().length > 0);
  const here = rows.findIndex(r => r.contains(document.activeElement)), next = rows[here < 0 ? (by > 0 ? 0 : rows.length - 1) : here + by];
  const link = next?.matches('a') ? next : next?.querySelector<HTMLElement>('a[href]');
  link?.focus();
  link?.scrollIntoView({ block: 'nearest' });
  return link != null;
}

function leave(): void {
  for (const d of all<HTMLDetailsElement>(document, 'details[data-pop][open]')) { d.open = false; d.querySelector('summary')?.focus(); }
  if (document.activeElement instanceof HTMLInputElement && document.activeElement.matches('[data-search]')) document.activeElement.blur();
}

/** ring makes <svg data-ring> one tab stop: left and right walk the weeks, up and down the bands, Home and End the year. */
export function ring(root: ParentNode): void {
  once<SVGElement>(seen, root, '[data-ring]', svg => {
    const cells = all<SVGAElement>(svg, 'a[data-band][data-week]');
    const first = cells.find(c => c.hasAttribute('data-now')) ?? cells[0];
    for (const c of cells) c.setAttribute('tabindex', c === first ? '0' : '-1');
    svg.addEventListener('keydown', e => {
      const from = e.target instanceof Element ? e.target.closest<SVGAElement>('a[data-band]') : null;
      const to = from && step(cells, from, e.key);
      if (!from || !to) return;
      e.preventDefault();
      from.setAttribute('tabindex', '-1');
      to.setAttribute('tabindex', '0');
      to.focus();
    });
  });
}

function step(cells: SVGAElement[], from: SVGAElement, key: string): SVGAElement | undefined {
  const bands = [...new Set(cells.map(c => c.dataset.band))], band = cells.filter(c => c.dataset.band === from.dataset.band), k = band.indexOf(from);
  const across = (by: number) => cells.find(c => c.dataset.band === bands[bands.indexOf(from.dataset.band) + by] && c.dataset.week === from.dataset.week);
  switch (key) {
    case 'ArrowRight': return band[(k + 1) % band.length];
    case 'ArrowLeft': return band[(k - 1 + band.length) % band.length];
    case 'ArrowDown': return across(1);
    case 'ArrowUp': return across(-1);
    case 'Home': return band[0];
    case 'End': return band[band.length - 1];
    default: return undefined;
  }
}

/** pops closes <details data-pop> when one clicks elsewhere, opens <dialog> for [data-open="id"], closes one for [data-close]. */
export function pops(): void {
  document.addEventListener('click', e => {
    const at = e.target instanceof Element ? e.target : null;
    for (const d of all<HTMLDetailsElement>(document, 'details[data-pop][open]')) if (!d.contains(at)) d.open = false;
    const open = at?.closest<HTMLElement>('[data-open]');
    if (open) { const sheet = document.getElementById(open.dataset.open ?? ''); if (sheet instanceof HTMLDialogElement) { e.preventDefault(); sheet.showModal(); } }
    const close = at?.closest('[data-close]');
    if (close) { const sheet = close.closest('dialog'); if (sheet) sheet.close(); else close.closest('.flash, .note')?.remove(); }
  });
}
