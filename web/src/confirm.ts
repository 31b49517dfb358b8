// Acts that cannot be undone ask once: <button data-confirm="撤回后要重新上报。" [data-confirm-yes="撤回"]>. The server checks all the same.
import { make } from './dom';
import { say } from './words';

/** confirm asks before the marked buttons of the whole document send their form. */
export function confirm(): void {
  document.addEventListener('click', e => {
    const button = e.target instanceof Element ? e.target.closest<HTMLButtonElement>('button[data-confirm]') : null;
    if (!button || button.dataset.sure !== undefined) return;
    e.preventDefault();
    e.stopImmediatePropagation();
    ask(button);
  }, true);
}

function ask(button: HTMLButtonElement): void {
  const sheet = make('dialog', 'sheet', '', { 'aria-labelledby': 'confirm-words' }), acts = make('div', 'sheet-acts');
  const no = make('button', 'btn btn-plain', say('confirm.no'), { type: 'button' }), yes = make('button', 'btn btn-primary', button.dataset.confirmYes || say('confirm.yes'), { type: 'button' });
  no.addEventListener('click', () => sheet.close());
  yes.addEventListener('click', () => {
    sheet.close();
    button.dataset.sure = '';
    button.click();
    delete button.dataset.sure;
  });
  sheet.addEventListener('close', () => { sheet.remove(); button.focus(); });
  acts.append(no, yes);
  sheet.append(make('p', 'text-base', button.dataset.confirm, { id: 'confirm-words' }), acts);
  document.body.append(sheet);
  sheet.showModal();
  no.focus();
}
