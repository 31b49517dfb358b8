// Every kind of page once under axe, in both themes, by whom it is mainly for.

/** the first address on a page that begins with something */
const first = async (page, path, prefix) => {
  await page.goto(path)
  return page.locator(`#main a[href^="${prefix}"]`).first().getAttribute('href')
}

async function look(t, page, paths) {
  for (const path of paths) {
    const r = await page.goto(path)
    if (t.ok(r.ok(), `${path} answers ${r.status()}`)) await t.axe(page)
  }
}

export async function ofTheOffice(t) {
  const page = await t.as('chair')
  const person = await first(page, '/people', '/people/0')
  await look(t, page, ['/measure/safety', '/inbox', '/search?q=陈', '/me', '/people', person, '/places', '/places/qr', '/units', '/rights', '/people/import', '/notes/new'])
}

export async function ofThePhone(t) {
  const page = await t.as('worker-rep', { width: 390 })
  await look(t, page, ['/', '/year', '/inbox', '/safety/patrols', '/safety/hazards/new', '/safety/notices', '/me'])
  const large = await t.as('member', { width: 390, large: true, theme: 'xiaojia-night' })
  await look(t, large, ['/', '/say', '/safety/hazards'])
}

export async function ofStrangers(t) {
  const page = await t.visitor({ width: 390 })
  await look(t, page, ['/door', '/enter', '/receipt'])
  const gone = await page.goto('/join/no-such-link')
  t.ok(gone.status() >= 400 || gone.ok(), 'a link that is none answers')
  await t.axe(page)
  await page.goto('/p/NOSUCH')
  await t.axe(page)
}

export async function ofTheCompany(t) {
  const page = await t.as('company-chair')
  await look(t, page, ['/', '/year', '/safety/hazards/board'])
  const auditor = await t.as('auditor')
  await look(t, auditor, ['/', '/safety/hazards'])
  const admin = await t.as('admin')
  await look(t, admin, ['/', '/me'])
}
