// Walks all tours: node e2e/tours.mjs [part of a file's name …]. Files go in parallel, three at a time; the tours of a
// file one after the other, because the later ones build on what the earlier ones did.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { browser, root, server, Tally, Tour } from './lib.mjs'

const lanes = 3
const wanted = process.argv.slice(2)
const files = readdirSync(join(root, 'e2e', 'tours')).filter((f) => f.endsWith('.mjs') && (!wanted.length || wanted.some((w) => f.includes(w)))).sort()
const tally = new Tally()
let house
let chromium
try {
  house = await server('demo')
  chromium = await browser()
  const waiting = [...files]
  await Promise.all(Array.from({ length: lanes }, async () => {
    for (let f = waiting.shift(); f; f = waiting.shift()) await walk(f)
  }))
} catch (e) {
  tally.note(false, 'tours', e.message)
} finally {
  await chromium?.close()
  await house?.stop()
}
tally.end()

async function walk(file) {
  const path = join(root, 'e2e', 'tours', file)
  const source = readFileSync(path, 'utf8')
  const at = (name) => source.indexOf(`function ${name}(`) // a module lists its exports by the alphabet
  const tours = Object.entries(await import(path)).filter(([, fn]) => typeof fn === 'function').sort(([a], [b]) => at(a) - at(b))
  for (const [name, fn] of tours) {
    const start = performance.now()
    const well = await new Tour(`${file} ${name}`, { base: house.base, browser: chromium, tally }).walk(fn)
    console.error(`${well ? 'ok    ' : 'FAILED'} ${file} ${name} ${((performance.now() - start) / 1000).toFixed(1)} s`)
  }
}
