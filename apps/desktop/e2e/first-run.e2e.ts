import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasSession, type LaunchedApp, launch } from './harness/app.ts'
import { addDomain, connect, enterTsigKey, undoWithReason } from './harness/steps.ts'
import { patienceForLooks } from './harness/wait-until.ts'
import { withoutSerial } from './harness/without-serial.ts'

describe.skipIf(!hasSession)('from the first run to ready', () => {
  let sandbox: Sandbox
  let app: LaunchedApp
  beforeAll(async () => {
    sandbox = await createSandbox()
    app = await launch()
  })
  afterAll(async () => {
    await app.dispose()
    await sandbox.close()
  })
  const names = () => sandbox.zone('example.test').dump()

  it('says at the field what is wrong with an address, and shows the title below the picture', async () => {
    const page = await app.window()
    await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(400, 480))
    await page.getByText('Self-hosted server', { exact: true }).click()
    await page.getByLabel('Address').fill('dmarc.example.com')
    await page.getByLabel('API token').fill('f00dfeedf00dfeed')
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    await page.getByText('The address "dmarc.example.com" is not a valid URL.').waitFor()
    expect(await page.getByLabel('Address').getAttribute('aria-invalid')).toBe('true')
    expect(await page.getByRole('alert').count()).toBe(0)
    const overlap = `document.querySelector('.art').getBoundingClientRect().bottom >
      document.querySelector('h1').getBoundingClientRect().top`
    expect(await page.evaluate(overlap)).toBe(false)
  })

  it('fails on a wrong token in words, and keeps nothing', async () => {
    const page = await app.window()
    await connect(page, sandbox, 'f00dfeedf00dfeed')
    await page.getByRole('heading', { name: 'The API token is not accepted' }).waitFor()
    await page.getByLabel('API token').fill(sandbox.token)
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    await page.getByRole('heading', { name: 'No domains yet' }).waitFor()
  })

  it('one click: credentials once, the plan, writing, verified, ready', async () => {
    const page = await app.window()
    await addDomain(page, 'example.test', { mx: 'mail.example.test' })
    const before = names()
    await page.getByRole('button', { name: 'Fix 4 records\u2026' }).click()
    await enterTsigKey(page, sandbox)
    await page.getByRole('button', { name: 'Apply 4 records' }).waitFor()
    expect(names()).toEqual(before)
    await page.getByRole('button', { name: 'Apply 4 records' }).click()
    await page.getByText('All records are verified.').waitFor({ timeout: patienceForLooks })
    await page.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('heading', { name: /The domain is ready/ }).waitFor({ timeout: patienceForLooks })
    // Hosting went on in the same step as the domain was added, so it was never without.
    const history = readFileSync(join(app.userData, 'history.jsonl'), 'utf8').trim().split('\n')
    expect(JSON.parse(String(history[0]))).toMatchObject({ from: null, to: 'attention' })
    expect(history.join()).not.toContain('unhosted')
  })

  it('asks for the credentials once, and undo puts the zone back as it was', async () => {
    const page = await app.window()
    await addDomain(page, 'agency.test')
    const before = sandbox.zone('agency.test').dump()
    await page.getByRole('button', { name: 'Fix 1 record\u2026' }).click()
    // The credentials of the other zone open this one too, so nothing is asked again.
    await page.getByRole('button', { name: 'Apply 1 record' }).click()
    await undoWithReason(page)
    await page.getByText('The previous records are restored.').waitFor()
    expect(withoutSerial(sandbox.zone('agency.test').dump())).toBe(withoutSerial(before))
  })
})
