// The printer of a paper: <button data-print>. Browsers without one (inside chat programs) do nothing; the words beside it say what else helps.

/** print sends the page to the device's printer. */
export function print(): void {
  document.addEventListener('click', e => {
    if (e.target instanceof Element && e.target.closest('[data-print]')) window.print();
  });
}
