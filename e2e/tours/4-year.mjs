// The year: what is late, what is excused, 记一笔 with its correction, an officer's own duty, the second language.
import { inspect } from '../inspect.mjs'
import { sent, shoot, write } from '../hands.mjs'

const made = {}

export async function filters(t) {
  const page = await t.as('chair')
  await page.goto('/year')
  const rows = page.locator('#main [data-list] [data-row]')
  const all = await rows.count()
  await page.locator('select[name=state]').selectOption('late')
  await page.waitForURL('**state=late**')
  const late = await rows.count()
  t.ok(late > 0 && late < all, `what is late is seen: ${late} of ${all}`)
  t.equal(await page.locator('#main [data-row] .chip.late').count(), late, 'each of them says so')
  made.late = await rows.locator('a[href^="/rounds/"]').evaluateAll((all) => all.map((a) => a.getAttribute('href')))
  await page.locator('select[name=state]').selectOption('')
  await page.waitForURL((u) => !u.search.includes('state=late'))
  await page.locator('select[name=measure]').selectOption('culture')
  await page.waitForURL('**measure=culture**')
  const some = await rows.count()
  t.ok(some > 0 && some < all, `one measure is a part: ${some} of ${all}`)
  await page.locator('select[name=year]').selectOption('2023')
  await page.waitForURL('**year=2023**')
  t.ok(await rows.count() > 0, 'last year is there')
  await t.axe(page)
  for (const m of ['safety', 'warmth', 'voice', 'culture']) {
    await page.goto(`/measure/${m}`)
    t.ok(await rows.count() > 0, `${m} has rounds`)
  }
}

export async function excusedWithAReason(t) {
  const page = await t.as('chair')
  for (const href of made.late) {
    await page.goto(href)
    if (await page.locator('form[action$="/excuse"]').count() > 1) break
  }
  const round = page.url()
  await t.sees(page, page.locator('.chip.late'))
  const line = page.locator('#targets [data-row]').first()
  const name = (await line.locator('b').first().innerText()).trim()
  const form = line.locator('form[action$="/excuse"]')
  await line.locator('summary').click()
  await form.locator('[name=reason]').evaluate((e) => e.removeAttribute('required'))
  t.equal(await sent(page, () => form.locator('button').click()), 422, 'without a reason nobody is excused')
  await t.sees(page, page.locator('.field-wrong:not(:empty)'))
  await t.axe(page)
  const again = page.locator('#targets [data-row]', { hasText: name })
  await again.locator('form[action$="/excuse"] [name=reason]').fill('产假，回来再查')
  await sent(page, () => again.locator('form[action$="/excuse"] button').click())
  await page.goto(`${round.split('?')[0]}?state=excused`)
  const excused = page.locator('#targets [data-row]', { hasText: name })
  await t.sees(page, excused)
  await t.sees(page, '产假，回来再查')
  await sent(page, () => excused.getByRole('button', { name: '不免了' }).click())
  await page.goto(`${round.split('?')[0]}?state=open`)
  await t.sees(page, page.locator('#targets [data-row]', { hasText: name }))
  await t.sees(page, page.locator('section', { hasText: '经过' }))
}

export async function noteClosesATarget(t) {
  const page = await t.as('chair', { width: 390 })
  await page.goto('/year?state=later')
  await page.getByRole('link', { name: '清单销号与满意度测评' }).first().click()
  await page.waitForURL('**/rounds/**')
  made.round = new URL(page.url()).pathname
  await t.axe(page)
  await page.locator('.panel-now').getByRole('link', { name: '记一笔' }).click()
  await page.waitForURL('**/notes/new?**')
  t.ok(await page.locator('#f-title').inputValue() !== '', 'the round gives the title')
  await t.axe(page)
  await page.locator('#f-title').fill('')
  await page.locator('#f-body').fill('收回 214 份，满意 203 份。')
  await write(page)
  t.equal(await sent(page, () => page.getByRole('button', { name: '存好' }).click()), 422, 'a note without a name of what was done comes back')
  await t.sees(page, page.locator('.field-wrong:not(:empty)'))
  t.equal(await page.locator('#f-body').inputValue(), '收回 214 份，满意 203 份。', 'with what was typed')
  await page.locator('.sign-pad.has-ink').waitFor()
  await page.locator('#f-title').fill('四季度测评')
  await shoot(page, page.locator('#f-photos'), '测评表')
  const group = page.locator('details', { has: page.locator('input[name=people]') }).first()
  await group.locator('summary').click()
  await group.locator('.picks label').nth(0).click()
  await group.locator('.picks label').nth(1).click()
  await t.sees(page, '已选 2 个')
  await page.getByPlaceholder('找名字，拼音也行').fill('没有这样的人')
  await t.sees(page, '没有这个名字')
  await page.getByPlaceholder('找名字，拼音也行').fill('zm')
  t.equal((await page.locator('.picks label:visible').allTextContents()).map((x) => x.trim()).includes('张敏'), true, 'initials find a name')
  await page.getByPlaceholder('找名字，拼音也行').fill('')
  await page.getByRole('button', { name: '存好' }).click()
  await page.waitForURL(/\/notes\/0/)
  made.note = new URL(page.url()).pathname
  await t.sees(page, '四季度测评')
  await t.sees(page, '共 2 人')
  await t.sees(page, page.locator('img[src^="/f/"]'))
  await t.sees(page, page.locator('svg path[d^="M"]'))
  await t.axe(page)
  await page.goto(made.round)
  await t.sees(page, '已完成')
  t.equal(await page.locator(`#targets a[href="${made.note}"]`).count(), 1, 'the target opens the note that did it')
  await page.goto('/notes/new?round=' + made.round.split('/').pop())
  t.ok(new URL(page.url()).pathname === made.round, 'a round that is done takes no second note')
}

export async function correctionKeepsBoth(t) {
  const page = await t.as('chair')
  await page.goto(made.note)
  await page.getByRole('link', { name: '更正' }).click()
  await page.waitForURL('**replaces=**')
  t.equal(await page.locator('#f-body').inputValue(), '收回 214 份，满意 203 份。', 'the correction starts from the old words')
  await page.locator('#f-body').fill('收回 214 份，满意 203 份，另补 3 份。')
  await write(page)
  await page.getByRole('button', { name: '存更正' }).click()
  await page.waitForURL((u) => u.pathname.startsWith('/notes/0') && u.pathname !== made.note)
  await t.sees(page, '另补 3 份')
  t.equal(await page.locator('img[src^="/f/"]').count() > 0, true, 'the photo is kept')
  await page.getByRole('link', { name: '看原来的' }).click()
  await page.waitForURL(`**${made.note}`)
  await t.sees(page, '以新的为准')
  await t.sees(page, '收回 214 份，满意 203 份。')
  await t.axe(page)
  await page.goto(`${made.note}/paper`)
  await t.sees(page, page.locator('main.paper'))
  await t.axe(page)
  await page.goto('/notes')
  await t.sees(page, '四季度测评')
  await t.axe(page)
}

export async function ownDuty(t) {
  const page = await t.as('chair')
  await page.goto('/duties')
  await t.axe(page)
  await page.getByRole('link', { name: '自己加一项' }).click()
  await page.waitForURL('**/duties/new')
  const pick = (name, value) => page.locator('label', { has: page.locator(`input[name="${name}"][value="${value}"]`) }).click()
  const look = () => sent(page, () => page.getByRole('button', { name: '先看看是哪几天' }).click())
  await page.locator('#f-what').fill('看门锁、灭火器、温度。')
  t.equal(await look(), 422, 'a duty without a name is none')
  await t.sees(page, page.locator('.field-wrong:not(:empty)'))
  t.equal(await page.locator('#f-what').inputValue(), '看门锁、灭火器、温度。', 'what was typed comes back')
  await t.axe(page)
  await page.locator('#f-name').fill('配电房每周看一眼')
  await pick('measure', 'safety')
  await pick('kind', 'weekly')
  await page.locator('label', { hasText: /^\s*(周|星期)?三\s*$/ }).first().click()
  await page.locator('#f-on').fill('12月20日')
  await page.locator('#f-on').press('Tab')
  t.equal(await page.locator('#f-on').inputValue(), '2024-12-20', 'a day as people write it is understood at once')
  await pick('targets', 'place')
  await page.locator('#f-place').selectOption({ label: '危化品库' })
  await pick('form', 'note')
  await page.locator('label', { has: page.locator('input[name=who]') }).filter({ hasText: '分工会主席' }).click()
  await look()
  await t.sees(page, page.locator('#preview', { hasText: '12月25日' }))
  await t.axe(page)
  await page.getByRole('button', { name: '就这样，加上' }).click()
  await page.waitForURL(/\/duties(\/0|\?|$)/)
  await t.sees(page, page.locator('h1', { hasText: '配电房每周看一眼' }))
  await page.goto('/duties')
  const link = page.getByRole('link', { name: '配电房每周看一眼' })
  await t.sees(page, link)
  await link.click()
  await t.sees(page, '接下来几次')
  await t.axe(page)
  await page.getByRole('link', { name: '修改这一项' }).click()
  await page.waitForURL('**/edit')
  await t.axe(page)
  await page.locator('#f-name').fill('配电房每周看两眼')
  await look()
  await page.getByRole('button', { name: '就这样，存好' }).click()
  await t.sees(page, page.locator('h1', { hasText: '配电房每周看两眼' }))
  await page.goto('/duties/new')
  t.equal(await page.locator('#f-name').inputValue(), '', 'what was saved leaves no draft behind')
}

export async function ringByArrows(t) {
  const page = await t.as('chair')
  await page.goto('/year')
  await page.locator('svg.year-ring a[data-now]').first().focus()
  const at = () => page.evaluate(() => `${document.activeElement.dataset.band}/${document.activeElement.dataset.week}`)
  const seen = [await at()]
  for (const key of ['ArrowLeft', 'Home', 'End']) { await page.keyboard.press(key); seen.push(await at()) }
  t.equal(new Set(seen).size, 4, `arrows, Home and End walk: ${seen}`)
  await page.locator('svg.year-ring a[data-now]').first().focus()
  const band = (await at()).split('/')[0]
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowUp')
  t.equal((await at()).split('/')[0], band, 'down and up lead back')
  await page.keyboard.press('Enter')
  await page.waitForURL('**week=**')
  t.ok(await page.locator('#main [data-row]').count() > 0, 'Enter opens the week')
}

/** first gives the first address on a page that begins with something. */
const first = async (page, path, prefix) => {
  await page.goto(path)
  return page.locator(`#main a[href^="${prefix}"]`).first().getAttribute('href')
}

// A slash finds a round by its duty and its period, and the keys lead into it; on the phone the field is a page of its own.
export async function findsByKeys(t) {
  const desk = await t.as('chair', { width: 1440 })
  await desk.goto('/year')
  await desk.keyboard.press('/')
  await desk.keyboard.type('食堂每周 2024 第 50 周')
  await desk.keyboard.press('Enter')
  await desk.waitForURL('**/search?**')
  t.equal(await desk.locator('main [data-row]').count(), 1, 'one round')
  await t.axe(desk)
  await desk.keyboard.press('ArrowDown')
  t.ok(await desk.evaluate(() => document.activeElement.matches('[data-row] a')), 'the arrow goes from the field to what was found')
  await desk.keyboard.press('Enter')
  await desk.waitForURL('**/rounds/**')
  await t.sees(desk, '2024 年第 50 周')
  const phone = await t.as('chair', { width: 390 })
  await phone.goto('/search?q=第四季度')
  t.ok(await phone.locator('main [data-row]').count() === 8, 'eight of a kind at most')
  await t.axe(phone)
  await phone.locator('main [data-row] a').first().click()
  await phone.waitForURL('**/rounds/**')
  await phone.goto('/search?q=食堂')
  const kinds = await phone.locator('main section h2').allInnerTexts()
  t.equal(kinds.map((k) => k.trim()).join(' '), '场所 机制 轮次 记录', 'each kind has its place')
  await phone.getByRole('link', { name: '看全部' }).click()
  await phone.waitForURL('**/notes?**')
  await t.sees(phone, '食堂')
}

export async function english(t) {
  for (const [login, width, paths] of [
    ['chair', 1440, ['/', '/year', '/todo', '/inbox', '/measure/safety', '/duties', '/duties/new', '/notes', '/notes/new', '/safety/hazards', '/safety/hazards/board', '/safety/patrols', '/search', '/me', '/people', '/places', made.note, made.round]],
    ['worker-rep', 390, ['/', '/safety/patrols/new', '/safety/hazards/new', '/todo', '/year', '/safety/notices']],
    ['canteen', 390, ['/', '/safety/hazards', '/todo']],
  ]) {
    const page = await t.as(login, { width, lang: 'en' })
    const more = login === 'chair' ? [await first(page, '/safety/hazards', '/safety/hazards/0'), await first(page, '/safety/patrols', '/safety/patrols/0')] : []
    for (const path of [...paths, ...more]) {
      const r = await page.goto(path)
      if (!t.ok(r.ok(), `${path} answers ${login}: ${r.status()}`)) continue
      const wrong = await page.evaluate(inspect, true)
      t.ok(wrong.length === 0, `${path} in English for ${login}: ${wrong.join('; ')}`)
    }
  }
}
