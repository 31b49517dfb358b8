// Nothing typed is lost. <form data-draft="ACCOUNT/patrol/ID" [data-draft-base="VERSION"]> is kept on this device on every change, with its
// photos and signatures, and is back after a reload, a restart, a night without network. It is forgotten only when the server acknowledges:
// the next page carries <meta name="draft-done" content="KEY …"> or an element with data-draft-done="KEY …", or a part is answered with
// the header X-Draft-Done: KEY.
import { all, make, once } from './dom';
import { put, putFiles, same, take, takeFiles, type Kept } from './fields';
import { keeps, link, reachable } from './net';
import { drop, load, store, sweep, type Draft } from './shelf';
import { say } from './words';

const seen = new WeakSet<Element>();

/** draft keeps every marked form under root, and forgets what the page acknowledges. */
export async function draft(root: ParentNode): Promise<void> {
  const done = all<HTMLElement>(root, 'meta[name="draft-done"], [data-draft-done]').flatMap(el => (el.getAttribute('content') ?? el.dataset.draftDone ?? '').split(/\s+/));
  await forget(done);
  once<HTMLFormElement>(seen, root, 'form[data-draft]', form => void new Keeper(form).start());
}

/** forget drops acknowledged drafts. */
export async function forget(keys: string[]): Promise<void> {
  for (const key of keys) if (key !== '') await drop(key).catch(() => undefined);
}

/** tidy sweeps old drafts once a page. */
export function tidy(): void { void sweep(Date.now()).catch(() => undefined); }

class Keeper {
  #timer = 0;
  #clean: Kept;
  #sure = false;
  #trying = false;
  #asked = false;
  #failed: HTMLElement | undefined;                           // what was pressed when there was no network
  #note: HTMLElement | undefined;

  constructor(readonly form: HTMLFormElement) { this.#clean = take(form); }

  get #key(): string { return this.form.dataset.draft ?? ''; }
  get #base(): string { return this.form.dataset.draftBase ?? ''; }

  async start(): Promise<void> {
    const found = await load(this.#key).catch(() => undefined);
    if (found) this.#meet(found);
    for (const kind of ['input', 'change', 'xj:changed']) this.form.addEventListener(kind, () => this.#soon());
    addEventListener('pagehide', () => { if (this.#timer) void this.#save(); });
    addEventListener('online', () => void this.#back());
    this.form.addEventListener('submit', e => this.#send(e), true);   // before send.ts, which listens at the document
  }

  // What the page shows wins silently only where it is the same; where the page has a newer version, the person decides.
  #meet(found: Draft): void {
    const files = found.files.some(([, f]) => f.length > 0);
    if (!files && same(found.fields, this.#clean)) {          // the server gave back what was typed: nothing to say, but not acknowledged either
      if (found.base === this.#base) keeps(true); else void drop(this.#key).catch(() => undefined);
      return;
    }
    if (found.base !== this.#base) {
      this.#asked = true;
      this.#tell(say('draft.ask', clock(found.at)), [[say('draft.use'), () => this.#restore(found)], [say('draft.discard'), () => this.#discard()]]);
      return;
    }
    this.#restore(found);
  }

  #restore(found: Draft): void {
    this.#asked = false;
    put(this.form, found.fields);
    putFiles(this.form, found.files);
    keeps(true);
    this.form.dispatchEvent(new CustomEvent('xj:filled', { bubbles: true }));
    this.#tell(say('draft.restored', clock(found.at)), [[say('draft.discard'), () => this.#discard()]]);
  }

  #discard(): void {
    this.#asked = false;
    clearTimeout(this.#timer);
    put(this.form, this.#clean);
    putFiles(this.form, []);
    this.#note?.remove();
    keeps(false);
    this.form.dispatchEvent(new CustomEvent('xj:filled', { bubbles: true }));
    void drop(this.#key).catch(() => undefined);
  }

  #untouched(): boolean {
    return same(take(this.form), this.#clean) && takeFiles(this.form).every(([, f]) => f.length === 0);
  }

  #soon(): void {
    delete this.form.dataset.kept;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#save(), 400);
  }

  async #save(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = 0;
    if (this.#asked) return;                                  // which of the two counts is not decided yet
    try {
      if (this.#untouched()) {
        await drop(this.#key);
        keeps(false);
        return;
      }
      await store({ key: this.#key, base: this.#base, at: Date.now(), fields: take(this.form), files: takeFiles(this.form) });
      if (!this.#timer) this.form.dataset.kept = '';
      keeps(true);
    } catch {
      this.#tell(say('draft.failed'), []);
    }
  }

  // After a dead spot: what was said about the network is not true any more.
  async #back(): Promise<void> {
    if (!this.#failed || !await reachable()) return;
    const button = this.#failed;
    link('online');
    this.#tell(say('draft.back'), [[say('draft.retry'), () => void this.#try(button)]]);
  }

  // Online the form is sent as any form. First everything is stored and the server is asked for a sign of life; without one nothing is sent.
  #send(e: SubmitEvent): void {
    if (this.#sure || e.defaultPrevented) { this.#sure = false; return; }
    e.preventDefault();
    e.stopImmediatePropagation();
    if (this.#asked) { this.#note?.scrollIntoView({ block: 'center' }); return; }   // first which of the two
    const button = e.submitter instanceof HTMLElement ? e.submitter : null;
    void this.#try(button);
  }

  async #try(button: HTMLElement | null): Promise<void> {
    if (this.#trying) return;                                 // a second tap while the first one waits
    this.#trying = true;
    try { await this.#attempt(button); } finally { this.#trying = false; }
  }

  async #attempt(button: HTMLElement | null): Promise<void> {
    await this.#save();
    if (!await reachable()) {
      link('offline');
      this.#failed = button ?? this.form;
      this.#tell(say('draft.offline'), [[say('draft.retry'), () => void this.#try(button)]]);
      this.#note?.scrollIntoView({ block: 'center' });
      return;
    }
    link('online');
    this.#failed = undefined;
    this.#note?.remove();
    this.#sure = true;
    this.form.requestSubmit(button?.isConnected && button !== this.form ? button : null);
    this.#sure = false;
  }

  #tell(text: string, acts: [string, () => void][]): void {
    this.#note ??= make('div', 'note', '', { role: 'status' });
    const buttons = acts.map(([word, act]) => {
      const b = make('button', 'btn btn-sm btn-plain', word, { type: 'button' });
      b.addEventListener('click', act);
      return b;
    });
    this.#note.replaceChildren(make('p', 'grow', text), ...buttons);
    const place = this.form.querySelector('[data-draft-note]');
    if (place) place.replaceChildren(this.#note); else this.form.prepend(this.#note);
  }
}

// 12月20日 10:42, in the device's own time zone: when was I here last?
function clock(at: number): string {
  const d = new Date(at), two = (n: number) => String(n).padStart(2, '0'), time = `${two(d.getHours())}:${two(d.getMinutes())}`;
  return new Date().toDateString() === d.toDateString() ? time : `${d.getMonth() + 1}-${d.getDate()} ${time}`;
}
