// Figures and days of a card, judged as they are typed; the server judges alike (engine/checklist/figure.go), by the same list of cases
// (web/figures.json). <input data-figure data-op data-min data-max data-limit data-unit data-units>, <input type="date" data-months>.
import { say } from './words';

export type Verdict = '' | 'pass' | 'fail';

/** readFigure reads what people write: 75℃, 75 度, ７５, 1,5, 零下18. Figures stay text: the shortest decimal, or undefined. */
export function readFigure(text: string, units: string[]): string | undefined {
  let t = text.normalize('NFKC').replace(/\s+/g, '');
  const unit = units.find(u => t.endsWith(u));
  if (unit) t = t.slice(0, -unit.length);
  t = t.replace(/^(零下|负|−|–)/, '-').replace('。', '.');
  if (/^-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/.test(t)) t = t.replaceAll(',', '');
  const m = /^(-?)(\d{1,12})(?:\.(\d{0,3}))?$/.exec(t.replace(',', '.'));
  if (!m) return undefined;
  const [, sign = '', digits = '', places = ''] = m, whole = digits.replace(/^0+(?=\d)/, ''), frac = places.replace(/0+$/, '');
  return (whole === '0' && frac === '' ? '' : sign) + whole + (frac ? '.' + frac : '');
}

// Whole thousandths, because 0.3 is not a float's 0.3.
const thousandths = (n: string): number => Math.round(Number(n) * 1000);

/** within tells whether a figure meets its limits. */
export function within(n: string, min: string | undefined, max: string | undefined): boolean {
  const x = thousandths(n);
  return (min === undefined || x >= thousandths(min)) && (max === undefined || x <= thousandths(max));
}

/** validTo is the last valid day of a paper that bears the day; a term in months ends on the day of the same number, or the month's last. */
export function validTo(dated: string, months: number): string {
  const [y = 0, m = 1, d = 1] = dated.split('-').map(Number);
  if (months === 0) return dated;
  const last = new Date(Date.UTC(y, m - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(y, m - 1 + months, Math.min(d, last))).toISOString().slice(0, 10);
}

export interface Finding { verdict: Verdict; says: string; wrong: boolean; }

const nothing: Finding = { verdict: '', says: '', wrong: false };

/** found is what the field of an item speaks: its verdict, and that in words. wrong: it cannot be read, and nothing is judged. */
export function found(field: HTMLInputElement, on: string): Finding {
  const text = field.value.trim(), d = field.dataset;
  if (text === '') return nothing;
  if (d.months !== undefined) return foundDay(text, Number(d.months), on);
  const n = readFigure(text, (d.units ?? '').split(' ').filter(u => u !== ''));
  if (n === undefined) return { verdict: '', says: d.unit ? say('figure.unreadunit', text, d.unit) : say('figure.unread', text), wrong: true };
  if (d.limit === undefined) return nothing;
  const shown = d.unit ? `${n} ${d.unit}` : n;
  if (within(n, d.min, d.max)) return { verdict: 'pass', says: say('figure.pass', shown), wrong: false };
  return { verdict: 'fail', says: say('figure.fail', shown, d.limit), wrong: false };
}

function foundDay(text: string, months: number, on: string): Finding {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return nothing;      // written in another way: the server reads it
  return validTo(text, months) >= on ? { verdict: 'pass', says: say('day.pass'), wrong: false } : { verdict: 'fail', says: say('day.fail'), wrong: false };
}
