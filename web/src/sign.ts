// Handwritten signatures. <div class="sign-pad" data-sign-pad> holds <canvas data-sign> and <input type="hidden" data-sign-value>, which gets
// {"w":358,"h":144,"strokes":[[[x,y,ms],…],…]}: points on a canvas of w × h, ms since the first point. Empty string = not signed.
// The server draws its own SVG from the points; no picture and no markup leaves the phone.
import SignaturePad, { type PointGroup } from 'signature_pad';
import { all, changed, once } from './dom';
import { say } from './words';

export interface Ink { w: number; h: number; strokes: [number, number, number][][]; }

/** toInk keeps of the drawn strokes what a signature is: where and when, in whole numbers. */
export function toInk(groups: readonly PointGroup[], w: number, h: number): Ink {
  const start = groups[0]?.points[0]?.time ?? 0;
  return { w: Math.round(w), h: Math.round(h), strokes: groups.map(g => g.points.map(p => [Math.round(p.x * 10) / 10, Math.round(p.y * 10) / 10, Math.round(p.time - start)])) };
}

/** parseInk reads a stored signature; anything else counts as none. */
export function parseInk(text: string): Ink | undefined {
  try {
    const ink = JSON.parse(text) as Ink;
    return ink.w > 0 && ink.h > 0 && ink.strokes.length > 0 ? ink : undefined;
  } catch { return undefined; }
}

/** fit scales a signature into w × h without bending it, centred. */
export function fit(ink: Ink, w: number, h: number): { x: number; y: number; time: number; pressure: number }[][] {
  const k = Math.min(w / ink.w, h / ink.h), dx = (w - ink.w * k) / 2, dy = (h - ink.h * k) / 2;
  return ink.strokes.map(s => s.map(([x, y, time]) => ({ x: x * k + dx, y: y * k + dy, time, pressure: .5 })));
}

/** turned is what was written along the long side of an upright window, as it reads when the phone lies on its side. */
export function turned(ink: Ink): Ink {
  return { w: ink.h, h: ink.w, strokes: ink.strokes.map(s => s.map(([x, y, time]) => [y, Math.round((ink.w - x) * 10) / 10, time])) };
}

/** upright puts points of a lying sheet back onto the upright window of width w. */
export function upright<P extends { x: number; y: number }>(strokes: P[][], w: number): P[][] {
  return strokes.map(s => s.map(p => ({ ...p, x: w - p.y, y: p.x })));
}

const seen = new WeakSet<Element>();

/** sign sets up every pad under root. */
export function sign(root: ParentNode): void {
  once<HTMLElement>(seen, root, '[data-sign-pad]', box => {
    const canvas = box.querySelector<HTMLCanvasElement>('canvas[data-sign]'), value = box.querySelector<HTMLInputElement>('[data-sign-value]');
    if (canvas && value) new Sheet(box, canvas, value);
  });
}

class Sheet {
  readonly #pad: SignaturePad;
  #ink: Ink | undefined;
  #lies = false;

  constructor(readonly box: HTMLElement, readonly canvas: HTMLCanvasElement, readonly value: HTMLInputElement) {
    this.#pad = new SignaturePad(canvas, { minWidth: 1.1, maxWidth: 3.2 });
    this.#ink = parseInk(value.value);
    this.#pad.addEventListener('endStroke', () => this.#store());
    new ResizeObserver(() => this.#draw()).observe(canvas);
    value.addEventListener('xj:restored', () => { this.#ink = parseInk(value.value); this.#draw(); });
    document.addEventListener('xj:theme', () => this.#draw());
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#draw());
    for (const b of all<HTMLElement>(box, '[data-sign-clear]')) b.addEventListener('click', () => this.clear());
    for (const b of all<HTMLElement>(box, '[data-sign-large]')) b.addEventListener('click', () => this.#enlarge(true));
    for (const b of all<HTMLElement>(box, '[data-sign-small]')) b.addEventListener('click', () => this.#enlarge(false));
    box.addEventListener('keydown', e => { if (e.key === 'Escape' && box.classList.contains('is-large')) { e.stopPropagation(); this.#enlarge(false); } });
    value.form?.addEventListener('submit', e => this.#refuse(e), true);
  }

  clear(): void {
    this.#pad.clear();
    this.#ink = undefined;
    this.#show('');
  }

  #store(): void {
    const ink = toInk(this.#pad.toData(), this.canvas.clientWidth, this.canvas.clientHeight);
    this.#ink = this.#lies ? turned(ink) : ink;
    this.#show(JSON.stringify(this.#ink));
  }

  #show(text: string): void {
    this.value.value = text;
    this.box.classList.toggle('has-ink', text !== '');
    this.#wrong('');
    changed(this.value);
  }

  // A canvas loses its ink when its size changes: it is drawn again from the points, sharp on this screen, in this theme's ink.
  #draw(): void {
    const w = this.canvas.clientWidth, h = this.canvas.clientHeight, ratio = Math.max(devicePixelRatio || 1, 1);
    if (w === 0 || h === 0) return;
    this.#lie(this.box.classList.contains('is-large') && innerHeight > innerWidth);
    this.canvas.width = Math.round(w * ratio);
    this.canvas.height = Math.round(h * ratio);
    this.canvas.getContext('2d')?.scale(ratio, ratio);
    const penColor = getComputedStyle(this.canvas).color;
    this.#pad.penColor = penColor;
    this.#pad.clear();
    const style = { penColor, dotSize: 0, minWidth: 1.1, maxWidth: 3.2, velocityFilterWeight: .7, compositeOperation: 'source-over' as const };
    const points = this.#ink && (this.#lies ? upright(fit(this.#ink, h, w), w) : fit(this.#ink, w, h));
    if (points) this.#pad.fromData(points.map(p => ({ ...style, points: p })));
    this.box.classList.toggle('has-ink', this.#ink !== undefined);
  }

  // In an upright window the large pad is written along its long side: words and ink lie on their side, the person turns the phone.
  #lie(on: boolean): void {
    if (this.#lies === on) return;
    this.#lies = on;
    this.box.classList.toggle('is-turned', on);
    const hint = this.box.querySelector('.sign-hint');
    if (hint) hint.textContent = say(on ? 'sign.turn' : 'sign.here');
  }

  // Turning the screen is a wish: phones that refuse it still get the whole screen to write on.
  #enlarge(on: boolean): void {
    this.box.classList.toggle('is-large', on);
    if (!on) this.#lie(false);
    const turn = screen.orientation as ScreenOrientation & { lock?(o: string): Promise<void> };
    if (on) this.box.requestFullscreen?.().then(() => turn.lock?.('landscape')).catch(() => undefined);
    else if (document.fullscreenElement) document.exitFullscreen().catch(() => undefined);
    this.box.querySelector<HTMLElement>(on ? '[data-sign-small]' : '[data-sign-large]')?.focus();
  }

  #refuse(e: SubmitEvent): void {
    const submitter = e.submitter as HTMLButtonElement | null;
    if (this.value.value !== '' || submitter?.formNoValidate || this.value.hasAttribute('data-optional') || this.value.disabled) return;
    e.preventDefault();
    e.stopImmediatePropagation();
    this.#wrong(this.box.dataset.signEmpty || say('sign.empty'));
    this.box.scrollIntoView({ block: 'center' });
  }

  #wrong(text: string): void {
    this.box.classList.toggle('is-wrong', text !== '');
    const place = this.box.querySelector('[data-sign-say]');
    if (place) place.textContent = text;
  }
}
