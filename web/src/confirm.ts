// Acts that cannot be undone ask once: <button data-confirm="撤回后要重新上报。" [data-confirm-what="焊接车间"] [data-confirm-yes="撤回"]>.
// The name of what is meant stands above the sentence, so that a sentence of one language holds no word of another. The server checks all the same.
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
  const words = make('div', 'grid gap-1', '', { id: 'confirm-words' });
  const what = button.dataset.confirmWhat;
  if (what) words.append(make('strong', 'text-base', what, /\p{Script=Han}/u.test(what) ? { lang: 'zh-CN' } : {}));
  words.append(make('p', 'text-base', button.dataset.confirm));
  sheet.append(words, acts);
  document.body.append(sheet);
  sheet.showModal();
  no.focus();
}
