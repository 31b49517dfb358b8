// Days as people write them. <span class="day-field"><input data-day="TODAY"><button data-day-pick></span>: what was typed turns into the day
// that was understood as soon as one leaves the field, the button opens a calendar, and a phone shows its own. The server reads alike
// (kernel/readdate.go), by the same list of cases (web/days.json); without scripts it alone does.
import { changed, once } from './dom';

const seen = new WeakSet<Element>();
const near: Record<string, number> = { 今天: 0, 今日: 0, 昨天: -1, 昨日: -1, 前天: -2, 大前天: -3, 明天: 1, 明日: 1, 后天: 2, 大后天: 3, today: 0, yesterday: -1, tomorrow: 1 };
const years: Record<string, number> = { 去年: -1, 今年: 0, 明年: 1 };
const weeks: Record<string, number> = { 上: -7, 下: 7 };
const months = 'janfebmaraprmayjunjulaugsepoctnovdec';
const day = 86_400_000;

/** days sets up every field for a day under root. */
export function days(root: ParentNode): void {
  once<HTMLInputElement>(seen, root, 'input[data-day]', input => {
    const button = input.parentElement?.querySelector('[data-day-pick]');
    if (matchMedia('(pointer: coarse)').matches && /^(\d{4}-\d\d-\d\d)?$/.test(input.value)) {
      input.type = 'date';
      button?.remove();
    }
    input.addEventListener('change', () => understood(input));
    button?.addEventListener('click', () => calendar(input));
  });
}

// A change that was understood is one more: the figures of a card and the draft hear the day and not its spelling.
function understood(input: HTMLInputElement): void {
  const read = readDay(input.value, input.dataset.day ?? '');
  if (!read || read === input.value) return;
  input.value = read;
  changed(input);
  input.dispatchEvent(new Event('input', { bubbles: true }));
}

function calendar(input: HTMLInputElement): void {
  const own = document.createElement('input');
  own.type = 'date';
  own.className = 'day-native';
  own.tabIndex = -1;
  own.ariaHidden = 'true';
  own.value = readDay(input.value, input.dataset.day ?? '') || (input.dataset.day ?? '');
  own.addEventListener('change', () => { input.value = own.value; changed(input); input.dispatchEvent(new Event('change', { bubbles: true })); });
  own.addEventListener('blur', () => own.remove());
  input.after(own);
  show(own);
}

function show(field: HTMLInputElement): void {
  try { field.showPicker(); } catch { field.focus(); }   // an old browser opens its calendar itself when one taps the field
}

/** readDay is the day as YYYY-MM-DD, empty where the text is none. Without a year it is the one nearest to today. */
export function readDay(text: string, today: string): string {
  const t = text.normalize('NFKC').toLowerCase().replace(/\s+/g, '').replace(/—/g, '-').replace(/。/g, '.').replace(/，/g, ',').replace(/号/g, '日');
  return whole(t) || close(t, today);
}

function whole(t: string): string {
  const m = /^(\d{4})(\d\d)(\d\d)$/.exec(t) ?? /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(t);
  if (m) return real(+m[1]!, +m[2]!, +m[3]!);
  const e = english(t);
  return e?.year ? real(e.year, e.month, e.day) : '';
}

function close(t: string, today: string): string {
  const now = Date.parse(today);
  if (Number.isNaN(now)) return '';
  if (t in near) return iso(now + near[t]! * day);
  const w = /^([本这上下]?)个?(?:周|星期|礼拜)([一二三四五六日天])$/.exec(t);
  if (w) return iso(now + ((weeks[w[1]!] ?? 0) + '一二三四五六日'.indexOf(w[2] === '天' ? '日' : w[2]!) - (new Date(now).getUTCDay() + 6) % 7) * day);
  const year = +today.slice(0, 4), alone = /^(\d{1,2})日$/.exec(t);
  if (alone) return real(year, +today.slice(5, 7), +alone[1]!);
  const m = /^([去今明]年)?(\d{1,2})[-/.月](\d{1,2})日?$/.exec(t);
  if (m?.[1]) return real(year + years[m[1]]!, +m[2]!, +m[3]!);
  const e = m ? { month: +m[2]!, day: +m[3]! } : english(t);
  if (!e) return '';
  return [year - 1, year, year + 1].map(y => real(y, e.month, e.day)).filter(d => d !== '')
    .reduce((best, d) => best === '' || Math.abs(Date.parse(d) - now) < Math.abs(Date.parse(best) - now) ? d : best, '');
}

function english(t: string): { month: number; day: number; year: number } | undefined {
  const a = /^(\d{1,2})([a-z]{3})[a-z]*,?(\d{4})?$/.exec(t), b = /^([a-z]{3})[a-z]*(\d{1,2})(?:,(\d{4}))?$/.exec(t);
  const [name, number, year] = a ? [a[2]!, a[1]!, a[3]] : b ? [b[1]!, b[2]!, b[3]] : ['', '', ''];
  const at = name ? months.indexOf(name) : -1;
  return at >= 0 && at % 3 === 0 ? { month: at / 3 + 1, day: +number!, year: Number(year ?? 0) } : undefined;
}

// What is no day of the calendar is refused and does not run over into the next month.
function real(y: number, m: number, d: number): string {
  if (y < 1900 || y > 2200 || m < 1 || m > 12) return '';
  const at = new Date(Date.UTC(y, m - 1, d));
  return at.getUTCMonth() === m - 1 && at.getUTCDate() === d ? iso(at.getTime()) : '';
}

const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
