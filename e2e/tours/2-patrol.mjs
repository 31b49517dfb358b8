// The second slice: two representatives go through a card, both sign, and what follows from it.
import { comes, goThrough, keyItems, notPicture, placeCodes, sent, shoot, write } from '../hands.mjs'

const inFront = (page) => page.locator('#main')
const meta = { codes: null, first: '' }
const idOf = (page) => new URL(page.url()).pathname.split('/')[3]

async function wall(t, place) {
  if (!meta.codes) {
    const chair = await t.as('chair')
    meta.codes = await placeCodes(chair)
    await chair.close()
  }
  return meta.codes[place]
}

/** begin opens the card of a place by its code on the wall, with one partner chosen. */
async function begin(t, page, place, partner = '李国强') {
  await page.goto(await wall(t, place))
  await inFront(page).getByRole('link', { name: '开始巡视' }).click()
  await page.waitForURL('**/safety/patrols/new?**')
  await page.locator('.picks label', { hasText: partner }).click()
  await page.getByRole('button', { name: '开始巡视' }).click()
  await page.waitForURL('**/edit')
}

async function sign(page) {
  await page.waitForURL('**/sign')
  await write(page)
  await page.locator('.bottom-bar button').click()
}

async function drop(t, page) {
  const button = page.locator('button', { hasText: '作废这份记录' })
  await button.evaluate((b) => { for (let d = b.closest('details'); d; d = d.parentElement.closest('details')) d.open = true })
  await button.click()
  await page.locator('dialog .btn-primary').click()
  await t.sees(page, '作废了。')
}

export async function heroLeadsToACard(t) {
  const page = await t.as('worker-rep', { width: 390 })
  await page.goto('/')
  const hero = inFront(page).locator('a.btn-primary.big:visible')
  t.equal(await hero.count(), 1, 'one thing to do first')
  await hero.click()
  await page.waitForURL('**/safety/patrols/**')
  t.ok(await page.locator('form[method=post]').count() > 0, 'it is a card or its start')
  await page.goto('/safety/patrols/new')
  await t.sees(page, '职工食堂')
  await t.axe(page)
}

export async function cardOutlivesTheNetwork(t) {
  t.bears(/ERR_INTERNET_DISCONNECTED|Failed to fetch|net::ERR/)
  const page = await t.as('worker-rep', { width: 390 })
  await begin(t, page, '职工食堂')
  meta.first = idOf(page)
  await t.axe(page)
  const item = (await keyItems(page))[0]
  const card = page.locator(`#i-${item}`)
  await page.context().setOffline(true)
  await card.locator('label.is-fail').click()
  await page.locator(`#note-${item}`).fill('留样只有 90 克')
  await shoot(page, page.locator(`#p-${item}`))
  await page.locator('.net, [data-net]').first().waitFor()
  await page.getByRole('button', { name: '暂存' }).last().click()
  await t.sees(page, '现在连不上')
  t.ok(await page.reload().then(() => false, () => true), 'without network there is no reload')
  await page.context().setOffline(false)
  await page.goto(`/safety/patrols/${meta.first}/edit`)
  await t.sees(page, '已从本机恢复')
  t.ok(await card.locator('input[value=fail]').isChecked(), 'the verdict is back')
  t.equal(await page.locator(`#note-${item}`).inputValue(), '留样只有 90 克', 'the words are back')
  t.equal(await card.locator('[data-photo-new] img').count(), 1, 'the photo is back')
  const again = await page.context().newPage()
  await page.close()
  await again.goto(`/safety/patrols/${meta.first}/edit`)
  await t.sees(again, '已从本机恢复')
  t.equal(await again.locator(`#i-${item} [data-photo-new] img`).count(), 1, 'the photo is back in a new window')
  await again.locator(`#p-${item}`).setInputFiles(notPicture)
  await t.sees(again, '不是照片')
  await again.getByRole('button', { name: '暂存' }).last().click()
  await t.sees(again, '存好了。')
  t.equal(await again.locator(`#i-${item} [data-photo-list] a img`).count(), 1, 'the photo is stored once')
  await again.reload()
  t.equal(await again.getByText('已从本机恢复').count(), 0, 'what is stored leaves no draft behind')
}

export async function bothSign(t) {
  const page = await t.as('worker-rep', { width: 390 })
  await page.goto(`/safety/patrols/${meta.first}/edit`)
  const keys = await keyItems(page)
  const [bad, now] = keys
  await goThrough(page, [bad, now])
  await page.locator(`#note-${now}`).fill('菜刀放在过道上')
  await shoot(page, page.locator(`#p-${now}`), '过道')
  await page.locator(`#i-${now}`).getByRole('button', { name: '现在就报' }).click()
  await t.sees(page, '报上去了')
  const reported = page.locator(`#i-${now} a[href^="/safety/hazards/"]`)
  await t.sees(page, reported)
  const early = await reported.getAttribute('href')
  await page.getByRole('button', { name: '去签名' }).click()
  await page.waitForURL('**/sign')
  await t.axe(page)
  t.equal(await page.getByText('成为隐患').count(), 1, 'the other failed item becomes a hazard')
  await page.locator('.bottom-bar button').click()
  await t.sees(page, '还没有签名')
  await sign(page)
  await t.sees(page, '签好了，还差一个人。')

  // The same person again, as a second inspector, is refused.
  const content = await page.locator('input[name=content]').inputValue()
  const me = await page.request.get(`/safety/patrols/${meta.first}/sign`)
  t.ok(me.ok(), 'the page for signing answers')
  await page.goto(`/safety/patrols/${meta.first}`)
  await t.sees(page, '还不算数：等李国强签名')
  t.ok(content !== '', 'what is signed has a mark')

  // An edit removes the signature and says so.
  await page.goto(`/safety/patrols/${meta.first}/edit`)
  await t.sees(page, '签名就作废')
  await page.locator('#f-good').fill('留样记录写得很全')
  await page.getByRole('button', { name: '去签名' }).click()
  await t.sees(page, '签名作废')
  await sign(page)
  await t.sees(page, '签好了，还差一个人。')

  const other = await t.as('member-rep', { width: 390 })
  await other.goto('/todo')
  const todo = other.locator('[data-row]', { hasText: '职工食堂' }).filter({ hasText: '等你签名' })
  await t.sees(other, todo)
  await t.axe(other)
  await todo.locator('a').first().click()
  await sign(other)
  await t.sees(other, '两人都签了，这次巡视算数。')
  await t.axe(other)
  const hazards = other.locator('a[href^="/safety/hazards/"]')
  t.ok(await hazards.count() >= 2, 'both failed items lead to their hazards')
  t.equal(await other.locator(`a[href="${early}"]`).count() > 0, true, 'the one that was reported at once is not opened twice')
  const round = inFront(other).locator('a[href^="/rounds/"]').first()
  await t.sees(other, round)
  await round.click()
  await other.waitForURL('**/rounds/**')
  await t.sees(other, '已完成')
  await t.sees(other, other.locator(`#targets a[href$="${meta.first}"]`))
  await t.axe(other)
}

export async function recordAndItsPaper(t) {
  const page = await t.as('chair')
  await page.goto(`/safety/patrols/${meta.first}`)
  t.equal(await page.locator('.signed svg path').count(), 2, 'two drawn signatures')
  await t.sees(page, '菜刀放在过道上')
  await t.axe(page)
  await page.getByRole('link', { name: '巡视检查记录表' }).click()
  await page.waitForURL('**/paper')
  await t.sees(page, page.locator('main.paper'))
  t.ok(await page.locator('main.paper svg path').count() >= 2, 'both signatures stand on the paper')
  const box = await page.locator('main.paper').first().boundingBox()
  t.ok(box.width > 700 && box.width <= 900, `the paper has the width of A4: ${box.width}`)
  await page.emulateMedia({ media: 'print' })
  t.equal(await page.locator('.no-print:visible').count(), 0, 'nothing of the screen is printed')
  await page.emulateMedia({ media: 'screen' })
  await t.axe(page)
  await page.goto('/safety/patrols')
  await t.sees(page, '职工食堂')
  await t.axe(page)
}

export async function partnerSignsOnTheSamePhone(t) {
  const page = await t.as('worker-rep', { width: 390 })
  await begin(t, page, '宿舍生活区')
  const id = idOf(page)
  await goThrough(page)
  await page.getByRole('button', { name: '去签名' }).click()
  await sign(page)
  await t.sees(page, '请把手机交给李国强本人')
  await sign(page)
  await t.sees(page, '两人都签了，这次巡视算数。')
  await t.sees(page, '没有核对身份')

  const other = await t.as('member-rep', { width: 390 })
  await comes(t, other, '/inbox', '用你的名字')
  await other.goto(`/safety/patrols/${id}`)
  await other.getByRole('button', { name: '不是我签的' }).click()
  await other.locator('dialog .btn-primary').click()
  await t.sees(other, '先不算数')
  await t.sees(other, '本人说不是他签的')
  await page.goto(`/safety/patrols/${id}`)
  await t.sees(page, '还不算数：等李国强签名')
  await other.goto(`/safety/patrols/${id}/sign`)
  await sign(other)
  await t.sees(other, '两人都签了，这次巡视算数。')
}

export async function samePersonNeverSignsTwice(t) {
  const page = await t.as('worker-rep', { width: 390 })
  await begin(t, page, '危化品库')
  const id = idOf(page)
  await goThrough(page)
  await page.getByRole('button', { name: '去签名' }).click()
  await page.waitForURL('**/sign')
  const mine = await page.locator('input[name=person]').inputValue()
  await sign(page)
  await t.sees(page, '签好了，还差一个人。')
  const form = { person: mine, content: await page.locator('input[name=content]').inputValue(), signature: '{"w":300,"h":140,"strokes":[[[10,10,0],[80,60,40],[160,20,90]]]}' }
  const r = await page.request.post(`/safety/patrols/${id}/sign`, { form, headers: { 'Sec-Fetch-Site': 'same-origin' }, maxRedirects: 0 })
  t.ok(r.status() === 422 || r.status() === 409, `the first one cannot sign as the second: ${r.status()}`)
  const nobody = await t.as('group-leader', { width: 390 })
  const s = await nobody.request.post(`/safety/patrols/${id}/sign`, { form, headers: { 'Sec-Fetch-Site': 'same-origin' }, maxRedirects: 0 })
  t.ok([403, 404].includes(s.status()), `who did not inspect cannot sign: ${s.status()}`)
  await page.goto(`/safety/patrols/${id}`)
  await t.sees(page, '还不算数：等李国强签名')
  await page.goto(`/safety/patrols/${id}/edit`)
  await drop(t, page)
}

export async function twoWindowsOneCard(t) {
  const one = await t.as('worker-rep', { width: 390 })
  await begin(t, one, '机加工车间')
  const id = idOf(one)
  const two = await t.as('member-rep', { width: 390 })
  await two.goto(`/safety/patrols/${id}/edit`)
  const first = await one.locator('[data-item]').first().getAttribute('id')
  await one.locator(`#${first} label.is-pass`).click()
  await one.locator('#f-escort').fill('王班长')
  await one.getByRole('button', { name: '暂存' }).last().click()
  await t.sees(one, '存好了。')
  await two.locator(`#${first} label.is-fail`).click()
  await two.locator('#f-escort').fill('赵师傅')
  await two.getByRole('button', { name: '暂存' }).last().click()
  await t.sees(two, '两份不一样的地方')
  await t.sees(two, '王班长')
  await t.sees(two, '赵师傅')
  await t.axe(two)
  await two.getByRole('button', { name: '用我的' }).click()
  await t.sees(two, '存好了。')
  t.equal(await two.locator('#f-escort').inputValue(), '赵师傅', 'the chosen one is stored')
  await one.goto(`/safety/patrols/${id}/edit`)
  t.equal(await one.locator('#f-escort').inputValue(), '赵师傅', 'for both')
  await drop(t, one)
}

export async function badInputComesBack(t) {
  const page = await t.as('worker-rep', { width: 390 })
  await begin(t, page, '机加工车间')
  const id = idOf(page)
  const item = (await keyItems(page))[0]
  await page.locator(`#i-${item} label.is-fail`).click()
  await page.locator('#f-escort').fill('王班长')
  const unfinished = await sent(page, () => page.locator('form[data-count]').evaluate((f) => { const b = f.querySelector('button[value=sign]'); b.hidden = false; b.click() }))
  t.equal(unfinished, 422, 'an unfinished card is not signed')
  await t.sees(page, '处要补')
  t.equal(await page.locator('#f-escort').inputValue(), '王班长', 'what was typed comes back')
  t.ok(await page.locator(`#i-${item} .field-wrong`).count() > 0, 'the sentence stands at the item')
  await t.axe(page)
  const text = await page.request.post(`/safety/patrols/${id}`, {
    multipart: { act: 'keep', version: await page.locator('input[name=version]').inputValue(), card: await page.locator('input[name=card]').inputValue(),
      card_version: await page.locator('input[name=card_version]').inputValue(), place: await page.locator('input[name=place]').inputValue(), on: '2024-12-20',
      [`v-${item}`]: 'fail', [`p-${item}`]: notPicture },
    headers: { 'Sec-Fetch-Site': 'same-origin' }, maxRedirects: 0 })
  t.equal(text.status(), 422, 'a text file as a photo is refused')
  t.ok((await text.text()).includes('照片'), 'in words')
  await page.goto(`/safety/patrols/${id}/edit`)
  await drop(t, page)
}
