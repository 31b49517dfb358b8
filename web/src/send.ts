// Forms are sent by script: a refusal comes back into the page as it stands, so that nothing chosen is lost and the way back leads to
// pages and not to sent forms; uploads show how far they are; a second tap sends nothing. The server answers 204 with X-Go for "look at this
// page next", HTML for the form with its sentences, JSON {error} for what no form can say. Without this file forms work as any form.
// <form data-plain> is left to the browser: sign-in, so that it offers to keep the password; <form data-plain-when="name=value"> where the
// field has that value, because the answer is shown in no other page and has to outlast a reload.
import { all, make, toast } from './dom';
import { forget } from './draft';
import { fileInputs, putFiles, takeFiles } from './fields';
import { link } from './net';
import { say } from './words';

const large = 200_000; // bytes from which on one wants to see that something moves

/** send takes over every form of the document that posts. shown is told of a part that came into the page. */
export function send(shown: (root: ParentNode) => void): void {
  document.addEventListener('submit', e => {
    const form = e.target;
    if (e.defaultPrevented || !(form instanceof HTMLFormElement) || form.method !== 'post' || form.target || left(form)) return;
    e.preventDefault();
    if ('sending' in form.dataset) return;
    void new Sending(form, e.submitter, shown).go();
  });
}

class Sending {
  readonly #button: HTMLElement | null;
  #bar: HTMLElement | undefined;

  constructor(readonly form: HTMLFormElement, button: HTMLElement | null, readonly shown: (root: ParentNode) => void) { this.#button = button; }

  async go(): Promise<void> {
    this.#busy(true);
    try { this.#arrived(await this.#post()); } catch { toast(say('send.failed')); } finally { this.#busy(false); }
  }

  #post(): Promise<XMLHttpRequest> {
    const body = new FormData(this.form, this.#button), x = new XMLHttpRequest();
    const to = this.#button?.getAttribute('formaction') ?? this.form.getAttribute('action') ?? location.href;
    x.open('POST', to);
    x.setRequestHeader('X-Send', '1');
    if (weight(this.form) > large) x.upload.addEventListener('progress', e => this.#far(e));
    return new Promise((done, failed) => {
      x.addEventListener('load', () => done(x));
      for (const kind of ['error', 'abort', 'timeout']) x.addEventListener(kind, failed);
      x.send(this.form.enctype === 'multipart/form-data' ? body : plain(body));
    });
  }

  #arrived(x: XMLHttpRequest): void {
    const go = x.getResponseHeader('X-Go');
    if (go !== null) return follow(go);
    const kind = x.getResponseHeader('Content-Type') ?? '';
    if (kind.startsWith('application/json')) return toast(JSON.parse(x.responseText).error ?? say('send.failed'));
    if (!kind.startsWith('text/html')) throw new Error(`answered ${x.status}`);
    this.#show(new DOMParser().parseFromString(x.responseText, 'text/html'));
  }

  // What the browser cannot be told by HTML is which files were chosen: they are carried over, but where a draft keeps them.
  #show(page: Document): void {
    void forget((page.querySelector<HTMLMetaElement>('meta[name="draft-done"]')?.content ?? '').split(/\s+/));
    const files = takeFiles(this.form), action = this.form.getAttribute('action');
    document.body.replaceChildren(...page.body.childNodes);
    document.title = page.title;
    const again = all<HTMLFormElement>(document.body, 'form').find(f => f.getAttribute('action') === action);
    if (again && !('draft' in again.dataset) && again.querySelector('.field-wrong')) putFiles(again, files);
    scrollTo({ top: 0 });
    link();
    this.shown(document);
  }

  #busy(on: boolean): void {
    if (on) this.form.dataset.sending = ''; else delete this.form.dataset.sending;
    this.#button?.setAttribute('aria-busy', String(on));
    if (!on) this.#bar?.remove();
  }

  #far(e: ProgressEvent): void {
    this.#bar ??= this.#draw();
    const meter = this.#bar.querySelector('progress');
    if (meter && e.lengthComputable) { meter.max = e.total; meter.value = e.loaded; }
  }

  #draw(): HTMLElement {
    const bar = make('div', 'sending', '', { role: 'status' });
    bar.append(make('p', '', say('send.uploading')), make('progress', 'meter', '', { 'aria-label': say('send.uploading') }));
    document.body.append(bar);
    return bar;
  }
}

function left(form: HTMLFormElement): boolean {
  const [name = '', value] = (form.dataset.plainWhen ?? '').split('=');
  return 'plain' in form.dataset || name !== '' && new FormData(form).get(name) === value;
}

function weight(form: HTMLFormElement): number {
  return fileInputs(form).flatMap(el => [...el.files ?? []]).reduce((n, f) => n + f.size, 0);
}

function plain(body: FormData): URLSearchParams {
  const out = new URLSearchParams();
  for (const [name, value] of body) if (typeof value === 'string') out.append(name, value);
  return out;
}

// The page that is shown already is shown anew: assigning its own address with a mark in it would only scroll.
function follow(to: string): void {
  const next = new URL(to, location.href);
  const same = next.pathname === location.pathname && next.search === location.search;
  if (!same) return location.assign(next);
  if (next.hash) history.replaceState(null, '', next);
  location.reload();
}
