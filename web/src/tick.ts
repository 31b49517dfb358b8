// Long lists of boxes: <form data-tick> with buttons [data-tick-all="yes|no"], which tick the boxes of their [data-tick-part] or of the
// whole form, and [data-tick-count] that says how many are. Without scripts the boxes work one by one.
import { all, once } from './dom';
import { say } from './words';

const seen = new WeakSet<Element>();
export const boxes = (part: ParentNode): HTMLInputElement[] => all<HTMLInputElement>(part, 'input[type="checkbox"]:not(:disabled)');

/** tick sets up every such form under root. */
export function tick(root: ParentNode): void {
  once<HTMLFormElement>(seen, root, 'form[data-tick]', form => {
    form.addEventListener('click', e => {
      const button = e.target instanceof Element ? e.target.closest<HTMLElement>('[data-tick-all]') : null;
      if (!button) return;
      for (const b of boxes(button.closest('[data-tick-part]') ?? form)) b.checked = button.dataset.tickAll === 'yes';
      count(form);
    });
    form.addEventListener('change', () => count(form));
    count(form);
  });
}

function count(form: HTMLFormElement): void {
  for (const el of all<HTMLElement>(form, '[data-tick-count]')) {
    const n = boxes(el.closest('[data-tick-part]') ?? form).filter(b => b.checked).length;
    el.textContent = say('pick.count', n);
  }
}
