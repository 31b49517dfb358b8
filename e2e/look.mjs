// make look: four pictures of every page with a contact sheet in look/, and checks without pictures in all sixteen
// combinations of width, theme, language and size. It walks by the examples that the routes name.
// node e2e/look.mjs [--check] [part of an address …] walks only those pages; --check takes no pictures.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from './inspect.mjs'
import { browser, context, root, run, server, signIn, still, Tally } from './lib.mjs'

const folder = join(root, 'look')
const checksOnly = process.argv.includes('--check')
const wanted = process.argv.slice(2).filter((a) => a !== '--check')
const lanes = 3 // pages that are looked at side by side; most of the time of one is waiting

// The four pictures of a page, and what each is called on the sheet.
const pictures = [
  { file: 'desktop', title: '1440 · light · 中文', width: 1440, theme: 'xiaojia', lang: 'zh', large: false },
  { file: 'phone', title: '390 · light · 中文', width: 390, theme: 'xiaojia', lang: 'zh', large: false },
  { file: 'desktop-dark-en', title: '1440 · dark · English', width: 1440, theme: 'xiaojia-night', lang: 'en', large: false },
  { file: 'phone-dark-en-large', title: '390 · dark · English · 大字', width: 390, theme: 'xiaojia-night', lang: 'en', large: true },
]

// The server makes a page for a language; theme and size are attributes of it, so each of these four windows looks at its page in all of them.
const windows = [1440, 1024, 390].flatMap((width) => ['zh', 'en'].map((lang) => ({ width, lang })))
const looks = [false, true].flatMap((large) => ['xiaojia', 'xiaojia-night'].map((theme) => ({ large, theme })))
const tallest = 4000 // a picture of a whole year would be of no use

// Whom a page is mainly for, by how its address begins; everything else is the chair's. A page that he may not see is
// shown as the first of the others who may.
const mainly = [['/safety/patrols', 'worker-rep'], ['/say', 'member'], ['/safety/hazards/new', 'member'], ['/me', 'member'], ['/inbox', 'member'],
  ['/letters', 'canteen'], ['/import', 'chair'], ['/rights', 'company-chair']]
const others = ['chair', 'worker-rep', 'member-rep', 'member', 'group-leader', 'safety-dept', 'canteen', 'company-chair', 'auditor', 'admin']

/** pages reads the GET routes of the program: { path, address, login, name }. */
async function pages(data) {
  const list = JSON.parse(await run('routes', '--data', data, '--json'))
  return list.filter((r) => r.method === 'GET').map((r) => ({
    path: r.path, address: r.address || r.example || '',
    login: r.perm === 'public' ? '' : r.login || (mainly.find(([start]) => r.path.startsWith(start)) || ['', 'chair'])[1],
    gone: (r.address || r.example || '').endsWith('/no-such-link'), // a one-time link that was used up says so, and that is its page
    name: r.path === '/' ? 'home' : r.path.replace(/[{}]/g, '').split('/').filter(Boolean).join('-'),
  })).filter((r) => !wanted.length || wanted.some((w) => r.address.includes(w)))
}

/** viewer is who looks at a page: the one it is for, or the first who may. */
async function viewer(ask, page) {
  if (!page.login) return ''
  for (const login of [page.login, ...others]) if ((await (await ask(login)).request.get(page.address, { maxRedirects: 0 })).status() !== 403) return login
  return page.login
}

async function look(page, at, tally, shots) {
  for (const win of windows) {
    const c = at.contexts.get(win)
    const tab = await c.newPage()
    const where = (what) => `${page.address} as ${page.login || 'a visitor'} ${win.width} ${win.lang} ${what}`
    try {
      const r = await tab.goto(page.address)
      if (!tally.note(r.ok() || page.gone, where(''), `answers ${r.status()}`)) continue
      await tab.evaluate(() => document.fonts.ready)
      for (const { large, theme } of looks) {
        await tab.evaluate(({ large, theme }) => {
          document.documentElement.setAttribute('data-theme', theme)
          document.documentElement.setAttribute('data-size', large ? 'large' : 'normal')
        }, { large, theme })
        let wrong = await tab.evaluate(inspect, win.lang === 'en')
        if (wrong.length) { // on a busy machine the page may not have been laid out yet
          await still(tab)
          wrong = await tab.evaluate(inspect, win.lang === 'en')
        }
        tally.note(wrong.length === 0, where(`${large ? 'large ' : ''}${theme}`), wrong.join('\n  '))
        const shot = pictures.find((p) => p.width === win.width && p.lang === win.lang && p.large === large && p.theme === theme)
        if (!shot || checksOnly) continue
        await still(tab) // colours only; the checks above look at sizes and words
        shots.push(await picture(tab, page, shot))
      }
      tally.note(tab.wrongs.length === 0, where('console'), tab.wrongs.join('; '))
    } catch (e) {
      tally.note(false, where(''), e.message.split('\n')[0])
    } finally { await tab.close() }
  }
}

async function picture(tab, page, shot) {
  const file = `${page.name}.${shot.file}.png`
  const high = await tab.evaluate(() => document.scrollingElement.scrollHeight)
  const options = high > tallest ? { clip: { x: 0, y: 0, width: shot.width, height: tallest } } : {}
  await tab.screenshot({ path: join(folder, file), fullPage: true, ...options })
  return { page, shot, file }
}

/** isPage asks first: a download or a picture is no page to look at. */
async function isPage(c, page, tally) {
  const r = await c.request.get(page.address, { maxRedirects: 0 })
  const moved = r.status() === 303
  tally.note(r.status() < 400 || page.gone && r.status() === 410, page.address, `answers ${page.login || 'a visitor'} with ${r.status()}`)
  return (r.ok() || page.gone) && !moved && (r.headers()['content-type'] || '').startsWith('text/html')
}

function group(list, key) {
  const out = new Map()
  for (const x of list) out.set(key(x), [...(out.get(key(x)) || []), x])
  return out
}

function sheet(shots) {
  const rows = [...group(shots, (s) => s.page)].map(([page, list]) => `<section><h2>${page.path} <small>${page.address} · ${page.login || 'visitor'}</small></h2><div>${
    pictures.map((p) => list.find((s) => s.shot === p)).filter(Boolean)
      .map((s) => `<figure><a href="${s.file}"><img loading="lazy" src="${s.file}" alt=""></a><figcaption>${s.shot.title}</figcaption></figure>`).join('')}</div></section>`)
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Look</title><style>
body{font:15px/1.5 system-ui,sans-serif;margin:2rem;background:#eee;color:#222}section{margin:0 0 2.5rem}small{font-weight:400;color:#666}
section>div{display:grid;grid-template-columns:3fr 1fr 3fr 1fr;gap:1rem;align-items:start}figure{margin:0}img{width:100%;border:1px solid #ccc;background:#fff}figcaption{font-size:12px;color:#666}
</style><h1>${rows.length} pages</h1>${rows.join('\n')}</html>\n`
}

const tally = new Tally()
let house
let chromium
try {
  if (!checksOnly) {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
  }
  house = await server('demo')
  chromium = await browser()
  const shots = []
  const list = await pages(house.data)
  tally.note(list.length > 0, 'routes', 'no page to look at')
  const asked = new Map()
  const ask = async (login) => {
    if (!asked.has(login)) {
      const c = await context(chromium, house.base)
      await signIn(c, login)
      asked.set(login, c)
    }
    return asked.get(login)
  }
  for (const p of list) if (tally.note(p.address !== '', p.path, 'the demo has no example for it')) p.login = await viewer(ask, p)
  for (const c of asked.values()) await c.close()
  for (const [login, own] of group(list.filter((p) => p.address), (p) => p.login)) {
    const at = { contexts: new Map() }
    for (const win of windows) {
      const c = await context(chromium, house.base, win)
      if (login) await signIn(c, login)
      at.contexts.set(win, c)
    }
    const waiting = [...own]
    await Promise.all(Array.from({ length: lanes }, async () => {
      for (let page = waiting.shift(); page; page = waiting.shift()) {
        if (!await isPage(at.contexts.get(windows[0]), page, tally)) continue
        await look(page, at, tally, shots)
        console.error(`looked at ${page.path}`)
      }
    }))
    for (const c of at.contexts.values()) await c.close()
  }
  if (!checksOnly) {
    writeFileSync(join(folder, 'index.html'), sheet(shots))
    console.error(`${shots.length} pictures: ${join(folder, 'index.html')}`)
  }
} catch (e) {
  tally.note(false, 'look', e.message)
} finally {
  await chromium?.close()
  await house?.stop()
}
tally.end()
