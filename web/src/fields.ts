// What a form holds, read out and put back. Passwords, buttons and the server's own hidden fields stay out of it.

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
export type Kept = [name: string, values: string[]][];

const quiet = new Set(['password', 'submit', 'button', 'image', 'reset', 'file']);

function kept(el: Element): el is Control {
  if (!(el instanceof HTMLInputElement || el instanceof HTMLTextAreaElement || el instanceof HTMLSelectElement)) return false;
  if (el.name === '' || el.hasAttribute('data-draft-skip') || quiet.has(el.type)) return false;
  return el.type !== 'hidden' || el.hasAttribute('data-sign-value') || el.hasAttribute('data-draft-keep');
}

function controls(form: HTMLFormElement): Map<string, Control[]> {
  const byName = new Map<string, Control[]>();
  for (const el of form.elements) if (kept(el)) byName.set(el.name, [...byName.get(el.name) ?? [], el]);
  return byName;
}

const boxed = (el: Control): el is HTMLInputElement => el instanceof HTMLInputElement && (el.type === 'radio' || el.type === 'checkbox');
const chosen = (el: HTMLSelectElement): string[] => [...el.selectedOptions].map(o => o.value);

function read(group: Control[]): string[] {
  return group.flatMap(el => boxed(el) ? (el.checked ? [el.value] : []) : el instanceof HTMLSelectElement ? chosen(el) : [el.value]);
}

/** take reads every field of the form by name. */
export function take(form: HTMLFormElement): Kept {
  return [...controls(form)].map(([name, group]) => [name, read(group)]);
}

/** same says whether two readings hold the same values. */
export function same(a: Kept, b: Kept): boolean {
  const flat = (k: Kept) => JSON.stringify(k.filter(([, v]) => v.some(s => s !== '')).sort(([x], [y]) => x < y ? -1 : 1));
  return flat(a) === flat(b);
}

/** put writes a reading back and tells each field that it was restored. */
export function put(form: HTMLFormElement, values: Kept): void {
  const byName = controls(form);
  for (const [name, list] of values) {
    let next = 0;
    for (const el of byName.get(name) ?? []) {
      if (boxed(el)) el.checked = list.includes(el.value);
      else if (el instanceof HTMLSelectElement) [...el.options].forEach(o => { o.selected = list.includes(o.value); });
      else el.value = list[next++] ?? '';
      el.dispatchEvent(new CustomEvent('xj:restored', { bubbles: true }));
    }
  }
}

/** takeFiles reads the chosen files of every file field by name. */
export function takeFiles(form: HTMLFormElement): [string, File[]][] {
  return fileInputs(form).map(el => [el.name, [...el.files ?? []]]);
}

/** putFiles puts kept files back into their fields. */
export function putFiles(form: HTMLFormElement, files: [string, File[]][]): void {
  for (const el of fileInputs(form)) {
    const list = new DataTransfer();
    for (const f of files.find(([name]) => name === el.name)?.[1] ?? []) list.items.add(f);
    el.files = list.files;
    el.dispatchEvent(new CustomEvent('xj:restored', { bubbles: true }));
  }
}

/** fileInputs lists the file fields of a form. */
export function fileInputs(form: HTMLFormElement): HTMLInputElement[] {
  return [...form.elements].filter((el): el is HTMLInputElement => el instanceof HTMLInputElement && el.type === 'file' && el.name !== '' && !el.hasAttribute('data-draft-skip'));
}
