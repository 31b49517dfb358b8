// The door: passkeys, the calendar of one's own, signing out, mail.
import { createServer } from 'node:net'

const password = '院里海棠花开了三次'

/** founded is an empty installation at an address that browsers trust, with its first chair inside. */
async function founded(t, look, ...args) {
  const s = await t.serve(...args)
  const base = s.base.replace('127.0.0.1', 'localhost')
  const page = await t.visitor({ ...look, base })
  await page.goto(s.said().match(/\/setup\/\S+/)[0])
  const fill = (name, value) => page.locator(`[name="${name}"]`).fill(value)
  for (const [name, value] of [['company', '机械公司工会'], ['branch', '科一分工会'], ['name', '周宁'], ['no', 'K100'], ['phone', '13800000100'], ['until', `${new Date().getFullYear() + 3}-12-31`], ['password', password]]) await fill(name, value)
  await page.getByRole('button', { name: '安好，进门' }).click()
  await page.waitForURL((u) => u.pathname === '/')
  return { page, base }
}

/** authenticator gives a page's browser a device that keeps keys and knows its holder. */
async function authenticator(page) {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true,
    hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } })
  return async () => (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials
}

export async function passkeyRoundTrip(t) {
  for (const width of [390, 1440]) {
    const { page } = await founded(t, { width })
    const keys = await authenticator(page)
    await page.goto('/me')
    await page.getByRole('link', { name: '通行密钥' }).click()
    await t.sees(page, '还没有通行密钥。')
    await page.getByRole('button', { name: '加上这台设备' }).click()
    await t.sees(page, '加好了。下次进门可以用它。')
    t.equal(await page.locator('[data-key]').count(), 1, 'the key is listed')
    const [kept] = await keys()
    t.ok(kept.isResidentCredential && kept.rpId === 'localhost', 'the device can find its key by itself')
    await t.axe(page)
    await page.getByRole('button', { name: '加上这台设备' }).click()
    await t.sees(page, '这台设备已经有通行密钥了。')
    await page.goto('/inbox')
    await t.sees(page, '你的账号加了一把通行密钥')
    await page.request.post('/leave')
    await page.goto('/enter?to=/me/passkeys')
    await t.sees(page, page.getByRole('button', { name: '用通行密钥进' }))
    await t.axe(page)
    await page.getByRole('button', { name: '用通行密钥进' }).click()
    await page.waitForURL('**/me/passkeys')
    await t.sees(page, '最近用过')
    await page.getByRole('button', { name: '删掉' }).first().click()
    await page.locator('dialog[open]').getByRole('button', { name: '删掉' }).click()
    await t.sees(page, '这把通行密钥删掉了。')
    await page.request.post('/leave')
    await page.goto('/enter')
    await page.getByRole('button', { name: '用通行密钥进' }).click()
    await t.sees(page, '这把通行密钥没有通过')
    t.equal(new URL(page.url()).pathname, '/enter', 'a removed key lets nobody in')
    await page.locator('[name="login"]').fill('K100')
    await page.locator('[name="password"]').fill(password)
    await page.getByRole('button', { name: '进门', exact: true }).click()
    await page.waitForURL((u) => u.pathname === '/')
  }
}

// Where the browser has no passkeys, or the address cannot have them, a sentence says so and the password works.
export async function withoutPasskeys(t) {
  const s = await t.serve()
  const plain = await t.visitor({ base: s.base, width: 390 })
  await plain.goto('/enter')
  await t.sees(plain, '通行密钥要网址有名字')
  t.equal(await plain.locator('[data-passkey]').count(), 0, 'no button at an address of numbers')
  const old = await t.visitor({ base: s.base.replace('127.0.0.1', 'localhost'), width: 390 })
  await old.addInitScript(() => { delete window.PublicKeyCredential })
  await old.goto('/enter')
  await t.sees(old, '这个浏览器用不了通行密钥')
  t.ok(!(await old.locator('[data-passkey]').isVisible()), 'no button in a browser that has none')
  await t.axe(old)
}

export async function calendarIsFetchedAndRevoked(t) {
  for (const [login, width] of [['chair', 1440], ['group-leader', 390]]) {
    const page = await t.as(login, { width })
    await page.goto('/me/calendar')
    await t.axe(page)
    await page.getByText('法定放假的日子也放进去').click()
    await page.getByRole('button', { name: '要一个日历地址' }).click()
    const address = async () => new URL((await page.locator('[data-calendar]').textContent()).trim()).pathname
    const first = await address()
    await t.axe(page)
    const phone = await t.visitor()
    const r = await phone.request.get(first)
    const text = await r.text()
    t.equal(r.headers()['content-type'], 'text/calendar; charset=utf-8', 'it is a calendar')
    t.ok(text.startsWith('BEGIN:VCALENDAR\r\n') && text.includes('BEGIN:VEVENT') && text.includes('DTSTART;VALUE=DATE:'), 'it holds days')
    t.ok(text.split('\r\n').every((l) => new TextEncoder().encode(l).length <= 75), 'its lines are short enough')
    await page.goto('/me/calendar')
    t.equal(await page.locator('[data-calendar]').count(), 0, 'the address is shown once')
    await t.sees(page, '手机最近来取过')
    await page.getByRole('button', { name: '换一个地址' }).click()
    await page.locator('dialog[open]').getByRole('button', { name: '换一个' }).click()
    await t.sees(page, '你的日历地址')
    const second = await address()
    t.equal((await phone.request.get(first)).status(), 404, 'the old address is dead at once')
    t.equal((await phone.request.get(second)).status(), 200, 'the new one lives')
    await page.getByRole('button', { name: '停掉', exact: true }).click()
    await page.locator('dialog[open]').getByRole('button', { name: '停掉' }).click()
    await t.sees(page, '日历地址停用了')
    t.equal((await phone.request.get(second)).status(), 404, 'an ended address is dead')
  }
}

export async function otherDevicesAreSignedOut(t) {
  const here = await t.as('auditor')
  const there = await t.as('auditor', { width: 390 })
  await there.goto('/inbox')
  await t.sees(there, '你的账号在一台没见过的设备上登录了')
  await here.goto('/me')
  await here.getByRole('button', { name: '其他设备全部退出' }).click()
  await here.locator('dialog[open]').getByRole('button', { name: '全部退出' }).click()
  await t.sees(here, '其他设备都退出了')
  t.equal(await here.getByRole('button', { name: '退出这台' }).count(), 0, 'no other device is left')
  await there.goto('/inbox')
  t.equal(new URL(there.url()).pathname, '/enter', 'the other device is out')
  await t.axe(here)
}

/** mailbox is a mail server that keeps what it is given; its letters are texts. */
async function mailbox() {
  const letters = []
  const server = createServer((socket) => {
    let text = ''
    let inside = false
    const answer = (line) => socket.write(`${line}\r\n`)
    const hear = (line) => {
      if (inside && line !== '.') { text += `${line}\r\n`; return }
      if (inside) { letters.push(text); text = ''; inside = false; return answer('250 ok') }
      const word = line.slice(0, 4).toUpperCase()
      if (word === 'EHLO') return socket.write('250-mail.test\r\n250 8BITMIME\r\n')
      if (word === 'DATA') { inside = true; return answer('354 go on') }
      if (word === 'QUIT') { answer('221 bye'); return socket.end() }
      answer('250 ok')
    }
    let rest = ''
    socket.setEncoding('utf8')
    socket.on('data', (chunk) => {
      const lines = (rest + chunk).split('\r\n')
      rest = lines.pop()
      lines.forEach(hear)
    })
    socket.on('error', () => {})
    answer('220 mail.test')
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  return { letters, port: server.address().port, close: () => server.close() }
}

/** plain undoes quoted-printable as far as links need it. */
const plain = (letter) => letter.replace(/=\r\n/g, '').replace(/=3D/g, '=')

export async function mailIsConfirmedAndStopped(t) {
  const box = await mailbox()
  try {
    for (const width of [390, 1440]) {
      const { page, base } = await founded(t, { width }, '--smtp', `smtp://127.0.0.1:${box.port}?tls=off`, '--smtp-from', 'xiaojia@home.example')
      await page.goto('/me')
      await page.getByRole('link', { name: '邮件提醒' }).click()
      await t.axe(page)
      await page.locator('[name="address"]').fill('zhou@home')
      for (const kind of ['due', 'late', 'result']) await page.locator(`[name="kinds"][value="${kind}"]`).uncheck()
      await page.getByRole('button', { name: '保存' }).click()
      await t.sees(page, '请至少勾一样要收的。')
      await t.axe(page)
      await page.locator('[name="address"]').fill(`zhou${width}@home.example`)
      await page.getByLabel('待办到期').check()
      await page.getByLabel('全部通知摘要').check()
      await page.locator('[name="hour"]').selectOption('9')
      await page.getByRole('button', { name: '保存' }).click()
      await t.sees(page, `确认信寄到 zhou${width}@home.example`)
      await t.axe(page)
      const mine = () => box.letters.find((l) => l.includes(`<zhou${width}@home.example>`))
      for (let i = 0; !mine() && i < 80; i++) await page.waitForTimeout(500) // the job comes round every 10 seconds
      const letter = plain(mine() || '')
      t.ok(!letter.includes('周宁'), 'the mail names nobody')
      const link = letter.match(/\/mail\/confirm\/[\w-]+/)[0]
      const visitor = await t.visitor({ base, width })
      await visitor.goto(link)
      await t.axe(visitor)
      await visitor.getByRole('button', { name: '是我填的，往这里寄' }).click()
      await t.sees(visitor, '邮箱确认好了')
      t.equal((await visitor.request.get(link)).status(), 410, 'the link counts once')
      await page.goto('/me/mail')
      await t.sees(page, '确认过了')
      t.ok(await page.locator('[name="hour"]').inputValue() === '9', 'the hour is kept')
      await t.axe(page)
      await page.getByRole('button', { name: '不要邮件了' }).click()
      await page.locator('dialog[open]').getByRole('button', { name: '停掉' }).click()
      await t.sees(page, '不会再寄邮件给你')
      t.equal(await page.locator('[name="address"]').inputValue(), '', 'the address is gone')
    }
  } finally { box.close() }
}
