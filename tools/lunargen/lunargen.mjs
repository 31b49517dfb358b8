// Writes the tables of internal/kernel/calendar and the oracles of its tests. Run: npm ci && npm run generate
import { mkdirSync, writeFileSync } from "node:fs";
import { walk } from "./almanac.mjs";
import { checksums, workdays } from "./oracle.mjs";
import { goTable } from "./table.mjs";

const target = new URL("../../internal/kernel/calendar/", import.meta.url);
const days = walk();
mkdirSync(new URL("testdata/", target), { recursive: true });
writeFileSync(new URL("table_gen.go", target), goTable(days));
writeFileSync(new URL("testdata/lunar_sha256.txt", target), checksums(days));
writeFileSync(new URL("testdata/workdays_2023_2026.txt", target), workdays(days, 2023, 2026));
