// Looking at a password that one types: <button type="button" class="if-script" data-peek="ID of the field" aria-pressed="false">.

/** peek answers the marked buttons of the whole document. */
export function peek(): void {
  document.addEventListener('click', e => {
    const button = e.target instanceof Element ? e.target.closest<HTMLElement>('[data-peek]') : null;
    const field = button && document.getElementById(button.dataset.peek ?? '');
    if (!button || !(field instanceof HTMLInputElement)) return;
    const open = field.type === 'password';
    field.type = open ? 'text' : 'password';
    button.setAttribute('aria-pressed', String(open));
    field.focus();
  });
}
