// The fourth slice: an empty installation, a one-time link, a roster from Excel, a place with its code on the wall.
import { sent } from '../hands.mjs'
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
  await page.goto(`/setup/${token}`)
  await t.axe(page)
  const fill = async (name, value) => page.locator(`[name=${name}]`).fill(value)
  await fill('company', '机械公司工会')
  await fill('branch', '科一分工会')
  await fill('name', '陈晓芸')
  await fill('no', 'K10001')
  await fill('until', `${new Date().getFullYear() + 3}-12-31`)
  await fill('password', '12345678')
  await page.locator('form[method=post] button.btn-primary').click()
  await t.sees(page, page.locator('.field-wrong').first())
  t.equal(await page.locator('[name=branch]').inputValue(), '科一分工会', 'what was typed is still there')
  await fill('password', '春天里的第一场雨')
  await page.locator('form[method=post] button.btn-primary').click()
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
  await page.locator('[name=step][value=import]').waitFor()
  await t.axe(page)
  t.equal(await sent(page, () => page.locator('[name=step][value=import]').click()), 303, 'the import leads on')
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
