// What every walk through the program shares: one demo branch, one browser, people who sign in, checks that are counted.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..')
export const out = join(root, 'e2e', 'out')
const bin = process.env.XIAOJIA_BIN || join(root, 'bin', 'xiaojia')
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const browserArgs = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync']

// A stuck start or page fails after these times instead of hanging the build.
const startWithin = 120_000
const pageWithin = 15_000

/** server starts the program on a folder of its own and waits until it prints its address. */
export function server(command, { data = mkdtempSync(join(tmpdir(), 'xiaojia-e2e-')), args = [] } = {}) {
  const child = spawn(bin, [command, '--data', data, '--addr', '127.0.0.1:0', ...args],
    { env: { ...process.env, XIAOJIA_RATE_LIMIT: 'off' }, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  const s = { data, child, base: '', said: () => said }
  s.stop = () => new Promise((resolve) => {
    const done = () => { rmSync(data, { recursive: true, force: true }); resolve() }
    if (child.exitCode !== null) return done()
    child.once('exit', done)
    child.kill('SIGTERM')
  })
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => { child.kill('SIGKILL'); reject(new Error(`${command} printed no address:\n${said}`)) }, startWithin)
    const hear = (chunk) => {
      said += chunk
      const url = said.match(/https?:\/\/(127\.0\.0\.1|localhost|\[::1\]):\d+/)
      if (!url || s.base) return
      s.base = url[0]
      clearTimeout(late)
      resolve(s)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.on('error', (e) => { clearTimeout(late); reject(new Error(`${bin}: ${e.message}; make build leaves it there`)) })
    child.on('exit', (code) => { clearTimeout(late); if (!s.base) reject(new Error(`${command} ended with ${code}:\n${said}`)) })
  })
}

/** run gives the output of a command that ends, e.g. run('routes', '--data', dir, '--json'). */
export function run(...args) {
  return new Promise((resolve, reject) => {
    const child = spawn(bin, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let text = ''
    let err = ''
    child.stdout.on('data', (b) => { text += b })
    child.stderr.on('data', (b) => { err += b })
    child.on('error', reject)
    child.on('close', (code) => code === 0 ? resolve(text) : reject(new Error(`xiaojia ${args.join(' ')} ended with ${code}: ${err}`)))
  })
}

export const browser = () => chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: browserArgs })

/** Tally counts checks and prints the failed ones as they come. */
export class Tally {
  passed = 0
  failed = 0
  note(ok, where, what) {
    if (ok) this.passed++
    else { this.failed++; console.error(`FAILED ${where}: ${what}`) }
    return ok
  }
  /** end prints the one line that scripts read, and sets the exit code. */
  end() {
    console.log(`${this.passed} passed, ${this.failed} failed`)
    process.exitCode = this.failed || !this.passed ? 1 : 0
  }
}

const phone = (width) => width < 700

const screen = (base, { width = 1440, theme = 'xiaojia', lang = 'zh' } = {}) => ({
  baseURL: base, viewport: { width, height: phone(width) ? 844 : 900 }, isMobile: phone(width), hasTouch: phone(width),
  locale: lang === 'en' ? 'en-GB' : 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce',
  colorScheme: theme === 'xiaojia-night' ? 'dark' : 'light',
})

/** context opens a window of its own with a language, a theme and a size, and watches what goes wrong in it. */
export async function context(browser, base, look = {}) {
  return watched(await browser.newContext(screen(base, look)), base, look)
}

async function watched(c, base, { theme = 'xiaojia', lang = 'zh', large = false } = {}) {
  c.setDefaultTimeout(pageWithin)
  await c.addCookies(Object.entries({ lang, theme, size: large ? 'large' : 'normal' }).map(([name, value]) => ({ name, value, url: base })))
  await c.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (e) => console.error(`policy refused ${e.violatedDirective} ${e.blockedURI}`))
  })
  c.wrongs = []
  c.on('page', (p) => { p.wrongs = []; watch(p, { push: (w) => { p.wrongs.push(w); c.wrongs.push(w) } }) })
  return c
}

// A page that answers 4xx with a form again is no fault; a missing picture, a script's error or a 5xx is.
function watch(page, wrongs) {
  page.on('pageerror', (e) => wrongs.push(`${page.url()}: ${e.message}`))
  page.on('console', (m) => {
    if (m.type() === 'error' && !m.text().startsWith('Failed to load resource')) wrongs.push(`${page.url()}: ${m.text().slice(0, 200)}`)
  })
  page.on('response', (r) => {
    const document = r.request().resourceType() === 'document'
    const ours = ['image', 'stylesheet', 'script', 'font', 'manifest', 'media'].includes(r.request().resourceType())
    if (r.status() >= 500 || r.status() >= 400 && ours && !document) wrongs.push(`${r.url()} answered ${r.status()}`)
  })
}

/** signIn goes through the demo's door. */
export async function signIn(context, login) {
  const r = await context.request.post(`/door/${login}`, { form: { to: '/' }, maxRedirects: 0 })
  if (r.status() !== 303) throw new Error(`the door answered ${login} with ${r.status()}`)
}

// A change of theme runs through the page as transitions, however short; colours are measured when nothing moves any more.
export const still = (page) => page.evaluate(async () => {
  const frame = () => new Promise((next) => requestAnimationFrame(next))
  for (let quiet = 0, all = 0; quiet < 2 && all < 120; all++) {
    await frame()
    quiet = document.getAnimations().some((a) => a.playState === 'running') ? 0 : quiet + 1
  }
})

/** serious lists what axe finds serious or critical, in the theme that the page has now. */
async function serious(page) {
  await still(page)
  await page.evaluate(axeSource)
  return page.evaluate(async () => {
    const r = await globalThis.axe.run(document, { resultTypes: ['violations'] })
    return r.violations.filter((v) => v.impact === 'serious' || v.impact === 'critical')
      .map((v) => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.target.join(' ')).join(' | ')}`)
  })
}

/** axe looks at a page in both themes and leaves it as it was. */
export async function axe(page) {
  const found = []
  const before = await page.evaluate(() => document.documentElement.getAttribute('data-theme'))
  for (const theme of ['xiaojia', 'xiaojia-night']) {
    await page.evaluate((t) => { document.documentElement.setAttribute('data-theme', t) }, theme)
    found.push(...(await serious(page)).map((v) => `${theme} ${v}`))
  }
  await page.evaluate((t) => t ? document.documentElement.setAttribute('data-theme', t) : document.documentElement.removeAttribute('data-theme'), before)
  return found
}

/** Tour is what a tour gets: people, checks, and servers of its own. Everything it opens is closed after it. */
export class Tour {
  constructor(name, { base, browser, tally }) {
    Object.assign(this, { name, base, browser, tally, open: [], servers: [], calm: [], failed: false })
  }
  /** as signs a person of the cast in and gives a page; { width, theme, lang, large, base }. */
  async as(login, look = {}) {
    const c = await this.#context(look)
    await signIn(c, login)
    return c.newPage()
  }
  /** device is a browser of its own whose profile outlives it: restart closes it and opens it again. */
  async device(login, look = {}) {
    const profile = mkdtempSync(join(tmpdir(), 'xiaojia-device-'))
    const open = async () => {
      const c = await chromium.launchPersistentContext(profile, { executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: browserArgs, ...screen(this.base, look) })
      this.open.push(await watched(c, this.base, look))
      return c
    }
    let c = await open()
    this.servers.push({ stop: async () => rmSync(profile, { recursive: true, force: true }) })
    await signIn(c, login)
    return {
      page: await c.newPage(),
      restart: async () => {
        await c.close()
        c = await open()
        return c.newPage()
      },
    }
  }
  /** visitor is somebody who is not signed in. */
  async visitor(look = {}) { return (await this.#context(look)).newPage() }
  async #context(look) {
    const c = await context(this.browser, look.base || this.base, look)
    this.open.push(c)
    return c
  }
  /** serve starts an empty installation; its said() holds the one-time link. */
  async serve(...args) {
    const s = await server('serve', { args })
    this.servers.push(s)
    return s
  }
  ok(condition, what) {
    if (!condition) this.failed = true
    return this.tally.note(Boolean(condition), this.name, what)
  }
  equal(got, want, what) { return this.ok(Object.is(got, want), `${what}: got ${JSON.stringify(got)}, want ${JSON.stringify(want)}`) }
  /** sees waits until a text or locator is visible and counts it. */
  async sees(page, what) {
    const there = typeof what === 'string' ? page.getByText(what).first() : what.first()
    const ok = await there.waitFor({ state: 'visible' }).then(() => true, () => false)
    return this.ok(ok, `${new URL(page.url()).pathname} does not show ${what}`)
  }
  async axe(page) {
    const found = await axe(page)
    const broken = await page.evaluate(() => [...document.images].filter((i) => i.complete && i.currentSrc && i.naturalWidth === 0).map((i) => i.currentSrc.slice(0, 80)))
    this.ok(broken.length === 0, `${new URL(page.url()).pathname} has broken pictures: ${broken.join(' ')}`)
    return this.ok(found.length === 0, `${new URL(page.url()).pathname} axe: ${found.join('; ')}`)
  }
  /** bears names an error of the console that belongs to the walk, such as a network that was cut on purpose. */
  bears(pattern) { this.calm.push(pattern) }
  async #picture() {
    mkdirSync(out, { recursive: true })
    const pages = this.open.flatMap((c) => c.pages())
    await Promise.allSettled(pages.map((p, i) => p.screenshot({ path: join(out, `${this.name.replace(/\W+/g, '-')}-${i}.png`), timeout: 5000 })))
  }
  /** walk says whether all went well. */
  async walk(fn, within = 180_000) {
    let late
    const limit = new Promise((_, no) => { late = setTimeout(() => no(new Error(`took longer than ${within / 1000} s`)), within) })
    try {
      await Promise.race([fn(this), limit])
    } catch (e) {
      this.ok(false, e.message.split('\n').slice(0, 6).join('\n  '))
    } finally { clearTimeout(late) }
    if (this.failed) await this.#picture()
    const wrongs = this.open.flatMap((c) => c.wrongs).filter((w) => !this.calm.some((p) => p.test(w)))
    this.ok(wrongs.length === 0, `the console says: ${wrongs.slice(0, 5).join('; ')}`)
    await Promise.allSettled(this.open.map((c) => c.close()))
    await Promise.allSettled(this.servers.map((s) => s.stop()))
    return !this.failed
  }
}
