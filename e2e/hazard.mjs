// What the tours of hazards share: reporting one, and doing an act on its page.
import { picture, sent, shoot } from './hands.mjs'

/** title marks what the tours themselves report. */
export const title = (words) => `${words}（走查）`

/** report sends a report of somebody who is signed in, and gives the hazard's address. */
export async function report(t, page, words, { place = '职工食堂', mode } = {}) {
  await page.goto('/safety/hazards/new')
  await shoot(page)
  await page.locator('.picks label', { hasText: place }).click()
  await page.locator('#f-description').fill(words)
  if (mode) await page.locator('fieldset.seg label', { hasText: mode }).click()
  await page.getByRole('button', { name: '报上去' }).click()
  await t.sees(page, '编号')
  return page.locator('a[href^="/safety/hazards/"]:visible', { hasText: '看这一条' }).getAttribute('href')
}

export const formOf = (page, act) => page.locator(`form[method=post][action$="/${act}"]`)

/** open unfolds the form of an act. */
async function open(page, act) {
  const form = formOf(page, act)
  await form.waitFor({ state: 'attached' })
  await form.evaluate((f) => { for (let d = f.closest('details'); d; d = d.parentElement.closest('details')) d.open = true })
  return form
}

/** act fills and sends the form of an act; a field of several lines, a choice and a day are told by their names. A photo is its words, or one taken before. */
export async function act(page, name, fields = {}, photo = '') {
  const form = await open(page, name)
  for (const [field, value] of Object.entries(fields)) {
    const control = form.locator(`[name="${field}"]`)
    const kind = await control.first().evaluate((e) => e.type)
    if (kind === 'radio') await form.locator('label', { has: page.locator(`[name="${field}"][value="${value}"]`) }).click()
    else if (kind === 'checkbox') await control.check()
    else if (kind === 'select-one') await control.selectOption(await control.locator('option', { hasText: value }).first().getAttribute('value'))
    else await control.fill(value)
  }
  if (photo) {
    await form.locator('input[data-photos]').setInputFiles(typeof photo === 'string' ? await picture(page, photo) : photo)
    await form.locator('[data-photo-new] img').first().waitFor()
  }
  return sent(page, () => form.locator('button:not([type=button])').last().click())
}

/** done does an act that succeeds. */
export async function done(t, page, name, fields, photo) {
  const status = await act(page, name, fields, photo)
  t.equal(status, 303, `${name} is done`)
  await t.sees(page, page.locator('.flash.good'))
}

export const judge = async (t, href, grade = 'C') => {
  const page = await t.as('safety-dept')
  await page.goto(href)
  await done(t, page, 'judge', { grade })
  return page
}

/** five is 五定 for the canteen. */
export const five = { owner: '鑫味餐饮', rectifier: '马建平', measure: '补登记，换留样盒，每天检查。', doer: '厨师长 老李', verifier: '陈晓芸' }

export const assign = async (t, href, more = {}) => {
  const page = await t.as('chair')
  await page.goto(href)
  await done(t, page, 'assign', { ...five, ...more })
  return page
}
