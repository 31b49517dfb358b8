// The third slice: a hazard from the photo to 销号, and every way on which it goes wrong.
import { comes, notPicture, picture, placeCodes, shoot } from '../hands.mjs'

const made = {} // what the earlier tours of this file reported: key → address of the hazard
const title = (words) => `${words}（走查）`

/** report sends a report of somebody who is signed in, and gives the hazard's address. */
async function report(t, page, words, { place = '职工食堂', mode } = {}) {
  await page.goto('/safety/hazards/new')
  await shoot(page)
  await page.locator('.picks label', { hasText: place }).click()
  await page.locator('#f-description').fill(words)
  if (mode) await page.locator('fieldset.seg label', { hasText: mode }).click()
  await page.getByRole('button', { name: '报上去' }).click()
  await t.sees(page, '编号')
  return page.locator('a[href^="/safety/hazards/"]:visible', { hasText: '看这一条' }).getAttribute('href')
}

const formOf = (page, act) => page.locator(`form[action$="/${act}"]`)

/** open unfolds the form of an act. */
async function open(page, act) {
  const form = formOf(page, act)
  await form.waitFor({ state: 'attached' })
  await form.evaluate((f) => { for (let d = f.closest('details'); d; d = d.parentElement.closest('details')) d.open = true })
  return form
}

/** act fills and sends the form of an act; a field of several lines, a choice and a day are told by their names. */
async function act(page, name, fields = {}, photo = '') {
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
    await form.locator('input[data-photos]').setInputFiles(await picture(page, photo))
    await form.locator('[data-photo-new] img').first().waitFor()
  }
  const answer = page.waitForResponse((r) => r.request().method() === 'POST')
  await form.locator('button:not([type=button])').last().click()
  const status = (await answer).status()
  await page.waitForLoadState()
  return status
}

async function done(t, page, name, fields, photo) {
  const status = await act(page, name, fields, photo)
  t.equal(status, 303, `${name} is done`)
  await t.sees(page, '办好了')
}

const judge = async (t, href, grade = 'C') => {
  const page = await t.as('safety-dept')
  await page.goto(href)
  await done(t, page, 'judge', { grade })
  return page
}
const five = { owner: '鑫味餐饮', rectifier: '马建平', measure: '补登记，换留样盒，每天检查。', doer: '厨师长 老李', verifier: '陈晓芸' }
const assign = async (t, href, more = {}) => {
  const page = await t.as('chair')
  await page.goto(href)
  await done(t, page, 'assign', { ...five, ...more })
  return page
}

export async function fourTapsFromHome(t) {
  const page = await t.as('member', { width: 390 })
  let taps = 0
  const tap = (what) => { taps++; return what.tap() }
  await page.goto('/')
  await tap(page.locator('nav.grid').getByRole('link', { name: '报隐患' }))
  await page.waitForURL('**/hazards/new')
  const chooser = page.waitForEvent('filechooser')
  await tap(page.locator('label.photo-button'))
  await (await chooser).setFiles(await picture(page))
  await page.locator('[data-photo-new] img').waitFor()
  await tap(page.locator('.picks label', { hasText: '职工食堂' }))
  await t.axe(page)
  await tap(page.getByRole('button', { name: '报上去' }))
  await t.sees(page, '编号')
  await t.axe(page)
  t.ok(taps <= 4, `a report takes four taps at most: ${taps}`)
  await page.getByRole('link', { name: '看这一条' }).click()
  await t.sees(page, '随手拍，见照片')
  await t.sees(page, '你报的')
  made.mine = new URL(page.url()).pathname
  await t.axe(page)
  await page.goto('/')
  await t.sees(page, page.locator(`a[href="${made.mine}"]`))
}

export async function badReportComesBack(t) {
  const page = await t.as('member', { width: 390 })
  await page.goto('/safety/hazards/new')
  await page.locator('#f-spot').fill('二号窗口')
  const empty = page.waitForResponse((r) => r.request().method() === 'POST')
  await page.getByRole('button', { name: '报上去' }).click()
  t.equal((await empty).status(), 422, 'nothing to see and nothing said is no report')
  await t.sees(page, page.locator('.field-wrong:not(:empty)'))
  t.equal(await page.locator('#f-spot').inputValue(), '二号窗口', 'what was typed comes back')
  await page.locator('#f-photos').setInputFiles(notPicture)
  await t.sees(page, '不是照片')
  const r = await page.request.post('/safety/hazards', { multipart: { mode: 'named', description: '有油', photos: notPicture }, headers: { 'Sec-Fetch-Site': 'same-origin' }, maxRedirects: 0 })
  t.equal(r.status(), 422, 'a text that claims to be a photo is refused')
  t.ok((await r.text()).includes('照片'), 'in words')
}

export async function anonymousFromTheWall(t) {
  const chair = await t.as('chair')
  const wall = (await placeCodes(chair))['职工食堂']
  const page = await t.visitor({ width: 390 })
  await page.goto(wall)
  await t.axe(page)
  await page.getByRole('link', { name: '报隐患' }).click()
  await shoot(page)
  await page.locator('#f-description').fill(title('后门锁着'))
  await t.axe(page)
  await page.getByRole('button', { name: '报上去' }).click()
  const receipt = (await page.locator('[data-receipt]').innerText()).trim()
  t.ok(receipt.replace(/\W/g, '').length >= 12, 'there is a receipt')
  await t.axe(page)

  const hse = await t.as('safety-dept')
  await hse.goto('/safety/hazards?tab=open')
  const row = hse.locator('[data-row]', { hasText: title('后门锁着') })
  await t.sees(hse, row)
  await row.locator('a').first().click()
  await t.sees(hse, '匿名')
  made.anonymous = new URL(hse.url()).pathname
  await hse.locator('#talk input[name=text]').fill('')
  await hse.locator('#talk button').click()
  await t.sees(hse, hse.locator('#talk .field-wrong:not(:empty)'))
  await hse.locator('#talk input[name=text]').fill('是哪一扇门？')
  await hse.locator('#talk button').click()
  await t.sees(hse, '问出去了。')

  await page.goto('/receipt')
  await page.locator('#f-receipt').fill('AAAA-BBBB-CCCC-DDDD')
  const wrong = page.waitForResponse((r) => r.request().method() === 'POST')
  await page.getByRole('button', { name: '看进展' }).click()
  t.ok([404, 422].includes((await wrong).status()), 'a wrong receipt opens nothing')
  await t.sees(page, page.locator('.field-wrong:not(:empty)'))
  await page.locator('#f-receipt').fill(receipt.toLowerCase())
  await page.getByRole('button', { name: '看进展' }).click()
  await t.sees(page, '是哪一扇门？')
  await t.axe(page)
  t.ok(!page.url().includes(receipt), 'the code stands in no address')
  await page.locator('#f-text').fill('食堂后门，靠冷库。')
  await page.getByRole('button', { name: '发出去' }).click()
  await t.sees(page, '食堂后门，靠冷库。')
  await hse.reload()
  await t.sees(hse, '食堂后门，靠冷库。')
}

export async function hiddenStaysHidden(t) {
  const page = await t.as('member', { width: 390 })
  made.hidden = await report(t, page, title('地上有水'), { mode: '隐名' })
  await page.goto(made.hidden)
  await t.sees(page, '你报的')
  for (const login of ['chair', 'safety-dept', 'company-chair']) {
    const other = await t.as(login)
    const html = await (await other.goto(made.hidden)).text()
    t.ok(html.includes('隐名') && !html.includes('王桂芬'), `${login} does not read who reported`)
  }
}

export async function roundTheLoop(t) {
  const member = await t.as('member', { width: 390 })
  const href = made.loop = await report(t, member, title('留样盒没盖'))

  const hse = await t.as('safety-dept')
  await hse.goto('/todo')
  await t.sees(hse, hse.locator(`a[href="${href}"]`))
  await hse.goto(href)
  t.equal(await act(hse, 'judge'), 422, 'no grade, no judgement')
  await t.sees(hse, '请选一个等级。')
  await done(t, hse, 'judge', { grade: 'C' })

  const chair = await t.as('chair')
  await chair.goto('/todo')
  await t.sees(chair, chair.locator(`a[href="${href}"]`))
  await chair.goto(href)
  t.equal(await act(chair, 'assign', { ...five, verifier: '马建平' }), 422, 'who rectifies does not verify')
  await t.sees(chair, '验收人不能是整改责任人。')
  t.equal(await formOf(chair, 'assign').locator('[name=measure]').inputValue(), five.measure, 'what was typed comes back')
  t.ok((await formOf(chair, 'assign').locator('[name=rectifier] option:checked').innerText()).includes('马建平'), 'and what was chosen')
  await t.axe(chair)
  await done(t, chair, 'assign', { verifier: '陈晓芸' })
  await t.axe(chair)

  const canteen = await t.as('canteen', { width: 390 })
  await canteen.goto('/todo')
  await t.sees(canteen, canteen.locator(`a[href="${href}"]`))
  await t.axe(canteen)
  await canteen.goto(href)
  await t.axe(canteen)
  t.equal(await act(canteen, 'answer', { words: '盖好了。' }), 422, 'no photo, no answer')
  await t.sees(canteen, '请附一张现场照片。')
  t.equal(await formOf(canteen, 'answer').locator('[name=words]').inputValue(), '盖好了。', 'what was typed comes back')

  for (const again of ['第一次', '第二次']) {
    await done(t, canteen, 'answer', { words: `盖好了，${again}。` }, `整改后${again}`)
    await chair.goto(href)
    t.equal(await act(chair, 'fail'), 422, 'a failed check needs its reason')
    await done(t, chair, 'fail', { reason: `${again}看还有两只没盖。` })
    await canteen.goto(href)
    t.equal(await formOf(canteen, 'answer').locator('[name=words]').inputValue(), '', 'what was sent is not offered again as a draft')
    t.equal(await formOf(canteen, 'answer').locator('[data-photo-new]').count(), 0, 'nor its photos')
  }
  await t.sees(chair, '退回整改 2 次')
  await done(t, canteen, 'answer', { words: '全部盖好，换了新盒。' }, '全部换新')
  t.equal(await formOf(canteen, 'verify').count(), 0, 'who rectified cannot verify')
  await chair.goto(href)
  t.equal(await act(chair, 'verify', { words: '到现场看过，合格。' }), 422, 'the check needs a photo')
  await done(t, chair, 'verify', { words: '到现场看过，合格。' }, '复查')
  t.equal(await act(chair, 'announce', { on: '2025-01-01' }), 422, 'not announced tomorrow, nor nowhere')
  await done(t, chair, 'announce', { how: '班前会和公示栏', on: '2024-12-20' })
  await done(t, chair, 'close')
  await t.sees(chair, '已销号')
  const trail = await chair.locator('section', { has: chair.getByRole('heading', { name: '经过' }) }).innerText()
  for (const words of ['上报', '定级：一般 C', '五定交办', '第一次', '第二次', '通报', '销号']) t.ok(trail.includes(words), `the history has ${words}: ${trail.replace(/\s+/g, ' ')}`)
  t.equal(await chair.locator('ol.flow li.is-done').count(), 8, 'all eight stations are passed')
  await t.axe(chair)
  await comes(t, member, '/inbox', '已经销号：' + title('留样盒没盖'))
  await member.goto('/safety/notices')
  await t.sees(member, title('留样盒没盖'))
  await t.axe(member)
}

export async function extensionAskedRefusedGranted(t) {
  const member = await t.as('member', { width: 390 })
  const href = await report(t, member, title('冰柜门关不严'))
  await judge(t, href)
  const chair = await assign(t, href)
  t.equal(await formOf(chair, 'extend').count() + await formOf(chair, 'deny-extend').count(), 0, 'nothing is granted that nobody asked for')
  const canteen = await t.as('canteen', { width: 390 })
  await canteen.goto(href)
  t.equal(await act(canteen, 'ask-extend', { until: '2024-12-21' }), 422, 'an earlier day and no reason')
  await done(t, canteen, 'ask-extend', { until: '2025-01-10', reason: '密封条 5 天后到货。' })
  await chair.goto('/todo')
  await t.sees(chair, chair.locator(`a[href="${href}"]`))
  await chair.goto(href)
  await t.sees(chair, '密封条 5 天后到货。')
  await done(t, chair, 'deny-extend', { reason: '先停用这台，今天就能消除。' })
  await canteen.goto(href)
  await t.sees(canteen, '先停用这台')
  await done(t, canteen, 'ask-extend', { until: '2025-01-10', reason: '停用了，等密封条。' })
  await chair.goto(href)
  await done(t, chair, 'extend', { until: '2025-01-10' })
  await t.sees(chair, '延期 1 次')
  await t.sees(chair, '1月10日')
}

export async function returnedAndTransferred(t) {
  const member = await t.as('member', { width: 390 })
  const href = await report(t, member, title('配电箱门没锁'))
  await judge(t, href, 'B')
  const chair = await assign(t, href)
  const canteen = await t.as('canteen', { width: 390 })
  await canteen.goto(href)
  t.equal(await act(canteen, 'return'), 422, 'a return needs its reason')
  t.equal(await act(canteen, 'return', { reason: '配电箱归设备维修科。' }), 303, 'returned')
  t.ok(await canteen.locator('h1').count() === 1 && !(await canteen.locator('#main').innerText()).includes('没有找到'), 'after the return he is not before a locked door')
  await chair.goto(href)
  await t.sees(chair, '配电箱归设备维修科。')
  await done(t, chair, 'assign', { ...five })
  await done(t, chair, 'transfer', { ...five, owner: '设备维修科', rectifier: '徐磊', measure: '换锁。', reason: '归设备维修科管。' })
  await t.sees(chair, '设备维修科')
  const gone = await canteen.request.get(href)
  t.equal(gone.status(), 404, 'what is no longer his is not there for the contractor')
}

export async function mergedRefusedWithdrawn(t) {
  const member = await t.as('member', { width: 390 })
  const first = await report(t, member, title('过道堆筐'))
  const second = await report(t, member, title('过道又堆筐'))
  const hse = await t.as('safety-dept')
  await hse.goto(second)
  await t.sees(hse, '同一地方还有没销号的')
  t.equal(await act(hse, 'merge'), 422, 'merged into what?')
  await done(t, hse, 'merge', { into: title('过道堆筐') })
  await t.sees(hse, '并入')
  await hse.goto(first)
  t.equal(await act(hse, 'refuse'), 422, 'not a hazard: why?')
  await done(t, hse, 'refuse', { reason: '卸货时临时放的，已经搬走。' })
  await member.goto(first)
  await t.sees(member, '卸货时临时放的')
  const third = await report(t, member, title('看错了'))
  await member.goto(third)
  await done(t, member, 'withdraw', { reason: '看错了，不是漏水。' })
  await t.sees(member, '撤回')
}

export async function twoAtOnce(t) {
  const member = await t.as('member', { width: 390 })
  const href = await report(t, member, title('水管漏水'))
  const one = await t.as('safety-dept')
  const two = await t.as('safety-dept')
  await one.goto(href)
  await two.goto(href)
  await done(t, one, 'judge', { grade: 'C' })
  const status = await act(two, 'judge', { grade: 'B' })
  t.ok([409, 422].includes(status), `the second is told: ${status}`)
  await t.sees(two, '待交办')
  await t.sees(two, two.locator('[role=alert]:visible'))
}

export async function advice(t) {
  const member = await t.as('member', { width: 390 })
  const href = await report(t, member, title('燃气报警器不响'))
  await judge(t, href, 'A')
  const chair = await assign(t, href)
  const letters = chair.locator('form[action$="/letters"]')
  t.equal(await act(chair, 'letters', { until: '2024-12-27' }), 422, 'which kind, and what to do?')
  await t.sees(chair, letters.locator('.field-wrong:not(:empty)'))
  t.equal(await letters.locator('[name=until]').inputValue(), '2024-12-27', 'what was typed comes back')
  t.equal(await act(chair, 'letters', { kind: 'advice', advice: '更换报警器，联动关阀。', until: '2024-12-27' }), 303, 'issued')
  await t.sees(chair, chair.locator('main.paper'))
  const paper = new URL(chair.url()).pathname
  await t.axe(chair)
  const canteen = await t.as('canteen', { width: 390 })
  await canteen.goto('/todo')
  await t.sees(canteen, canteen.locator(`a[href="${paper}"]`))
  await canteen.goto(paper)
  await t.axe(canteen)
  t.equal(await act(canteen, 'receive', { received: '马建平' }), 303, 'received')
  t.equal(await act(canteen, 'reply'), 422, 'an answer says something')
  await t.sees(canteen, canteen.locator('.field-wrong:not(:empty)'))
  t.equal(await act(canteen, 'reply', { reply: '已更换报警器，附合格证。' }), 303, 'answered')
  await t.sees(canteen, canteen.locator('main.paper', { hasText: '已更换报警器，附合格证。' }))
  await chair.goto(paper)
  await t.sees(chair, chair.locator('main.paper', { hasText: '已更换报警器，附合格证。' }))
  await canteen.goto('/todo')
  t.equal(await canteen.locator(`a[href="${paper}"]`).count(), 0, 'and nothing more to do')
}

/** rows counts the lines of a list over all its pages. */
async function rows(page, href) {
  let n = 0
  const owners = new Set()
  for (let next = href; next;) {
    const html = await (await page.request.get(next)).text()
    n += (html.match(/<tr[^>]* data-row/g) || []).length
    for (const m of html.matchAll(/data-label="责任单位">\s*(?:<span[^>]*>)?\s*([^<]*?)\s*</g)) owners.add(m[1])
    const more = html.match(/rel="next" href="([^"]+)"/)
    next = more ? new URL(more[1].replaceAll('&amp;', '&'), new URL(next, page.url())).href : ''
  }
  return { n, owners: [...owners] }
}

export async function everybodySeesHisOwn(t) {
  const canteen = await t.as('canteen')
  await canteen.goto('/safety/hazards/board')
  const figures = await canteen.locator('tbody td:not(:last-child) a.fact').allInnerTexts()
  const all = await rows(canteen, '/safety/hazards?tab=all')
  t.equal(all.n, figures.reduce((a, b) => a + Number(b), 0), 'the contractor lists as many as its board counts')
  t.equal(all.owners.join(), '鑫味餐饮', 'and nobody else\'s')
  const member = await t.as('member')
  await member.goto('/safety/hazards?tab=all')
  const hrefs = await member.locator('[data-row] a').evaluateAll((all) => all.map((a) => a.getAttribute('href')))
  t.ok(hrefs.includes(made.mine) && hrefs.includes(made.hidden), 'the member sees what he reported')
  for (const href of hrefs.slice(0, 3)) t.ok((await (await member.request.get(href)).text()).includes('你报的'), `${href} is his`)
  t.equal((await member.request.get(made.anonymous)).status(), 404, 'what another one reported is not there for him')
}

export async function figuresOpenTheirRecords(t) {
  const page = await t.as('chair')
  await page.goto('/safety/hazards/board')
  await t.axe(page)
  const cells = await page.locator('tbody a.fact').evaluateAll((all) => all.map((a) => [a.getAttribute('href'), Number(a.innerText)]))
  t.ok(cells.length > 3, 'the board is alive')
  for (const [href, n] of cells) t.equal((await rows(page, href)).n, n, `${href} lists what the board counts`)
  await page.goto('/safety/hazards')
  await t.axe(page)
  const xlsx = await page.request.get(await page.getByRole('link', { name: '导出 Excel' }).getAttribute('href'))
  t.equal(xlsx.status(), 200, 'the export answers')
  t.equal((await xlsx.body()).subarray(0, 2).toString(), 'PK', 'with a workbook')
  await page.locator('[data-row] a').first().click()
  await page.waitForURL('**/safety/hazards/0*')
  await t.axe(page)
}
