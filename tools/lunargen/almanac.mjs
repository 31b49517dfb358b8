// Reads the lunar calendar and the solar terms out of lunar-typescript, day by day.
import { Solar } from "lunar-typescript";

export const FIRST = 1900;
export const LAST = 2100;

// The terms in the order of the Gregorian year: term i lies in month floor(i / 2) + 1.
export const TERMS = [
  "小寒", "大寒", "立春", "雨水", "惊蛰", "春分", "清明", "谷雨", "立夏", "小满", "芒种", "夏至",
  "小暑", "大暑", "立秋", "处暑", "白露", "秋分", "寒露", "霜降", "立冬", "小雪", "大雪", "冬至",
];

// walk is every day from 1 January of the first year to the end of the last lunar year.
export function walk() {
  const days = [];
  const end = Date.UTC(LAST + 1, 2, 1);
  for (let t = Date.UTC(FIRST, 0, 1); t < end; t += 86_400_000) {
    const at = new Date(t);
    const [y, m, d] = [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate()];
    const lunar = Solar.fromYmd(y, m, d).getLunar();
    days.push({
      iso: at.toISOString().slice(0, 10), y, m, d,
      lunarYear: lunar.getYear(),
      lunarMonth: Math.abs(lunar.getMonth()),
      lunarDay: lunar.getDay(),
      leap: lunar.getMonth() < 0,
      yearName: lunar.getYearInGanZhi(),
      dayName: lunar.getDayInChinese(),
      term: TERMS.indexOf(lunar.getJieQi()),
    });
  }
  return days;
}

// covered tells whether the lunar year of a day is one of the table.
export const covered = (day) => day.lunarYear >= FIRST && day.lunarYear <= LAST;
