// How forms behave, whatever they are about: a refusal comes into the page with a list of what is wrong, the way back leads to pages and
// not to sent forms, a second tap sends nothing.
import { sent } from '../hands.mjs'

export async function refusalsStayInThePage(t) {
  for (const width of [390, 1440]) {
    const page = await t.as('chair', { width })
    await page.goto('/people')
    await page.goto('/people/new')
    const before = await page.evaluate(() => history.length)
    t.equal(await sent(page, () => page.locator('main form[method=post] button.btn-primary').click()), 422, 'nobody without a name')
    const list = page.locator('[data-errors]')
    await t.sees(page, list)
    t.ok(await list.locator('a').count() > 0, 'each sentence is a link to its field')
    t.ok(await page.evaluate(() => document.activeElement?.closest('.field')?.querySelector('.field-wrong') !== null), 'the first refused field has the focus')
    t.equal(await page.evaluate(() => history.length), before, 'no step in the history')
    t.equal(new URL(page.url()).pathname, '/people/new', 'the address of the form')
    await t.axe(page)
    await page.goBack()
    await t.sees(page, page.locator('[data-list]'))
    t.equal(new URL(page.url()).pathname, '/people', 'back leads to the list')
  }
}

export async function aSecondTapSendsNothing(t) {
  const page = await t.as('member', { width: 390 })
  await page.goto('/safety/hazards/new')
  let posts = 0
  await page.route('**/safety/hazards', async (route) => { posts++; await new Promise((go) => { setTimeout(go, 300) }); await route.continue() })
  await page.locator('[name=description]').fill('消防通道堆了纸箱，两次点按')
  await page.locator('[name=place]').first().check({ force: true })
  const button = page.locator('main form button.btn-primary')
  t.equal(await sent(page, async () => { await button.click(); await button.click({ force: true }).catch(() => {}) }), 303, 'reported')
  t.equal(posts, 1, 'one report for two taps')
}

export async function aFilterShowsWhatItsPageShows(t) {
  const page = await t.as('chair')
  await page.goto('/year?year=2024')
  const measure = page.locator('select[name=measure]')
  await measure.selectOption('warmth')
  await page.waitForURL('**measure=warmth**')
  await page.goBack()
  await page.waitForURL((u) => !u.search.includes('measure=warmth'))
  t.equal(await measure.inputValue(), '', 'the box shows the page it stands on')
}
