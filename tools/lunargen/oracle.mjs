// Writes the files that the Go tests check against: what two libraries say, without Node at test time.
import { createHash } from "node:crypto";
import chineseDays from "chinese-days";
import { LAST, covered } from "./almanac.mjs";

// One line of the check sum is one day: date, lunar year, month, day, leap, name of the year and the day, index of the term.
const line = (d) => covered(d)
  ? `${d.iso} ${d.lunarYear} ${d.lunarMonth} ${d.lunarDay} ${d.leap ? 1 : 0} ${d.yearName} ${d.dayName} ${d.term}\n`
  : `${d.iso} none ${d.term}\n`;

// checksums is a line a Gregorian year: the year and the first 16 hex digits of the sha256 over its days.
export function checksums(days) {
  const years = new Map();
  for (const day of days.filter((d) => d.y <= LAST)) {
    if (!years.has(day.y)) years.set(day.y, createHash("sha256"));
    years.get(day.y).update(line(day));
  }
  return [...years].map(([year, sum]) => `${year} ${sum.digest("hex").slice(0, 16)}\n`).join("");
}

// workdays is a line a year: the year and a character a day, 1 where it is worked.
export function workdays(days, from, to) {
  const years = new Map();
  for (const day of days.filter((d) => d.y >= from && d.y <= to)) {
    years.set(day.y, (years.get(day.y) ?? "") + (chineseDays.isWorkday(day.iso) ? "1" : "0"));
  }
  return [...years].map(([year, bits]) => `${year} ${bits}\n`).join("");
}
