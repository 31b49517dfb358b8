// Filters send themselves: <form data-auto method="get"> on every change, after a pause while one types; never in the middle of composing a
// Chinese word. Without scripts the form has its own button (.if-plain). On the way back a filter shows what its page shows, not what was
// chosen after it.
import { once } from './dom';

const seen = new WeakSet<Element>();

/** filter sets up every self-sending form under root. */
export function filter(root: ParentNode): void {
  once<HTMLFormElement>(seen, root, 'form[data-auto]', form => {
    let timer = 0;
    const send = (wait: number) => { clearTimeout(timer); timer = setTimeout(() => form.requestSubmit(), wait); };
    form.addEventListener('submit', () => clearTimeout(timer));
    form.addEventListener('change', e => { if (!typed(e.target)) send(0); });
    form.addEventListener('input', e => { if (typed(e.target) && !(e as InputEvent).isComposing) send(350); });
    form.addEventListener('compositionend', () => send(350));
    addEventListener('pageshow', () => form.reset());
  });
}

function typed(el: EventTarget | null): boolean {
  return el instanceof HTMLInputElement && (el.type === 'search' || el.type === 'text');
}
