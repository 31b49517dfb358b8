// A page that comes back with sentences at its fields says so at the top, each as a link to its field; what is folded is opened, and the
// first field has the focus, where the keyboard of a phone does not hide the sentence.
import { all, icon, make } from './dom';
import { say } from './words';

/** errors looks for refused fields under root. */
export function errors(root: ParentNode): void {
  const wrong = all<HTMLElement>(root, '.field-wrong').filter(el => el.textContent?.trim() && !el.closest('template'));
  const first = wrong[0];
  if (!first) return;
  for (const el of wrong) for (let d = el.closest('details'); d; d = d.parentElement?.closest('details') ?? null) d.open = true;
  const main = document.querySelector('main');
  if (main?.querySelector('.flash.good')) return;             // a draft is saved whatever was typed: what is missing stands at its field
  if (main && !main.querySelector('[data-errors]')) main.prepend(summary(wrong));
  control(first)?.focus({ preventScroll: true });
  (first.closest('.field') ?? first).scrollIntoView({ block: 'center' });
  for (const el of wrong) el.closest('.field')?.addEventListener('input', () => mended(el), { once: true });
}

// What one types into again is not called wrong any more; the server looks once more.
function mended(el: HTMLElement): void {
  const field = el.closest('.field');
  field?.classList.remove('is-wrong');
  for (const c of field?.querySelectorAll('[aria-invalid]') ?? []) c.removeAttribute('aria-invalid');
  document.querySelector(`[data-errors] a[href="#${CSS.escape(el.id)}"]`)?.closest('li')?.remove();
  el.textContent = '';
  const box = document.querySelector('[data-errors]');
  if (box && !box.querySelector('li')) box.remove();
}

function summary(wrong: HTMLElement[]): HTMLElement {
  const box = make('div', 'flash late', '', { role: 'alert', 'data-errors': '' }), words = make('div', 'grow');
  words.append(make('p', '', say('errors.some', wrong.length)));
  const list = make('ul', 'mt-1 grid gap-1 font-normal');
  wrong.forEach((el, k) => {
    el.id ||= `wrong-${k}`;
    const li = make('li', ''), a = make('a', 'link', el.textContent?.trim() ?? '', { href: `#${el.id}` });
    a.addEventListener('click', e => {
      e.preventDefault();
      (el.closest('.field') ?? el).scrollIntoView({ block: 'center' });
      control(el)?.focus({ preventScroll: true });
    });
    li.append(a);
    list.append(li);
  });
  words.append(list);
  box.append(icon('triangle-alert'), words);
  return box;
}

function control(el: HTMLElement): HTMLElement | null {
  const field = el.closest('.field, fieldset, section');
  return field?.querySelector<HTMLElement>('input:not([type=hidden]), textarea, select, canvas[tabindex]') ?? null;
}
