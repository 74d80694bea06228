import { DmarcReportClient } from '@dmarc-as-code/client'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasSession, type LaunchedApp, launch } from './harness/app.ts'
import { addDomain, connect, enterTsigKey, undoWithReason } from './harness/steps.ts'
import { patienceForLooks } from './harness/wait-until.ts'

describe.skipIf(!hasSession)('when things go wrong', () => {
  let sandbox: Sandbox
  let app: LaunchedApp
  beforeAll(async () => {
    sandbox = await createSandbox()
    app = await launch()
    await connect(await app.window(), sandbox)
    await (await app.window()).getByRole('heading', { name: 'No domains yet' }).waitFor()
  })
  afterAll(async () => {
    await app.dispose()
    await sandbox.close()
  })
  const zone = () => sandbox.zone('example.test')
  const dmarc = () =>
    zone()
      .dump()
      .split('\n')
      .filter((line) => line.startsWith('_dmarc.'))

  it('a conflict is shown, kept or replaced as decided, and put back', async () => {
    zone().apply([['_dmarc.example.test', [{ type: 'TXT', ttl: 300, data: ['v=DMARC1; p=none'] }]]])
    const before = dmarc()
    const page = await app.window()
    await addDomain(page, 'example.test')
    await page.getByText('There is a TXT record at _dmarc.example.test').waitFor()
    await page.getByRole('button', { name: 'Fix 1 record\u2026' }).click()
    await enterTsigKey(page, sandbox)
    await page.getByText('Will be replaced').waitFor()
    await page
      .getByText(/v=DMARC1; p=none/)
      .first()
      .waitFor()
    await page.getByText('Keep the existing record').click()
    expect(await page.getByRole('button', { name: 'No changes selected' }).isDisabled()).toBe(true)
    await page.getByText('Use the hosted record').click()
    await page.getByRole('button', { name: 'Apply 1 record' }).click()
    await page.getByText('All records are verified.').waitFor({ timeout: patienceForLooks })
    expect(dmarc().join()).toContain('CNAME')
    await undoWithReason(page)
    await page.getByText('The previous records are restored.').waitFor()
    expect(dmarc()).toEqual(before)
    await page.getByRole('button', { name: 'Close' }).click()
  })

  it('fails on a DNS key that is not accepted, in words, and writes nothing', async () => {
    const before = sandbox.zone('shop.test').dump()
    const other = await launch()
    try {
      const page = await other.window()
      await connect(page, sandbox)
      await page.getByRole('option', { name: /example.test/ }).waitFor()
      await addDomain(page, 'shop.test')
      await page.getByRole('button', { name: 'Fix 1 record\u2026' }).click()
      await enterTsigKey(page, {
        ...sandbox,
        tsig: { name: sandbox.tsig.name, secret: Buffer.from('wrong'.repeat(6)).toString('base64') },
      })
      await page.getByRole('heading', { name: 'The DNS service rejected the credentials' }).waitFor()
      expect(sandbox.zone('shop.test').dump()).toBe(before)
    } finally {
      await other.dispose()
    }
  })

  it('the server goes away and comes back: the last state stays, then everything recovers by itself', async () => {
    const page = await app.window()
    const up = sandbox.faults.add({ fault: { kind: 'drop' } })
    await page.getByRole('button', { name: 'Check now' }).first().click()
    await page.getByRole('heading', { name: 'Cannot reach the service' }).waitFor()
    await page.getByText('example.test').first().waitFor()
    await page.getByRole('heading', { name: '1 connection cannot be reached' }).waitFor()
    up()
    await page
      .getByRole('heading', { name: 'Cannot reach the service' })
      .waitFor({ state: 'detached', timeout: patienceForLooks })
  })

  it('a start without the server shows the last known state', async () => {
    await app.close()
    const up = sandbox.faults.add({ fault: { kind: 'drop' } })
    app = await launch({ userData: app.userData })
    const page = await app.window()
    await page.getByText('example.test').first().waitFor()
    await page.getByRole('heading', { name: 'Cannot reach the service' }).waitFor()
    up()
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('heading', { name: 'Cannot reach the service' }).waitFor({ state: 'detached' })
  })

  it('a token that was revoked meanwhile asks for a new one', async () => {
    const page = await app.window()
    const up = sandbox.faults.add({ fault: { kind: 'status', status: 401 } })
    await page.getByRole('button', { name: 'Check now' }).first().click()
    await page.getByRole('button', { name: 'Enter a token' }).click()
    await page.getByRole('heading', { name: 'Settings' }).waitFor()
    await page.getByLabel('API token').fill(sandbox.token)
    up()
    await page.getByRole('button', { name: 'Save token' }).click()
    await page.getByText('Connected').waitFor()
    await page.getByRole('button', { name: 'Back' }).click()
  })

  it('domains removed elsewhere leave the list', async () => {
    const page = await app.window()
    const client = new DmarcReportClient({ baseUrl: sandbox.apiUrl, token: sandbox.token })
    for (const known of await client.domains.list().all()) await client.domains.delete(sandbox.accountId, known.id)
    await page.getByRole('button', { name: 'Check now' }).first().click()
    await page.getByRole('heading', { name: 'No domains yet' }).waitFor()
  })
})
