// The administrator keeps what people entered from being lost: a backup that proves itself, a check of everything, a job by hand. Nobody
// else has an entry.
import { sent } from '../hands.mjs'

const start = (page, within, name) => sent(page, () => page.locator(`${within} form button`).filter({ hasText: name }).first().click())

export async function aBackupIsTakenAndProved(t) {
  const page = await t.as('admin')
  await page.goto('/')
  await page.locator('aside a[href="/admin"], nav a[href="/admin"]').first().click()
  await page.waitForURL('**/admin')
  await t.sees(page, page.locator('[data-stale]'))
  await t.axe(page)
  t.equal(await start(page, '#backup', '现在备份'), 303, 'asked for')
  await page.locator('[data-proved]').waitFor({ timeout: 60000 })
  t.ok((await page.locator('[data-proved]').innerText()).includes('都对得上'), 'it says how it was proved')
  t.equal(await page.locator('[data-stale]').count(), 0, 'no warning any more')
  const link = page.locator('#backup a[href^="/admin/backup?name="]').first()
  const answer = await page.request.get(await link.getAttribute('href'))
  t.equal(answer.status(), 200, 'the administrator may take it away')
  t.equal(answer.headers()['content-type'], 'application/x-tar', 'a tar')
  t.equal((await page.request.get('/admin/backup?name=..%2Fkeys.json')).status(), 404, 'and nothing else')
  await t.axe(page)
}

export async function aCheckAndAJobRunByHand(t) {
  const page = await t.as('admin', { width: 390 })
  await page.goto('/admin')
  t.equal(await start(page, '#check', '现在核对'), 303, 'asked for')
  await page.locator('[data-checked]').waitFor({ timeout: 60000 })
  await page.locator('#check .chip.good').waitFor({ timeout: 60000 }).catch(() => {}) // what was found is told below
  t.equal(await page.locator('#check .chip.good').count(), 1, `what was checked is in order: ${(await page.locator('#check').innerText()).slice(0, 2000)}`)
  t.equal(await start(page, '[data-job="matters"]', '现在运行'), 303, 'a job by hand')
  await t.axe(page)
}

export async function nobodyElseHasAnEntry(t) {
  for (const login of ['member', 'chair', 'company-chair', 'auditor', 'safety-dept', 'canteen']) {
    const page = await t.as(login)
    await page.goto('/')
    t.equal(await page.locator('a[href="/admin"]').count(), 0, `${login} sees no entry`)
    for (const address of ['/admin', '/admin/backup?name=xiaojia-20241220-023000.tar']) {
      t.equal((await page.request.get(address)).status(), 403, `${login} at ${address}`)
    }
  }
}
