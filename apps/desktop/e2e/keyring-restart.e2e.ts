import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasSession, type LaunchedApp, launch } from './harness/app.ts'
import { keyringProcesses } from './harness/keyring-processes.ts'
import { PrivateBus } from './harness/private-bus.ts'
import { addDomain, connect, enterTsigKey } from './harness/steps.ts'
import { patienceForLooks, until } from './harness/wait-until.ts'

describe.skipIf(!hasSession)('a password store that comes and goes while the app runs', () => {
  const bus = new PrivateBus()
  let sandbox: Sandbox
  let app: LaunchedApp
  let page: Page
  beforeAll(async () => {
    await bus.start()
    sandbox = await createSandbox()
    await bus.stopKeyring()
    app = await launch({ env: bus.env })
    page = await app.window()
  })
  afterAll(async () => {
    await app.dispose()
    await sandbox.close()
    await bus.stop()
  })

  const missing = () => page.getByRole('heading', { name: 'No password store found' })
  const card = () => page.getByRole('article', { name: 'Credentials for example.test' })
  const back = () => page.getByRole('button', { name: 'Back' }).click()

  it('is found by the next try when it comes up only after the app', async () => {
    await connect(page, sandbox)
    await missing().waitFor()
    await bus.startKeyring()
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    await page.getByRole('heading', { name: 'No domains yet' }).waitFor()
    await addDomain(page, 'example.test')
    await page.getByRole('button', { name: 'Fix 1 record\u2026' }).click()
    await enterTsigKey(page, sandbox)
    await page.getByRole('button', { name: 'Apply 1 record' }).waitFor()
    await back()
  })

  it('is found without a word when it was restarted', async () => {
    await bus.stopKeyring()
    await bus.startKeyring()
    await page.getByRole('button', { name: 'Settings' }).click()
    await card().getByText('In the password store', { exact: true }).waitFor()
    expect(await missing().isVisible()).toBe(false)
    await back()
  })

  it('is found by "Try again", in the settings and in a plan', async () => {
    await bus.stopKeyring()
    await page.getByRole('button', { name: 'Settings' }).click()
    await missing().waitFor()
    await bus.startKeyring()
    await page.getByRole('button', { name: 'Try again' }).click()
    await card().getByText('In the password store', { exact: true }).waitFor()
    await missing().waitFor({ state: 'detached' })
    await back()

    await bus.stopKeyring()
    await page.getByRole('option', { name: /^example.test/ }).click()
    await page.getByRole('button', { name: 'Fix 1 record\u2026' }).click()
    await missing().waitFor()
    await bus.startKeyring()
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('button', { name: 'Apply 1 record' }).click()
    await page.getByText('All records are verified.').waitFor({ timeout: patienceForLooks })
    await page.getByRole('button', { name: 'Close' }).click()
  })

  it('is looked for by itself when it is missing at the start', async () => {
    await app.close()
    await bus.stopKeyring()
    app = await launch({ userData: app.userData, env: bus.env })
    page = await app.window()
    await missing().waitFor()
    await bus.startKeyring()
    await missing().waitFor({ state: 'detached', timeout: patienceForLooks })
    await page.getByRole('option', { name: /^example.test *Ready/ }).waitFor()
  })

  it('is not held on to: the process that asked it is gone when there are no more questions', async () => {
    await page.getByRole('button', { name: 'Settings' }).click()
    await card().getByText('In the password store', { exact: true }).waitFor()
    expect(keyringProcesses(app)).toHaveLength(1)
    await until(() => keyringProcesses(app).length === 0, 'the process that asked is gone')
  })
})
