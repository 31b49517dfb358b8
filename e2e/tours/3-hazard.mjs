// The third slice: a hazard from the photo to 销号, seen by whom it concerns, counted as it is listed.
import { comes, notPicture, picture, placeCodes, sent, shoot } from '../hands.mjs'
import { act, done, five, formOf, report, title } from '../hazard.mjs'

const made = {} // what the earlier tours of this file reported: key → address of the hazard

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
  t.equal(await sent(page, () => page.getByRole('button', { name: '报上去' }).click()), 422, 'nothing to see and nothing said is no report')
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
  const wrong = await sent(page, () => page.getByRole('button', { name: '看进展' }).click())
  t.ok([404, 422].includes(wrong), 'a wrong receipt opens nothing')
  await t.sees(page, page.locator('.field-wrong:not(:empty)'))
  await page.locator('#f-receipt').fill(receipt.toLowerCase())
  await page.getByRole('button', { name: '看进展' }).click()
  await t.sees(page, '是哪一扇门？')
  await t.axe(page)
  t.ok(!page.url().includes(receipt), 'the code stands in no address')
  await page.locator('#f-text').fill('食堂后门，靠冷库。')
  await page.getByRole('button', { name: '发出去' }).click()
  await t.sees(page, '食堂后门，靠冷库。')
  await t.sees(page, page.locator('.flash.good', { hasText: '发出去了' }))
  await page.locator('#f-text').fill('食堂后门，靠冷库。')
  await page.getByRole('button', { name: '发出去' }).click()
  await page.waitForLoadState()
  await hse.reload()
  t.equal(await hse.locator('#talk li', { hasText: '食堂后门，靠冷库。' }).count(), 1, 'what is sent twice is said once')
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
  const put = await picture(canteen, '全部换新')
  await done(t, canteen, 'answer', { words: '全部盖好，换了新盒。' }, put)
  t.equal(await formOf(canteen, 'verify').count(), 0, 'who rectified cannot verify')
  await chair.goto(href)
  t.equal(await act(chair, 'verify', { words: '到现场看过，合格。' }), 422, 'the check needs a photo')
  t.equal(await act(chair, 'verify', { words: '到现场看过，合格。' }, put), 422, 'of its own, not the one that was handed in')
  await t.sees(chair, '有张照片这条隐患里已经有了')
  await formOf(chair, 'verify').locator('[data-photo-new] button').click()
  await done(t, chair, 'verify', { words: '到现场看过，合格。' }, '复查')
  t.equal(await act(chair, 'announce', { on: '2025-01-01' }), 422, 'not announced tomorrow, nor nowhere')
  await done(t, chair, 'announce', { how: '班前会和公示栏', on: '2024-12-20' })
  await done(t, chair, 'close')
  await t.sees(chair, '已销号')
  const trail = await chair.locator('section', { has: chair.getByRole('heading', { name: '经过' }) }).innerText()
  for (const words of ['上报', '定级：一般 C', '五定交办', '第一次', '第二次', '通报', '销号']) t.ok(trail.includes(words), `the history has ${words}: ${trail.replace(/\s+/g, ' ')}`)
  t.equal(await chair.locator('ol.flow:visible li.is-done').count(), 8, 'all eight stations are passed')
  await t.axe(chair)
  await comes(t, member, '/inbox', '已经销号：' + title('留样盒没盖'))
  await member.goto('/safety/notices')
  await t.sees(member, title('留样盒没盖'))
  await t.axe(member)
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

/** agree reads a list and its figure, a few times where another tour has just changed them. */
async function agree(t, read, what) {
  let [list, figure] = await read()
  for (let again = 0; again < 4 && list.n !== figure; again++) [list, figure] = await read()
  t.equal(list.n, figure, what)
  return list
}

export async function everybodySeesHisOwn(t) {
  const canteen = await t.as('canteen')
  const all = await agree(t, async () => {
    await canteen.goto('/safety/hazards/board')
    const figures = await canteen.locator('tbody td[data-standing] a.fact').allInnerTexts()
    return [await rows(canteen, '/safety/hazards?tab=all'), figures.reduce((a, b) => a + Number(b), 0)]
  }, 'the contractor lists as many as its board counts')
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
  for (const [href] of cells) {
    await agree(t, async () => {
      await page.goto('/safety/hazards/board')
      return [await rows(page, href), Number(await page.locator(`tbody a.fact[href="${href}"]`).innerText())]
    }, `${href} lists what the board counts`)
  }
  await page.goto('/safety/hazards')
  await t.axe(page)
  const xlsx = await page.request.get(await page.getByRole('link', { name: '导出 Excel' }).getAttribute('href'))
  t.equal(xlsx.status(), 200, 'the export answers')
  t.equal((await xlsx.body()).subarray(0, 2).toString(), 'PK', 'with a workbook')
  await page.locator('[data-row] a').first().click()
  await page.waitForURL('**/safety/hazards/0*')
  await t.axe(page)
}
