// What hands do on a phone: draw a name, choose a picture, go through a card. Tours share it.

/** write draws a signature into the pad of a page, as a finger would. */
export async function write(page, pad = page.locator('canvas[data-sign]')) {
  await pad.first().scrollIntoViewIfNeeded()
  const box = await pad.first().boundingBox()
  const at = (x, y) => [box.x + box.width * x, box.y + box.height * y]
  await page.mouse.move(...at(.2, .3))
  await page.mouse.down()
  for (const [x, y] of [[.3, .7], [.42, .35], [.5, .65], [.62, .4], [.74, .6]]) await page.mouse.move(...at(x, y), { steps: 4 })
  await page.mouse.up()
  await page.locator('.sign-pad.has-ink').first().waitFor()
}

let taken = 0

/** picture is a photo as a camera gives it, drawn by the browser; no two are the same. */
export async function picture(page, words = '现场') {
  const data = await page.evaluate((text) => {
    const c = document.createElement('canvas')
    Object.assign(c, { width: 800, height: 600 })
    const g = c.getContext('2d')
    g.fillStyle = '#567'
    g.fillRect(0, 0, 800, 600)
    g.fillStyle = '#fff'
    g.font = '64px sans-serif'
    g.fillText(text, 60, 320)
    return c.toDataURL('image/jpeg', .8).split(',')[1]
  }, `${words} ${++taken}`)
  return { name: `${words}.jpg`, mimeType: 'image/jpeg', buffer: Buffer.from(data, 'base64') }
}

/** shoot puts a photo into a field and waits until it shows. */
export async function shoot(page, input = page.locator('input[data-photos]').first(), words = '现场') {
  await input.setInputFiles(await picture(page, words))
  await page.locator('.photo-field', { has: page.locator(`#${await input.getAttribute('id')}`) }).locator('[data-photo-new] img').first().waitFor()
}

/** notPicture is a file that only claims to be a photo. */
export const notPicture = { name: '照片.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('这不是照片，是一段文字。') }

/** goThrough answers every item of a patrol's card: all good, but for the failing ones. */
export async function goThrough(page, fails = []) {
  await page.locator('form[data-count]').evaluate((form, wrong) => {
    const say = (e) => ['input', 'change'].forEach((k) => e.dispatchEvent(new Event(k, { bubbles: true })))
    for (const item of form.querySelectorAll('[data-item]')) {
      const code = item.id.slice(2)
      for (const f of item.querySelectorAll('[data-answer]')) {
        if (f.value) continue
        const limit = (f.closest('label')?.textContent || '').match(/([≥≤])\s*(-?[\d.]+)/)
        const between = (f.closest('label')?.textContent || '').match(/(-?[\d.]+)\s*[–—~～-]\s*(-?[\d.]+)/)
        if (f.type === 'date' || f.dataset.months !== undefined) f.value = '2024-12-10'
        else if (limit) f.value = limit[2]
        else if (between) f.value = between[1]
        else f.value = '22'
        say(f)
      }
      const verdict = item.querySelector(`input[value="${wrong.includes(code) ? 'fail' : 'pass'}"]`)
      verdict.checked = true
      say(verdict)
    }
  }, fails)
}

/** keyItems gives the codes of the key items of a card that are answered by a verdict alone. */
export const keyItems = (page) => page.locator('[data-item]').evaluateAll((all) => all.filter((i) => i.querySelector('.chip.late') && !i.querySelector('[data-answer]')).map((i) => i.id.slice(2)))

/** placeCodes reads the sheets for the walls: name of a place → its address. */
export async function placeCodes(page) {
  const html = await (await page.request.get('/places/qr')).text()
  return Object.fromEntries([...html.matchAll(/<article[\s\S]*?<h2[^>]*>([^<]*)<\/h2>[\s\S]*?\/p\/([A-Z0-9]+)/g)].map((m) => [m[1], `/p/${m[2]}`]))
}

/** comes opens a page again and again until the words stand on it, because notices are carried round after the act. */
export async function comes(t, page, path, words, within = 15_000) {
  const there = page.getByText(words).first()
  for (const end = performance.now() + within; performance.now() < end;) {
    await page.goto(path)
    if (await there.isVisible()) break
  }
  return t.sees(page, there)
}

/** sent waits until what a press sends is answered and shown, and gives the status of the answer: 303 where it leads to another page. */
export async function sent(page, press) {
  const loaded = page.waitForEvent('load')
  loaded.catch(() => {}) // a refusal comes into the page without one
  const arrived = page.waitForResponse((r) => r.request().method() === 'POST')
  await press()
  const answer = await arrived
  const native = answer.request().isNavigationRequest()
  const leads = answer.status() === 303 || (await answer.allHeaders())['x-go'] !== undefined
  if (native || leads) await loaded
  else await page.waitForFunction(() => !document.querySelector('form[data-sending]'))
  return leads ? 303 : answer.status()
}
