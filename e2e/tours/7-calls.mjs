// A key for one's own programs: made, used, ended.

export async function keyForAProgram(t) {
  const page = await t.as('chair')
  await page.goto('/me')
  await page.getByRole('link', { name: '接口钥匙' }).click()
  await t.sees(page, '还没有钥匙')
  await t.axe(page)
  await page.getByRole('button', { name: '做一把', exact: true }).click()
  await t.sees(page, '写上给哪个程序用')
  await t.sees(page, '请选这把钥匙能做什么')
  await page.locator('#f-name').fill('车间大屏')
  await page.getByLabel('读隐患').check()
  await page.getByRole('button', { name: '做一把', exact: true }).click()
  await t.sees(page, '新钥匙，只显示这一次')
  await t.axe(page)
  const key = (await page.locator('pre').first().innerText()).trim()
  const ask = (path, headers = { Authorization: `Bearer ${key}` }) => page.request.fetch(`/api/v1${path}`, { headers })
  const list = await ask('/hazards?limit=3')
  t.equal(list.status(), 200, 'the key opens the list')
  const { items, next } = await list.json()
  t.equal(items.length, 3, 'a page of three')
  t.ok(next, 'and there are more')
  t.equal((await ask('/people')).status(), 403, 'it opens nothing else')
  t.equal((await ask('/hazards', { Authorization: 'Bearer xj_wrong' })).status(), 401, 'a wrong key')
  t.equal((await ask('/hazards', {})).status(), 401, 'a session is no key')
  await page.goto('/me/tokens')
  t.equal(await page.getByText(key).count(), 0, 'and it is not shown again')
  await t.sees(page, '最近用过')
  await page.getByRole('button', { name: '停用这把' }).click()
  await page.locator('dialog .btn-primary').click()
  await t.sees(page, '停用了')
  t.equal((await ask('/hazards')).status(), 401, 'ended is ended')
}

export async function reference(t) {
  for (const look of [{}, { width: 390, lang: 'en' }]) {
    const page = await t.as('chair', look)
    await page.goto('/api/v1/docs')
    await page.locator('summary', { hasText: '/hazards' }).first().click()
    await t.sees(page, page.locator('table td', { hasText: 'cursor' }))
    await t.axe(page)
    const doc = await (await page.request.get('/api/v1/openapi.json')).json()
    t.ok(doc.openapi.startsWith('3.1'), `OpenAPI ${doc.openapi}`)
    t.equal(Object.keys(doc.paths).length, await page.locator('details.panel').count() - 1, 'each address of the description is explained; one has two methods')
  }
}
