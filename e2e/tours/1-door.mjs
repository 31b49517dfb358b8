// The first slice: the door, the year, the list.

// The cast as the door shows it; the logins are kept, because scripts rely on them.
const cast = ['member', 'worker-rep', 'member-rep', 'group-leader', 'chair', 'safety-dept', 'canteen', 'company-chair', 'auditor', 'admin']
const han = /\p{Script=Han}/u

export async function door(t) {
  const page = await t.visitor()
  await page.goto('/')
  t.equal(new URL(page.url()).pathname, '/enter', 'a visitor is led to the door')
  const offered = await page.locator('form[action^="/door/"]').evaluateAll((all) => all.map((f) => f.getAttribute('action').split('/').pop()))
  t.equal(offered.slice().sort().join(' '), cast.slice().sort().join(' '), 'the door offers the cast')
  await t.axe(page)
}

export async function everybodyEntersByOneClick(t) {
  for (const login of cast) {
    const page = await t.visitor()
    await page.goto('/door')
    await page.locator(`form[action="/door/${login}"] button`).click()
    await page.waitForURL('**/')
    t.ok(await page.locator('form[action="/leave"]').first().count() > 0, `${login} is inside`)
    await page.context().close()
  }
}

export async function noDeadMenuEntry(t) {
  for (const login of cast) {
    const page = await t.as(login)
    await page.goto('/')
    const hrefs = await page.locator('a.navi, nav.dock a').evaluateAll((all) => [...new Set(all.map((a) => a.getAttribute('href')))])
    t.ok(hrefs.length >= 2, `${login} has a menu`)
    for (const href of hrefs) {
      const r = await page.request.get(href)
      t.ok(r.ok(), `${login} opens ${href}: ${r.status()}`)
    }
    await page.context().close()
  }
}

export async function chairSeesTheYear(t) {
  const page = await t.as('chair')
  await page.goto('/')
  const cells = page.locator('svg.year-ring a[data-band]')
  t.ok(await cells.count() > 60, 'the ring has a cell for each week in which something happens')
  const bands = await cells.evaluateAll((all) => new Set(all.map((a) => a.dataset.band)).size)
  t.equal(bands, 4, 'the ring has the four measures')
  const states = await page.locator('svg.year-ring .cell').evaluateAll((all) => [...new Set(all.flatMap((c) => [...c.classList]))])
  t.ok(states.includes('cell-done') && (states.includes('cell-later') || states.includes('cell-due')), `the ring is alive: ${states}`)
  t.ok(await page.locator('#main section', { hasText: '要你办的' }).locator('a').count() > 0, 'the chair has something to do')
  t.ok(await page.locator('#main section', { hasText: '还差谁' }).locator('li').count() > 0, 'who is missing stands there by name')
  await t.axe(page)
  const first = cells.first()
  const href = await first.getAttribute('href')
  const r = await page.request.get(href)
  t.ok(r.ok(), `a cell opens its rounds at ${href}: ${r.status()}`)
}

export async function ringByKeyboard(t) {
  const page = await t.as('chair')
  await page.goto('/')
  const stops = await page.locator('svg.year-ring a[data-band]').evaluateAll((all) => all.filter((a) => a.tabIndex === 0).length)
  t.equal(stops, 1, 'the ring is one tab stop')
  await page.locator('svg.year-ring a[data-now]').first().focus()
  const before = await page.evaluate(() => document.activeElement.dataset.week)
  await page.keyboard.press('ArrowLeft')
  const after = await page.evaluate(() => document.activeElement.dataset.week)
  t.ok(before !== after, `an arrow moves along the ring: week ${before} to ${after}`)
}

export async function listsBesideTheRing(t) {
  const page = await t.as('chair')
  await page.goto('/year')
  t.ok(await page.locator('#main a[href^="/rounds/"]').count() > 20, 'the year as a list leads to its rounds')
  await t.axe(page)
  await page.locator('#main details[open] a[href^="/rounds/"]').first().click()
  await page.waitForURL('**/rounds/**')
  t.ok(await page.locator('h1').count() === 1, 'a round opens')
  await t.axe(page)
  await page.goto('/todo')
  t.ok(await page.locator('#main a').count() > 0, 'the to-do list leads somewhere')
  await t.axe(page)
}

export async function phoneHome(t) {
  const page = await t.as('worker-rep', { width: 390 })
  await page.goto('/')
  t.equal(await page.locator('nav.dock a:visible').count(), 4, 'the bar at the bottom has four entries')
  t.equal(await page.locator('aside:visible').count(), 0, 'the desktop menu is away')
  const wide = await page.evaluate(() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth)
  t.equal(wide, 0, 'nothing overflows sideways')
  await t.axe(page)
  await page.goto('/year')
  t.ok(await page.locator('#main a[href^="/rounds/"]:visible').count() > 0, 'on the phone the year is a list')
}

export async function looks(t) {
  const page = await t.as('chair')
  await page.goto('/me')
  const html = page.locator('html')
  const main = page.locator('#main')
  await main.locator('button[name="size"][value="large"]').click()
  await page.waitForFunction(() => document.documentElement.dataset.size === 'large')
  await main.locator('button[name="theme"][value="xiaojia-night"]').click()
  await page.waitForFunction(() => document.documentElement.dataset.theme === 'xiaojia-night')
  await page.reload()
  t.equal(await html.getAttribute('data-size'), 'large', 'the large size stays')
  t.equal(await html.getAttribute('data-theme'), 'xiaojia-night', 'the dark theme stays')
  await main.locator('button[name="lang"][value="en"]').click()
  await page.waitForFunction(() => document.documentElement.lang === 'en')
  t.ok(!han.test(await page.title()) || await page.locator('title[lang^=zh]').count() === 1, `the title is English: ${await page.title()}`)
  t.ok(!han.test(await page.locator('h1').first().innerText()), 'the heading is English')
  await t.axe(page)
}

export async function strangersStayOutside(t) {
  const page = await t.visitor()
  for (const path of ['/year', '/todo', '/people', '/safety/hazards', '/me']) {
    const r = await page.request.get(path, { maxRedirects: 0 })
    t.equal(r.status(), 303, `${path} leads a visitor to the door`)
  }
  const missing = await page.goto('/no-such-page')
  t.equal(missing.status(), 404, 'an address that is none says so')
  t.equal(await page.locator('h1').count(), 1, 'the page of a wrong address has a heading')
}
