// Whom a unit has. <select data-of="ID of the unit's select"> with <optgroup data-unit="UNIT">: once a unit is chosen only its own people are
// offered; with none, or one that has nobody here, all are. Without scripts the list stands whole, under headings.
import { all, changed, once } from './dom';

const seen = new WeakSet<Element>();

/** units sets up every list of people that hangs on a unit. */
export function units(root: ParentNode): void {
  once<HTMLSelectElement>(seen, root, 'select[data-of]', people => {
    const unit = document.getElementById(people.dataset.of ?? '');
    if (!(unit instanceof HTMLSelectElement)) return;
    for (const kind of ['change', 'xj:restored']) unit.addEventListener(kind, () => offer(people, unit.value));
    offer(people, unit.value);
  });
}

function offer(people: HTMLSelectElement, unit: string): void {
  const groups = all<HTMLOptGroupElement>(people, 'optgroup[data-unit]'), has = unit !== '' && groups.some(g => g.dataset.unit === unit);
  for (const g of groups) g.hidden = g.disabled = has && g.dataset.unit !== unit;
  const chosen = people.selectedOptions[0]?.parentElement;
  if (!(chosen instanceof HTMLOptGroupElement) || !chosen.disabled) return;
  people.value = '';
  changed(people);
}
