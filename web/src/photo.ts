// Photo fields. <div class="photo-field"> holds <input type="file" data-photos [multiple] [data-max="6"]> and <ul data-photo-list>.
// What the person chose stays in the input itself (through DataTransfer), so the form is sent as any other, and works without this file.
import { changed, icon, make, once } from './dom';
import { shrink } from './picture';
import { say } from './words';

const seen = new WeakSet<Element>();

/** photo sets up every photo input under root. */
export function photo(root: ParentNode): void {
  once<HTMLInputElement>(seen, root, 'input[type="file"][data-photos]', input => new Album(input));
}

class Album {
  #files: File[] = [];
  #urls: string[] = [];
  #made = 0;
  readonly #field: Element;

  constructor(readonly input: HTMLInputElement) {
    this.#field = input.closest('.photo-field') ?? input.parentElement ?? input;
    input.addEventListener('change', () => void this.#add([...input.files ?? []]));
    input.addEventListener('xj:restored', () => { this.#files = [...input.files ?? []]; this.#made = this.#files.length; this.#unsent(); this.#show(); });
    input.form?.addEventListener('submit', e => this.#wait(e), true);
    if (input.files?.length) void this.#add([...input.files]);   // what the browser itself kept over a reload
  }

  // What the server only handed back is here as the original: it must not be sent twice.
  #unsent(): void {
    if (this.#files.length > 0) for (const li of this.#field.querySelectorAll('[data-photo-sent]')) li.remove();
  }

  get #max(): number { return this.input.multiple ? Number(this.input.dataset.max) || 9 : 1; }

  // A single field replaces its photo (重拍), a multiple one adds.
  async #add(chosen: File[]): Promise<void> {
    const before = this.input.multiple ? this.#files : [], room = this.#max - before.length, taken = chosen.slice(0, Math.max(0, room)), bad: string[] = [];
    this.#busy(true);
    const good: File[] = [];
    for (const file of taken) {                               // one after the other: a phone has no memory for six at once
      const small = await shrink(file, `photo-${++this.#made}.jpg`);
      if (small) good.push(small); else bad.push(file.name);
    }
    this.#files = [...before, ...good];
    this.#busy(false);
    this.#keep();
    this.#say([...bad.map(n => say('photo.broken', n)), ...(chosen.length > taken.length ? [say('photo.many', this.#max, chosen.length - taken.length)] : [])]);
  }

  #keep(): void {
    const list = new DataTransfer();
    for (const f of this.#files) list.items.add(f);
    this.input.files = list.files;
    this.#show();
    changed(this.input);
  }

  #show(): void {
    this.#urls.forEach(u => URL.revokeObjectURL(u));
    this.#urls = this.#files.map(f => URL.createObjectURL(f));
    const list = this.#field.querySelector('[data-photo-list]');
    if (!list) return;
    list.querySelectorAll('[data-photo-new]').forEach(li => li.remove());
    this.#urls.forEach((url, k) => list.append(this.#thumb(url, k)));
    this.#field.classList.toggle('has-photos', this.#files.length > 0);
  }

  #thumb(url: string, k: number): HTMLElement {
    const li = make('li', '', '', { 'data-photo-new': '' }), img = make('img', '', '', { src: url, alt: '' });
    const drop = make('button', 'photo-drop', '', { type: 'button', 'aria-label': say('photo.remove', k + 1), title: say('photo.remove', k + 1) });
    drop.append(icon('x'));
    drop.addEventListener('click', () => {
      this.#files.splice(k, 1);
      this.#keep();
      this.#say([]);
      this.input.focus();
    });
    li.append(img, drop);
    return li;
  }

  #busy(on: boolean): void {
    this.input.toggleAttribute('data-busy', on);
    if (on) this.#write(say('photo.working'), false);
  }

  // While photos are still being scaled the form would send the large ones: a moment's patience, in words.
  #wait(e: Event): void {
    if (!this.input.hasAttribute('data-busy')) return;
    e.preventDefault();
    e.stopImmediatePropagation();
  }

  #say(problems: string[]): void {
    this.#write(problems.length ? problems.join('') : this.#files.length ? say('photo.count', this.#files.length) : '', problems.length > 0);
  }

  #write(text: string, wrong: boolean): void {
    const place = this.#field.querySelector('[data-photo-say]');
    if (!place) return;
    place.textContent = text;
    place.classList.toggle('field-wrong', wrong);
    place.classList.toggle('hint', !wrong);
  }
}
