// The fourth slice: an empty installation, a one-time link, a roster from Excel, a place with its code on the wall.
import { comes, goThrough, sent, write } from '../hands.mjs'
const roster = new URL('../../internal/story/data/roster.xlsx', import.meta.url).pathname
const here = {}

async function chair(t) {
  const page = await t.visitor({ base: here.base, width: here.width ?? 1440 })
  if (here.cookies) await page.context().addCookies(here.cookies)
  return page
}

export async function linkOpensTheHouse(t) {
  const s = await t.serve()
  here.base = s.base
  const token = /\/setup\/(\S+)/.exec(s.said())[1]
  const page = await t.visitor({ base: s.base, width: 390 })
  await page.goto('/')
  await t.sees(page, '这个家还没有安好')
  await page.goto(`/setup/${token}`)
  await t.axe(page)
  await page.locator('[name=password]').fill('看得见')
  await page.locator('[data-peek]').click()
  t.equal(await page.locator('[name=password]').getAttribute('type'), 'text', 'what is typed can be looked at')
  await page.locator('[data-peek]').click()
  const fill = async (name, value) => page.locator(`[name=${name}]`).fill(value)
  await fill('company', '机械公司工会')
  await fill('branch', '科一分工会')
  await fill('name', '陈晓芸')
  await fill('no', 'K10001')
  await fill('until', `${new Date().getFullYear() + 3}-12-31`)
  await fill('password', '12345678')
  await page.getByRole('button', { name: '安好，进门' }).click()
  await t.sees(page, page.locator('.field-wrong').first())
  t.equal(await page.locator('[name=branch]').inputValue(), '科一分工会', 'what was typed is still there')
  await fill('password', '春天里的第一场雨')
  await page.getByRole('button', { name: '安好，进门' }).click()
  await page.waitForURL(`${s.base}/`)
  await t.sees(page, '从这里开始')
  here.cookies = await page.context().cookies()
  const again = await t.visitor({ base: s.base })
  t.bears(/410/)
  t.equal((await again.goto(`/setup/${token}`)).status(), 410, 'the link works once')
  await rosterComesIn(t, await chair(t))
  await peopleAndPlaces(t, await chair(t))
}

async function rosterComesIn(t, page) {
  await page.goto('/people/import')
  await page.locator('#f-file').setInputFiles({ name: '名册.xlsx', mimeType: 'application/octet-stream', buffer: Buffer.from('this is no workbook') })
  t.bears(/422/)
  await page.locator('form[method=post] button.btn-primary').first().click()
  await t.sees(page, page.locator('.field-wrong, .flash.late').first())
  await page.goto('/people/import')
  await page.locator('#f-file').setInputFiles(roster)
  await page.locator('form[method=post] button.btn-primary').first().click()
  await page.locator('[name=step][value=preview]').first().waitFor()
  const make = page.locator('input[type=checkbox][name=make]').first()
  if (!(await make.isChecked())) await make.check()
  await t.axe(page)
  await page.locator('[name=step][value=preview]').first().click()
  await page.locator('[name=step][value=import]').first().waitFor()
  await t.axe(page)
  t.equal(await sent(page, () => page.locator('[name=step][value=import]').first().click()), 303, 'the import leads on')
  await page.goto('/people')
  await t.sees(page, '在册 237 人')
  await page.locator('main input[type=search]').fill('zj')
  await page.keyboard.press('Enter')
  await t.sees(page, '曾静')
}

async function peopleAndPlaces(t, page) {
  await page.goto('/people?q=曾静')
  await page.locator('main').getByRole('link', { name: '曾静' }).click()
  await page.waitForURL('**/people/**')
  t.ok(!(await page.content()).includes('320698197309090943'), 'no whole ID number on the page')
  await t.axe(page)
  await page.goto('/places/new')
  await page.locator('[name=kind]').selectOption('canteen')
  await page.locator('[name=name]').fill('职工食堂')
  await page.locator('[name=owner]').selectOption({ index: 1 })
  t.equal(await sent(page, () => page.locator('main form[method=post] button.btn-primary').click()), 303, 'the place is made')
  await page.goto('/places')
  await t.sees(page, '职工食堂')
  await page.goto('/places/qr')
  t.ok((await page.content()).includes(new URL(here.base).host + '/p/'), 'the code on the wall names an address that a phone opens')
  await page.goto('/connect')
  await t.sees(page, '--public-url')
  await t.axe(page)
}

/** house is an empty installation with its chair signed in on a desktop. */
async function house(t) {
  const s = await t.serve()
  const page = await t.visitor({ base: s.base })
  await page.goto(/\/setup\/\S+/.exec(s.said())[0])
  for (const [name, value] of Object.entries({ company: '机械公司工会', branch: '科一分工会', name: '陈晓芸', no: 'K10001', until: `${new Date().getFullYear() + 3}-12-31`, password: '春天里的第一场雨' })) {
    await page.locator(`[name=${name}]`).fill(value)
  }
  await page.getByRole('button', { name: '安好，进门' }).click()
  await page.waitForURL(`${s.base}/`)
  return { base: s.base, page }
}

async function importRoster(page) {
  await page.goto('/people/import')
  await page.locator('#f-file').setInputFiles(roster)
  await page.locator('form[method=post] button.btn-primary').first().click()
  await page.locator('[name=step][value=preview]').first().waitFor()
  const make = page.locator('input[type=checkbox][name=make]').first()
  if (!(await make.isChecked())) await make.check()
  await page.locator('[name=step][value=preview]').first().click()
  await page.locator('[name=step][value=import]').first().waitFor()
  await sent(page, () => page.locator('[name=step][value=import]').first().click())
}

export async function aRosterIsTakenBack(t) {
  const { page } = await house(t)
  await importRoster(page)
  await page.waitForURL('**/imports/**')
  await t.sees(page, '要补的')
  await t.axe(page)
  const batch = page.url()
  // Who was entered upon since stays.
  await page.goto('/people?q=曾静')
  await page.locator('main').getByRole('link', { name: '曾静' }).click()
  await page.waitForURL('**/people/**')
  await page.locator('form[action$="/labels"]').evaluate((f) => { for (let d = f.closest('details'); d; d = d.parentElement.closest('details')) d.open = true })
  await page.locator('form[action$="/labels"] select').first().selectOption({ index: 1 })
  await page.locator('form[action$="/labels"] [name=from]').fill(new Date().toISOString().slice(0, 10))
  t.equal(await sent(page, () => page.locator('form[action$="/labels"] button').last().click()), 303, 'she gets a label')
  await page.goto(batch)
  await page.getByRole('button', { name: '整批撤回' }).click()
  await t.sees(page, page.locator('dialog').getByText(/\d+ 人/))
  await page.locator('dialog .btn-primary').click()
  await t.sees(page, '撤回')
  await page.locator('.chip', { hasText: '撤回' }).waitFor()
  await page.goto('/people')
  await t.sees(page, '在册 2 人')
  await t.sees(page, '曾静')
  await page.goto(batch)
  await page.getByRole('button', { name: '停用空着的' }).click()
  await t.sees(page, page.locator('.flash'))
  await page.goto('/units')
  t.equal(await page.locator('main').getByText('综合办公室').count(), 0, 'what the import made and is empty is closed')
  await t.sees(page, '铣工班') // hers stays
}

/** appoint makes the person an officer of the only branch, with the term that is suggested. */
async function appoint(t, page, name, office) {
  await page.goto(`/people?q=${name}`)
  await page.locator('main').getByRole('link', { name }).first().click()
  await page.waitForURL('**/people/0**')
  const at = page.url()
  await page.locator('main a[href$="/appoint"]').first().click()
  await page.locator(`main a[href*="office=${office}"]`).click()
  t.ok(await page.locator('[name=to]').inputValue() !== '', 'the term ends as the others end')
  t.equal(await sent(page, () => page.getByRole('button', { name: '任命' }).click()), 303, `${name} is ${office}`)
  return at
}

/** joins lets a person in by a link of the chair and gives the phone. */
async function joins(t, chair, at, base) {
  await chair.goto(at)
  await chair.locator('form[action$="/invite"] button').click()
  const link = await chair.locator('[data-link]').first().textContent()
  const phone = await t.visitor({ base, width: 390 })
  await phone.goto(new URL(link.trim()).pathname)
  await phone.locator('[name=password]').fill('秋天里的最后一场雨')
  await phone.locator('form[method=post] button.btn-primary').first().click()
  await phone.waitForURL(`${base}/`)
  return phone
}

export async function theFirstPatrolOfAHouse(t) {
  const { base, page } = await house(t)
  await t.sees(page, '采用今年要做的事')
  await importRoster(page)
  const first = await appoint(t, page, '段秋菊', 'worker-rep')
  const second = await appoint(t, page, '马杰', 'member-rep')
  await page.goto('/places/new')
  await page.locator('[name=kind]').selectOption('living')
  await page.locator('[name=name]').fill('一号宿舍楼')
  t.equal(await sent(page, () => page.locator('main form[method=post] button.btn-primary').click()), 303, 'the place is made')

  await page.goto('/duties')
  t.equal(await page.locator('input[value="S8.canteen"]').count(), 0, 'a canteen that is not there is not patrolled')
  t.ok(await page.locator('input[value="S8.living"]').isChecked(), 'what can be done is ticked')
  await t.axe(page)
  await page.locator('[data-tick-part]').nth(1).locator('[data-tick-all="no"]').click()
  t.equal(await page.locator('[data-tick-part]').nth(1).locator('input:checked').count(), 0, 'a whole measure is unticked at once')
  t.equal(await sent(page, () => page.getByRole('button', { name: '采用勾选的' }).click()), 303, 'the year is adopted')
  await t.sees(page, '轮次已经排好')

  await page.goto('/')
  await t.sees(page, page.locator('main li', { hasText: '请两位代表进门' }).getByText('去做'))
  const one = await joins(t, page, first, base)
  const two = await joins(t, page, second, base)
  await one.goto('/')
  await one.locator('#main a.btn-primary.big:visible').click()
  await one.waitForURL('**/safety/patrols/**')
  const start = one.getByRole('button', { name: '开始巡视' })
  await start.or(one.getByRole('link', { name: '一号宿舍楼' })).first().waitFor()
  if (!(await start.isVisible())) await one.getByRole('link', { name: '一号宿舍楼' }).first().click()
  await one.locator('.picks label', { hasText: '马杰' }).click()
  await start.click()
  await one.waitForURL('**/edit')
  await goThrough(one)
  await one.getByRole('button', { name: '去签名' }).click()
  await one.waitForURL('**/sign')
  await write(one)
  await one.locator('.bottom-bar button').click()
  await t.sees(one, '签好了，还差一个人。')
  const at = new URL(one.url()).pathname.split('/').slice(0, 4).join('/')
  await comes(t, two, '/todo', '等你签名')
  await two.goto(`${at}/sign`)
  await write(two)
  await two.locator('.bottom-bar button').click()
  await t.sees(two, '两人都签了，这次巡视算数。')
  await t.sees(two, two.locator('#main a[href^="/rounds/"]'))

  await page.goto('/')
  await t.sees(page, '四季年轮')
  t.equal(await page.getByText('从这里开始').count(), 0, 'all is done, the guide is gone')
  await page.goto('/year')
  t.ok(await page.locator('main a[href^="/rounds/"]').count() > 0, 'the year has rounds')
}
