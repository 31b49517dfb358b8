// Long lists of boxes: <form data-pick> with buttons [data-pick-all="yes|no"], which tick the boxes of their [data-pick-part] or of the
// whole form, and [data-pick-count] that says how many are. Without scripts the boxes work one by one.
import { all, once } from './dom';
import { say } from './words';

const seen = new WeakSet<Element>();
const boxes = (part: ParentNode) => all<HTMLInputElement>(part, 'input[type="checkbox"]:not(:disabled)');

/** pick sets up every such form under root. */
export function pick(root: ParentNode): void {
  once<HTMLFormElement>(seen, root, 'form[data-pick]', form => {
    form.addEventListener('click', e => {
      const button = e.target instanceof Element ? e.target.closest<HTMLElement>('[data-pick-all]') : null;
      if (!button) return;
      for (const b of boxes(button.closest('[data-pick-part]') ?? form)) b.checked = button.dataset.pickAll === 'yes';
      count(form);
    });
    form.addEventListener('change', () => count(form));
    count(form);
  });
}

function count(form: HTMLFormElement): void {
  for (const el of all<HTMLElement>(form, '[data-pick-count]')) {
    const n = boxes(el.closest('[data-pick-part]') ?? form).filter(b => b.checked).length;
    el.textContent = say('pick.count', n);
  }
}
