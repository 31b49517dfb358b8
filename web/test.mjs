// The parts of the islands that need no browser. node web/test.mjs
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const src = dirname(fileURLToPath(import.meta.url)) + '/src';
const entry = `export { toInk, parseInk, fit, turned, upright } from './sign'; export { readFigure, within as inLimit, validTo } from './figure'; export { within } from './picture'; export { fill } from './words'; export { same } from './fields'; export { readDay } from './day'; export { meant } from './pick'; export { bytes, text } from './passkey';`;
const out = await build({ stdin: { contents: entry, resolveDir: src, loader: 'ts' }, bundle: true, write: false, format: 'esm', target: 'es2022' });
const { toInk, parseInk, fit, turned, upright, readFigure, inLimit, validTo, within, fill, same, readDay, meant, bytes, text } = await import('data:text/javascript;base64,' + Buffer.from(out.outputFiles[0].contents).toString('base64'));

test('a signature keeps where and when, in whole milliseconds from its start', () => {
  const groups = [{ points: [{ x: 1.26, y: 2, time: 5000, pressure: .5 }, { x: 3, y: 4, time: 5016.4, pressure: .5 }] }];
  assert.deepEqual(toInk(groups, 300.4, 144), { w: 300, h: 144, strokes: [[[1.3, 2, 0], [3, 4, 16]]] });
});

test('what is no signature reads as none', () => {
  for (const text of ['', 'x', 'null', '{}', '[]', '{"w":0,"h":1,"strokes":[[]]}', '{"w":1,"h":1,"strokes":[]}']) assert.equal(parseInk(text), undefined, text);
  assert.equal(parseInk('{"w":10,"h":10,"strokes":[[[1,1,0]]]}').w, 10);
});

test('a signature turned from upright to lengthwise is scaled, not bent', () => {
  const [[a, b]] = fit({ w: 100, h: 100, strokes: [[[0, 0, 0], [100, 100, 5]]] }, 400, 200);
  assert.deepEqual([a.x, a.y, b.x, b.y], [100, 0, 300, 200]);
});

test('photos shrink to the longer side and never grow', () => {
  assert.deepEqual(within(8000, 5000, 2560), [2560, 1600]);
  assert.deepEqual(within(3000, 4000, 2560), [1920, 2560]);
  assert.deepEqual(within(640, 480, 2560), [640, 480]);
  assert.deepEqual(within(10000, 1, 2560), [2560, 1]);
});

test('sentences take their values in order', () => {
  assert.equal(fill('还有 %d 项，%s', [3, '下一项']), '还有 3 项，下一项');
});

test('two readings of a form are the same whatever their order, and empty counts as absent', () => {
  assert.ok(same([['a', ['1']], ['b', ['']]], [['b', []], ['a', ['1']]]));
  assert.ok(!same([['a', ['1']]], [['a', ['2']]]));
});

test('a name written along the long side of an upright window reads from left to right, and comes back where it was', () => {
  const ink = turned({ w: 390, h: 844, strokes: [[[200, 100, 0], [200, 700, 9], [100, 700, 12]]] });   // down the window, then to its left edge
  assert.deepEqual(ink, { w: 844, h: 390, strokes: [[[100, 190, 0], [700, 190, 9], [700, 290, 12]]] });  // to the right, then down
  const [back] = upright(fit(ink, 844, 390), 390);
  assert.deepEqual(back.map(p => [p.x, p.y]), [[200, 100], [200, 700], [100, 700]]);
});

const figures = JSON.parse(readFileSync(dirname(fileURLToPath(import.meta.url)) + '/figures.json', 'utf8'));

test('a figure is read as people write it, by the list that the server goes by too', () => {
  for (const [unit, text, want] of figures.cases) assert.equal(readFigure(text, figures.units[unit] ?? []) ?? '', want, `${text} in ${unit}`);
});

test('a limit holds at its ends and not a thousandth beyond', () => {
  assert.ok(inLimit('8', '0', '8') && inLimit('0', '0', '8') && !inLimit('8.001', '0', '8') && !inLimit('-0.001', '0', '8'));
  assert.ok(inLimit('-12', undefined, '-12') && inLimit('-18.5', undefined, '-12') && !inLimit('-11.9', undefined, '-12'));
  assert.ok(inLimit('0.3', '0.3', undefined) && !inLimit('0.299', '0.3', undefined));
});

test('a paper is valid to the day of the same number, or the last of the month', () => {
  assert.equal(validTo('2023-12-20', 12), '2024-12-20');
  assert.equal(validTo('2024-02-29', 12), '2025-02-28');
  assert.equal(validTo('2024-08-31', 6), '2025-02-28');
  assert.equal(validTo('2025-06-30', 0), '2025-06-30');
});

const days = JSON.parse(readFileSync(dirname(fileURLToPath(import.meta.url)) + '/days.json', 'utf8'));

test('a day is read as people write it, by the list that the server goes by too', () => {
  for (const [text, want] of days.cases) assert.equal(readDay(text, days.today), want, text);
});

test('a name is found by a part of it, by initials and by pinyin', () => {
  for (const wanted of ['', '张', '敏', '张 敏', 'zm', 'ZHANG', 'zhangm']) assert.ok(meant('张敏', 'zm zhangmin', wanted), wanted);
  for (const wanted of ['李', 'm', 'min', 'zmx']) assert.ok(!meant('张敏', 'zm zhangmin', wanted), wanted);
});

test('what a browser signs goes over and back as base64url', () => {
  for (const list of [[], [0], [251, 255, 254], [1, 2, 3, 4, 255]]) assert.deepEqual([...bytes(text(Uint8Array.from(list).buffer))], list);
  assert.equal(text(Uint8Array.from([251, 255, 254]).buffer), '-__-');
});
