// Light, dark, 大字版. <form data-look method="post" …> has buttons name="theme" (xiaojia, xiaojia-night, auto) or name="size" (normal, large).
// Without scripts the form is posted and the server sets the same cookies.
import { all } from './dom';

const year = 365 * 24 * 3600;
const values: Record<string, Record<string, string>> = { theme: { xiaojia: 'xiaojia', 'xiaojia-night': 'xiaojia-night', auto: '' }, size: { normal: '', large: 'large' } };

/** theme answers the look buttons of the whole document at once. */
export function theme(): void {
  document.addEventListener('submit', e => {
    const form = e.target, button = e.submitter;
    if (!(form instanceof HTMLFormElement) || !form.matches('[data-look]') || !(button instanceof HTMLButtonElement)) return;
    const value = values[button.name]?.[button.value];
    if (value === undefined) return;
    e.preventDefault();
    apply(button.name, button.value, value);
  });
}

function apply(name: string, cookie: string, value: string): void {
  const secure = location.protocol === 'https:' ? '; secure' : '';
  document.cookie = `${name}=${cookie}; path=/; max-age=${year}; samesite=lax${secure}`;
  if (value === '') delete document.documentElement.dataset[name]; else document.documentElement.dataset[name] = value;
  for (const b of all<HTMLButtonElement>(document, `[data-look] button[name="${name}"]`)) b.setAttribute('aria-pressed', String(b.value === cookie));
  document.dispatchEvent(new CustomEvent('xj:theme'));
}
