import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasSession, type LaunchedApp, launch } from './harness/app.ts'
import { addDomain, connect, enterTsigKey } from './harness/steps.ts'
import { patienceForLooks } from './harness/wait-until.ts'

const name = '_dmarc.example.test'
const oldRecord = 'v=DMARC1; p=none; rua=mailto:old@example.test'

describe.skipIf(!hasSession)('undo', () => {
  let sandbox: Sandbox
  let app: LaunchedApp
  beforeAll(async () => {
    sandbox = await createSandbox()
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
    await entry.getByRole('button', { name: 'Undo' }).click()
    await entry.getByText('Undone').waitFor()
    expect(lines()).toEqual([expect.stringContaining(oldRecord)])
    expect(await entry.getByRole('button', { name: 'Undo' }).count()).toBe(0)
  })
})
