// The second slice: two representatives go through a card, both sign, and what follows from it.
import { comes, goThrough, keyItems, notPicture, picture, placeCodes, sent, shoot, write } from '../hands.mjs'

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
  await page.context().setOffline(false)
  await t.sees(page, '又连上了')
  await page.context().setOffline(true)
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
  t.equal((await again.locator('[data-net]').textContent()).trim(), '已连接', 'and nothing lies on the device alone')
}

export async function cardOutlivesTheBrowser(t) {
  t.bears(/ERR_INTERNET_DISCONNECTED|Failed to fetch|net::ERR/)
  const device = await t.device('worker-rep', { width: 390 })
  let page = device.page
  await begin(t, page, '宿舍生活区')
  const id = idOf(page)
  const item = (await keyItems(page))[0]
  await page.context().setOffline(true)
  await page.locator(`#i-${item} label.is-fail`).click()
  await page.locator(`#note-${item}`).fill('二楼走廊的应急灯不亮')
  await shoot(page, page.locator(`#p-${item}`))
  await page.locator('form[data-kept]').waitFor()
  page = await device.restart()
  await page.goto(`/safety/patrols/${id}/edit`)
  await t.sees(page, '已从本机恢复')
  t.equal(await page.locator(`#note-${item}`).inputValue(), '二楼走廊的应急灯不亮', 'the words outlive the browser')
  t.ok(await page.locator(`#i-${item} input[value=fail]`).isChecked(), 'and the verdict')
  t.equal(await page.locator(`#i-${item} [data-photo-new] img`).count(), 1, 'and the photo')
  await goThrough(page, [item])
  await page.getByRole('button', { name: '去签名' }).click()
  await page.waitForURL('**/sign')
  await write(page)
  await page.locator('form[data-kept]').waitFor()
  page = await device.restart()
  await page.goto(`/safety/patrols/${id}/sign`)
  await page.locator('.sign-pad.has-ink').waitFor()
  t.ok(true, 'the first signature outlives the browser')
  await page.locator('.bottom-bar button').click()
  await t.sees(page, '请把手机交给李国强本人')
  await page.goto(`/safety/patrols/${id}/edit`)
  await drop(t, page)
}

export async function aMandateThatHasEnded(t) {
  const page = await t.as('worker-rep', { width: 390 })
  await begin(t, page, '机加工车间', '金立新')
  const id = idOf(page)
  const chair = await t.as('chair')
  await chair.goto('/people?q=' + encodeURIComponent('金立新'))
  await chair.locator('[data-row] a', { hasText: '金立新' }).first().click()
  await chair.waitForURL(/\/people\/0/)
  const person = new URL(chair.url()).pathname
  const mandate = chair.locator('li', { hasText: '会员代表' }).locator('form[action$="/end"]').first()
  await mandate.evaluate((f) => { f.closest('details').open = true })
  await mandate.locator('[name=on]').fill('昨天')
  await mandate.locator('[name=why]').fill('调到外地项目')
  t.ok([200, 204, 303].includes(await sent(chair, () => mandate.locator('button').last().click())), 'the chair ends the mandate')
  await goThrough(page)
  await page.getByRole('button', { name: '去签名' }).click()
  await page.waitForURL('**/sign')
  await t.sees(page, page.locator('section', { has: page.getByRole('heading', { name: '金立新' }) }).getByText('那天没有有效的任期，签不了'))
  t.equal(await page.locator('canvas[data-sign]').count(), 1, 'only the one with a mandate has a field to sign in')
  t.equal(await page.getByText('没有存上').count(), 0, 'and nothing claims that something was not saved')
  const refused = await page.request.post(`/safety/patrols/${id}/sign`, { form: { person: person.split('/').pop(), content: await page.locator('input[name=content]').inputValue(),
    signature: '{"w":300,"h":140,"strokes":[[[10,10,0],[80,60,40],[160,20,90]]]}' }, headers: { 'Sec-Fetch-Site': 'same-origin' }, maxRedirects: 0 })
  t.equal(refused.status(), 422, 'whatever is sent')
  await page.goto(`/safety/patrols/${id}/edit`)
  await drop(t, page)
  await chair.goto(person)
  await t.sees(chair, '调到外地项目')
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

export async function whatIsMissingIsListed(t) {
  const page = await t.as('worker-rep', { width: 390 })
  await begin(t, page, '机加工车间')
  const [bad, ...rest] = await keyItems(page)
  await goThrough(page, [bad])
  await shoot(page, page.locator(`#p-${bad}`))
  await page.locator(`#note-${bad}`).fill('行车限位失灵')
  await page.locator('#f-escort').fill('王班长')
  t.ok(await page.getByRole('button', { name: '去签名' }).isVisible(), 'a complete card can be signed')
  await page.locator(`#i-${rest[0]} label.is-fail`).click()
  t.equal(await page.getByRole('button', { name: '去签名' }).isVisible(), false, 'a failure without a word is not complete')
  await page.getByRole('button', { name: '还有 1 项，下一项' }).click()
  t.equal(await page.evaluate(() => document.activeElement.id), `note-${rest[0]}`, 'the next item is the one that lacks its words')
  for (let n = 0; n < 2; n++) { // as somebody whose page is older than the server's mind
    const press = () => page.locator('form[data-count]').evaluate((f) => { const b = f.querySelector('button[value=sign]'); b.hidden = false; b.click() })
    t.equal(await sent(page, press), 303, 'what is there is stored, and the page is asked for anew')
    await t.sees(page, '签名前还差这几处')
    t.equal(await page.locator('[data-lacks] li').count(), 1, 'one thing is missing')
    t.equal(await page.locator(`#i-${bad} [data-photo-list] li`).count(), 1, `the photo is there once after ${n + 1} refusals`)
    t.equal(await page.getByText('用哪一份').count(), 0, 'nobody is asked about his own words')
  }
  t.equal(await page.locator('#f-escort').inputValue(), '王班长', 'what was typed is there')
  await t.axe(page)
  await page.locator('[data-lacks] a').click()
  t.ok(await page.locator(`#i-${rest[0]}`).evaluate((i) => { const r = i.getBoundingClientRect(); return r.top > 0 && r.top < innerHeight }), 'the line leads to its item')
  await page.locator(`#note-${rest[0]}`).fill('制动器磨损')
  t.equal(await page.locator('[data-lacks]').isVisible(), false, 'the line goes when it is there')
  t.equal(await page.locator(`#i-${rest[0]} [data-item-wrong]`).isVisible(), false, 'and so does the sentence at the item')
  const again = await page.reload()
  t.equal(again.status(), 200, 'the page can be reloaded: nothing is sent twice')
  await drop(t, page)
}

export async function figuresJudgeThemselves(t) {
  const page = await t.as('worker-rep', { width: 390 })
  await begin(t, page, '职工食堂')
  const id = idOf(page)
  const figure = page.locator('[data-figure][data-max="8"]').first()
  const item = page.locator('[data-item]', { has: figure })
  await figure.fill('12℃')
  await t.sees(page, '12 ℃，应 0–8 ℃：不合格')
  t.ok(await item.locator('input[value=fail]').isChecked(), 'too warm fails by itself')
  t.ok((await item.getAttribute('class')).includes('is-explained'), 'and needs no words')
  t.ok(!await item.evaluate((i) => i.hasAttribute('data-open-item')), 'it is complete')
  await figure.fill('４．５度')
  t.equal(await item.locator('[data-says]').textContent(), '4.5 ℃：合格', 'full width and with its unit')
  t.ok(await item.locator('input[value=pass]').isChecked(), 'cold enough passes by itself')
  await figure.fill('七')
  t.ok(await item.evaluate((i) => i.hasAttribute('data-open-item')), 'what cannot be read is not complete')
  await page.getByRole('button', { name: '暂存' }).last().click()
  await t.sees(page, '存好了。')
  t.equal(await figure.inputValue(), '七', 'a draft keeps what was typed')
  await t.sees(page, item.locator('[data-says]', { hasText: '“七”认不出是几' }))
  await figure.fill('11')
  await goThrough(page)
  t.ok(await item.locator('input[value=fail]').isChecked(), 'ticking it as good does not help against the figure')
  await t.axe(page)
  await page.getByRole('button', { name: '去签名' }).click()
  await page.waitForURL('**/sign')
  await t.sees(page, '11 ℃')
  await page.goto(`/safety/patrols/${id}/edit`)
  await drop(t, page)
}

export async function oneWalkForAllThatIsDue(t) {
  const page = await t.as('worker-rep', { width: 390 })
  await page.goto('/todo')
  await page.getByRole('link', { name: /危化品存储区每周巡视/ }).first().click()
  await t.sees(page, '和谁一起查？')
  await t.sees(page, '这次巡视同时算 2 轮')
  t.equal(await page.locator('#main h2').first().textContent(), '危化品库', 'a round of one place asks for no place')
  await page.locator('.picks label', { hasText: '李国强' }).click()
  await page.getByRole('button', { name: '开始巡视' }).click()
  await page.waitForURL('**/edit')
  const id = idOf(page)
  await page.goto('/safety/patrols/new')
  const row = page.locator('li', { hasText: '危化品库' })
  await t.sees(page, row.getByRole('link', { name: '继续填' }))
  t.equal(await row.locator('a[href*="/new"]').count(), 0, 'no second start where one is under way')
  await page.goto(await wall(t, '危化品库'))
  await t.sees(page, inFront(page).getByRole('link', { name: '继续填' }))
  await t.axe(page)
  await page.goto(`/safety/patrols/${id}/edit`)
  await goThrough(page)
  await page.getByRole('button', { name: '去签名' }).click()
  await sign(page)
  await t.sees(page, '签好了，还差一个人。')
  const other = await t.as('member-rep', { width: 390 })
  await other.goto('/inbox')
  await t.sees(other, '危化品库的巡视等你签名')
  await page.goto(`/safety/patrols/${id}/sign`)
  await sign(page) // for him, on the same phone
  await t.sees(page, '两人都签了，这次巡视算数。')
  await t.sees(page, '这次巡视同时算 2 轮')
  await t.sees(page, page.getByRole('heading', { name: /今天还有 \d+ 处到期|今天到期的都查完了/ }))
  await t.axe(page)
  const rounds = await page.locator('#rounds a').evaluateAll((all) => all.map((a) => a.getAttribute('href')))
  t.equal(rounds.length, 2, 'both rounds stand on the record')
  for (const r of rounds) {
    await page.goto(`${r}?state=done`)
    await t.sees(page, '同一次巡视还算了另外 1 轮')
  }
  await other.goto('/inbox')
  t.equal(await other.getByText('危化品库的巡视等你签名').count(), 0, 'what he is not waited for any more is read')
  await other.goto('/inbox?tab=all')
  await t.sees(other, '危化品库的巡视等你签名')
  await other.goto(`/safety/patrols/${id}`)
  await other.getByRole('button', { name: '不是我签的' }).click()
  await other.locator('dialog .btn-primary').click()
  await t.sees(other, '要本人用自己的手机重新签')
  for (const r of rounds) {
    await page.goto(`${r}?state=done`)
    t.equal(await page.locator(`#targets a[href$="${id}"]`).count(), 0, 'a denial opens each of them')
  }
  await other.goto(`/safety/patrols/${id}/sign`)
  await sign(other)
  await t.sees(other, '两人都签了，这次巡视算数。')
}

export async function signedLengthwise(t) {
  const page = await t.as('worker-rep', { width: 390 })
  await begin(t, page, '机加工车间')
  const id = idOf(page)
  await goThrough(page)
  await page.getByRole('button', { name: '去签名' }).click()
  await page.waitForURL('**/sign')
  await page.getByRole('button', { name: '横过来写' }).click()
  await t.sees(page, '把手机横过来，顺着长边写')
  const box = await page.locator('canvas[data-sign]').boundingBox()
  t.ok(box.height > 1.8 * box.width, `the long side is the phone's: ${box.width} × ${box.height}`)
  const at = (x, y) => [box.x + box.width * (1 - y), box.y + box.height * x] // of the sheet as it lies
  await page.mouse.move(...at(.15, .3))
  await page.mouse.down()
  for (const [x, y] of [[.35, .7], [.5, .35], [.85, .6]]) await page.mouse.move(...at(x, y), { steps: 5 })
  await page.mouse.up()
  await page.locator('.sign-pad.has-ink').waitFor()
  const ink = JSON.parse(await page.locator('[data-sign-value]').inputValue())
  const first = ink.strokes[0][0]
  const last = ink.strokes[0].at(-1)
  t.ok(ink.w > ink.h && last[0] > first[0] + ink.w / 2 && Math.abs(last[1] - first[1]) < ink.h / 2, `it reads from left to right: ${JSON.stringify([ink.w, ink.h, first, last])}`)
  await page.getByRole('button', { name: '写好了' }).click()
  await page.locator('.bottom-bar button').click()
  await t.sees(page, '签好了，还差一个人。')
  const drawn = await page.locator('.signed svg path').first().evaluate((d) => { const b = d.getBBox(); return [b.width, b.height] })
  t.ok(drawn[0] > 2 * drawn[1], `the drawn name lies as names do: ${drawn}`)
  await page.goto(`/safety/patrols/${id}/edit`)
  await drop(t, page)
}

export async function paperIsASheetOnThePhone(t) {
  const page = await t.as('worker-rep', { width: 390 })
  await page.goto(`/safety/patrols/${meta.first}/paper`)
  const box = await page.locator('main.paper').boundingBox()
  t.ok(Math.abs(box.width - 390) < 3, `the sheet is as wide as the phone: ${box.width}`)
  t.ok(box.height / box.width > 1.35, `and has the shape of A4: ${box.width} × ${box.height}`)
  t.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390, 'nothing sticks out')
  t.ok(await page.locator('main.paper .paper-photos img').count() > 0, 'the photos are on it')
  await page.evaluate(() => { window.print = () => { document.body.dataset.printed = '' } })
  await page.getByRole('button', { name: '打印' }).click()
  t.equal(await page.locator('body[data-printed]').count(), 1, 'the button prints')
  await t.axe(page)
}

export async function badPhotosAreRefused(t) {
  const page = await t.as('worker-rep', { width: 390 })
  await begin(t, page, '机加工车间')
  const id = idOf(page)
  const item = (await keyItems(page))[0]
  const text = await page.request.post(`/safety/patrols/${id}`, {
    multipart: { act: 'keep', version: await page.locator('input[name=version]').inputValue(), card: await page.locator('input[name=card]').inputValue(),
      card_version: await page.locator('input[name=card_version]').inputValue(), place: await page.locator('input[name=place]').inputValue(), on: '2024-12-20',
      [`v-${item}`]: 'fail', [`p-${item}`]: notPicture },
    headers: { 'Sec-Fetch-Site': 'same-origin' }, maxRedirects: 0 })
  t.equal(text.status(), 422, 'a text file as a photo is refused')
  t.ok((await text.text()).includes('照片'), 'in words')
  await page.goto(`/safety/patrols/${id}/edit`)
  t.ok(await page.locator(`#i-${item} input[value=fail]`).isChecked(), 'and all else is stored')
  const large = await page.request.post(`/safety/patrols/${id}`, {
    multipart: { act: 'keep', version: await page.locator('input[name=version]').inputValue(), card: await page.locator('input[name=card]').inputValue(),
      card_version: await page.locator('input[name=card_version]').inputValue(), place: await page.locator('input[name=place]').inputValue(), on: '2024-12-20',
      [`v-${item}`]: 'fail', [`p-${item}`]: { name: '全景.jpg', mimeType: 'image/jpeg', buffer: await claiming(page, 8200, 5000) } },
    headers: { 'Sec-Fetch-Site': 'same-origin' }, maxRedirects: 0 })
  t.equal(large.status(), 422, 'a picture of 41 megapixels is refused')
  t.ok((await large.text()).includes('4100 万'), 'with the reason in words')
  await page.goto(`/safety/patrols/${id}/edit`)
  await drop(t, page)
}

/** claiming is a small JPEG whose head says that it is larger. */
async function claiming(page, width, height) {
  const b = (await picture(page, '大')).buffer
  for (let i = 2; i < b.length - 8;) {
    const marker = b[i + 1]
    if (marker >= 0xc0 && marker <= 0xc2) {
      b.writeUInt16BE(height, i + 5)
      b.writeUInt16BE(width, i + 7)
      return b
    }
    i += 2 + b.readUInt16BE(i + 2)
  }
  throw new Error('no frame in the picture')
}
