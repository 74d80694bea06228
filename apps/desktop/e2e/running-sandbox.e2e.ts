import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasSession, launch } from './harness/app.ts'
import { addDomain } from './harness/steps.ts'
import { patienceForLooks } from './harness/wait-until.ts'

describe.skipIf(!hasSession)('on a sandbox that runs already', () => {
  let sandbox: Sandbox
  let folder: string
  beforeAll(async () => {
    sandbox = await createSandbox()
    folder = mkdtempSync(join(tmpdir(), 'dmarc-watch-'))
  })
  afterAll(async () => {
    rmSync(folder, { recursive: true })
    await sandbox.close()
  })

  it('it is watched and its zones are written without asking; nothing secret is kept, no password store needed', async () => {
    const file = join(folder, 'sandbox.json')
    const { apiUrl, token, accountId, customerZones, dns, tsig, stubZones } = sandbox
    writeFileSync(file, JSON.stringify({ apiUrl, token, accountId, customerZones, dns, tsig, stubZones }), {
      mode: 0o600,
    })
    const app = await launch({
      args: [`--sandbox-info=${file}`],
      env: { DBUS_SESSION_BUS_ADDRESS: 'disabled:' },
    })
    const page = await app.window()
    await page.getByRole('heading', { name: 'No domains yet' }).waitFor()
    await addDomain(page, 'example.test')
    await page.getByRole('button', { name: 'Fix 1 record\u2026' }).click()
    await page.getByRole('button', { name: 'Apply 1 record' }).click()
    await page.getByText('All records are verified.').waitFor({ timeout: patienceForLooks })
    expect(sandbox.zone('example.test').dump()).toMatch(/_dmarc\S* .*CNAME/)
    await app.close()

    const files = readdirSync(app.userData, { recursive: true, encoding: 'utf8' })
      .map((name) => join(app.userData, name))
      .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
    const kept = files.filter((path) => {
      const text = readFileSync(path, 'latin1')
      return text.includes(token) || text.includes(tsig.secret)
    })
    expect(kept).toEqual([])
    const again = await launch({ userData: app.userData })
    await (await again.window()).getByRole('heading', { name: 'Connect your account' }).waitFor()
    await again.dispose()
  })

  it('fails in words on a file that does not tell of one', async () => {
    const app = await launch({ args: [`--sandbox-info=${join(folder, 'none.json')}`] })
    const page = await app.window()
    await page.getByRole('heading', { name: 'Could not connect to the running sandbox' }).waitFor()
    await page.getByText(/none\.json .*ENOENT/).waitFor()
    await app.dispose()
  })
})
