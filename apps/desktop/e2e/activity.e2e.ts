import { DmarcReportClient } from '@dmarc-as-code/client'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasSession, type LaunchedApp, launch } from './harness/app.ts'
import { addDomain, connect, enterTsigKey, undoWithReason } from './harness/steps.ts'
import { patienceForLooks } from './harness/wait-until.ts'

const name = '_dmarc.example.test'
const oldRecord = 'v=DMARC1; p=none; rua=mailto:old@example.test'

describe.skipIf(!hasSession)('undo', () => {
  let sandbox: Sandbox
  let app: LaunchedApp
  let client: DmarcReportClient
  beforeAll(async () => {
    sandbox = await createSandbox()
    client = new DmarcReportClient({ baseUrl: sandbox.apiUrl, token: sandbox.token })
    sandbox.zone('example.test').setRrsets(name, [{ type: 'TXT', ttl: 3600, data: [oldRecord] }])
    app = await launch()
    await connect(await app.window(), sandbox)
  })
  afterAll(async () => {
    await app.dispose()
    await sandbox.close()
  })

  const lines = () =>
    sandbox
      .zone('example.test')
      .dump()
      .split('\n')
      .filter((line) => line.startsWith(`${name}.`))

  it('is still there after the job was closed and the app restarted', async () => {
    const page = await app.window()
    await addDomain(page, 'example.test')
    await page.getByRole('button', { name: 'Fix 1 record\u2026' }).click()
    await enterTsigKey(page, sandbox)
    await page.getByRole('button', { name: 'Apply 1 record' }).click()
    await page.getByText('All records are verified.').waitFor({ timeout: patienceForLooks })
    await page.getByRole('button', { name: 'Close' }).click()
    expect(lines().join()).toContain('CNAME')

    await app.close()
    app = await launch({ userData: app.userData })
    const again = await app.window()
    await again.getByRole('button', { name: 'Activity' }).click()
    const entry = again.getByRole('article', { name: 'CNAMEs applied: example.test' })
    await undoWithReason(entry)
    await entry.getByText('Undone').waitFor()
    expect(lines()).toEqual([expect.stringContaining(oldRecord)])
    expect(await entry.getByRole('button', { name: 'Undo' }).count()).toBe(0)
  })

  it('that would weaken the protection says so, and goes on with a reason only', async () => {
    const plain = 'v=DMARC1; p=none'
    const weak = sandbox.zone('shop.test')
    weak.setRrsets('_dmarc.shop.test', [{ type: 'TXT', ttl: 3600, data: [plain] }])
    const at = () =>
      weak
        .dump()
        .split('\n')
        .filter((line) => line.startsWith('_dmarc.shop.test.'))
        .join()
    const page = await app.window()
    await page.getByRole('button', { name: 'Back' }).click()
    await addDomain(page, 'shop.test')
    const shop = (await client.domains.list().all()).find(({ address }) => address === 'shop.test')
    const hosted = String(shop?.default_dmarc_record).replace(/p=\w+/, 'p=reject')
    await client.domains.update(sandbox.accountId, Number(shop?.id), { hosted_dmarc_config: hosted })
    await page.getByRole('button', { name: 'Back' }).click()
    await page.getByRole('button', { name: 'Check now' }).click()
    await page.getByRole('option', { name: /^shop.test/ }).click()
    await page.getByRole('tab', { name: 'Policy' }).click()
    await page.getByText(hosted, { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Fix 1 record\u2026' }).click()
    await page.getByRole('button', { name: 'Apply 1 record' }).click()
    await page.getByText('All records are verified.').waitFor({ timeout: patienceForLooks })
    expect(at()).toContain('CNAME')

    // The hosted record rejects, what stood there before does not.
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('heading', { name: 'The protection would become weaker' }).waitFor()
    expect(at()).toContain('CNAME')
    await page.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('button', { name: 'Activity' }).click()
    const entry = page.getByRole('article', { name: 'CNAMEs applied: shop.test' })
    await entry.getByRole('button', { name: 'Undo' }).click()
    await entry.getByText(/Weakens protection at shop\.test\..*The policy for the domain goes from/).waitFor()
    const again = entry.getByRole('button', { name: 'Undo all the same' })
    expect(await again.isDisabled()).toBe(true)
    expect(at()).toContain('CNAME')
    await entry.getByRole('textbox', { name: 'Reason' }).fill('A sender was forgotten')
    await again.click()
    await entry.getByText('Undone').waitFor()
    await entry.getByText('Reason for weakening: A sender was forgotten').waitFor()
    expect(at()).toContain(plain)
  })
})
