// The safety overview: its figures are their lists, it reads on paper, on a phone and without eyes; papers go to an office program.

// The demo goes on while other tours work in it; a year that is over stays as it is.
const lastYear = 2023
const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

const overflow = (page) => page.evaluate(() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth)
const sheets = async (page) => ((await page.pdf({ preferCSSPageSize: true })).toString('latin1').match(/\/Type\s*\/Page[^s]/g) || []).length

/** rows counts a list over all its pages. */
async function rows(page, href) {
  let n = 0
  for (let next = href; next;) {
    await page.goto(next)
    if (href.startsWith('/safety/patrols')) return page.locator('[data-cover]').count()
    n += await page.locator('[data-list] [data-row]').count()
    next = await page.locator('a[href*="after="]').first().getAttribute('href', { timeout: 500 }).catch(() => '')
  }
  return n
}

export async function figuresAreTheirLists(t) {
  for (const [login, query] of [['chair', ''], ['company-chair', '&unit=']]) {
    const page = await t.as(login)
    const at = `/safety/overview?year=${lastYear}${query}`
    await page.goto(at)
    for (const figure of ['raised', 'rates', 'took', 'repeats', 'held']) {
      await page.goto(at)
      const table = page.locator(`[data-figure=${figure}]`)
      if (!await t.ok(await table.count() === 1, `${login} has the figures ${figure}`)) continue
      await page.locator('details', { has: table }).locator('summary').click()
      const fact = table.locator('a.fact').first()
      const [n, href] = [Number(await fact.innerText()), await fact.getAttribute('href')]
      t.ok(n > 0, `${login}, ${figure}: ${n}`)
      t.equal(await rows(page, href), n, `${login}, ${figure}: as many rows as the figure says at ${href}`)
    }
    await page.goto(at)
    const bar = page.locator('svg[aria-labelledby=raised-t] a').first()
    const [said, href] = [await bar.getAttribute('aria-label'), await bar.getAttribute('href')]
    t.equal(await rows(page, href), Number(said.match(/(\d+) = /)[1]), `a bar opens what it says: ${said}`)
    t.ok(await page.locator('main .chip', { hasText: '报的' }).count() === 1, 'the list says what it was narrowed to')
  }
}

export async function fromTheMeasureToTheOverview(t) {
  const page = await t.as('chair')
  await page.goto('/measure/safety')
  await page.locator('main a[href="/safety/overview"]').click()
  await page.waitForURL('**/safety/overview')
  for (const chart of await page.locator('svg.chart').all()) {
    t.ok(await chart.locator('> title').count() === 1 && await chart.locator('> desc').count() === 1, 'a chart has a title and a description')
  }
  t.ok(await page.locator('svg.chart').count() >= 5, 'the charts are drawn')
  await page.locator('select[name=year]').selectOption(String(lastYear))
  await page.waitForURL(`**year=${lastYear}**`)
  t.ok(await page.locator('h2', { hasText: '每月报了多少' }).count() === 1, 'the year before is there')
}

export async function everybodyCanReadIt(t) {
  for (const look of [{ theme: 'xiaojia' }, { theme: 'xiaojia-night' }, { width: 390, theme: 'xiaojia' }, { width: 390, theme: 'xiaojia-night', lang: 'en' }]) {
    const page = await t.as('chair', look)
    await page.goto('/safety/overview')
    for (const s of await page.locator('.chart-numbers > summary').all()) await s.click()
    t.equal(await overflow(page), 0, `nothing overflows sideways: ${JSON.stringify(look)}`)
    await t.axe(page)
    await page.context().close()
  }
}

export async function papersGoToWord(t) {
  const page = await t.as('chair')
  await page.goto('/safety/patrols')
  const run = await page.locator('[data-list] [data-row] a[href*="/safety/patrols/"]').first().getAttribute('href')
  await page.goto('/safety/hazards?tab=all')
  const found = []
  for (const href of await page.locator('[data-list] .td-title a').evaluateAll((all) => all.map((a) => a.getAttribute('href')))) {
    await page.goto(href)
    const letter = page.locator('a[href*="/letters/"]').first()
    if (await letter.count()) { found.push(await letter.getAttribute('href')); break }
  }
  t.equal(found.length, 1, 'the demo has a letter')
  for (const path of [`${run}/paper`, ...found, '/safety/overview/month']) {
    await page.goto(path)
    const printed = await sheets(page) // the month's grows with what is reported meanwhile
    t.ok(printed === 1 || path.endsWith('/month') && printed <= 3, `${path} is one sheet in print, not ${printed}`)
    const button = page.locator('a[data-word]')
    const [file] = await Promise.all([page.waitForEvent('download'), button.click()])
    t.ok(file.suggestedFilename().endsWith('.docx'), `${path}: ${file.suggestedFilename()}`)
    const r = await page.request.get(await button.getAttribute('href'))
    t.equal(r.status(), 200, `${path} as Word`)
    t.equal(r.headers()['content-type'], docx, `${path} has the type of Word files`)
    const body = await r.body()
    t.ok(body.length > 4000 && body.subarray(0, 2).toString() === 'PK', `${path}: a file of ${body.length} bytes`)
  }
}

export async function whoLookedAndWhy(t) {
  const why = `核对证件，办理补助 ${Date.now() % 10000}`
  const chair = await t.as('chair')
  await chair.goto('/people')
  await chair.locator('[data-list] [data-row] a[href^="/people/"]').first().click()
  await chair.waitForURL('**/people/*')
  const form = chair.locator('form[action$="/reveal"]')
  const name = (await chair.locator('h1').innerText()).trim()
  for (const d of await chair.locator('details', { has: form }).all()) await d.evaluate((x) => { x.open = true })
  await form.locator('[name=why]').fill(why)
  await form.locator('[name=field]').first().evaluate((x) => { if (x.type === 'radio') x.checked = true })
  await Promise.all([chair.waitForResponse((r) => r.url().endsWith('/reveal')), form.locator('button').first().click()])
  for (const width of [1440, 390]) {
    const page = await t.as('auditor', { width })
    await page.goto('/people')
    await page.locator('a[href="/people/reveals"]').click()
    await page.waitForURL('**/people/reveals')
    const line = page.locator('[data-row]', { hasText: why })
    t.equal(await line.count(), 1, `the auditor reads why, at ${width}`)
    t.ok((await line.innerText()).includes(name), 'and whose it was')
    t.equal(await overflow(page), 0, 'nothing overflows sideways')
    await t.axe(page)
    await page.goto('/people/reveals?field=wage')
    t.equal(await page.locator('[data-row]', { hasText: '冬季走访' }).count(), 0, 'narrowed to wages, a phone is not there')
    t.equal((await page.request.get('/people/reveals.xlsx')).status(), 200, 'the list goes to Excel')
    await page.goto(`/people/reveals?q=${encodeURIComponent(name.slice(0, 2))}&from=今天`)
    t.equal(await page.locator('[data-row]', { hasText: why }).count(), 1, 'found by a name, from today on')
    t.equal(await overflow(page), 0, 'nothing overflows sideways')
    await page.goto('/people/reveals?to=昨天')
    t.equal(await page.locator('[data-row]', { hasText: why }).count(), 0, 'until yesterday it is not there')
    await page.goto('/people/reveals?from=某天')
    await t.sees(page, '看不懂这个日期')
    await t.axe(page)
  }
  const member = await t.as('member')
  t.equal((await member.request.get('/people/reveals')).status(), 403, 'a member does not read it')
}
