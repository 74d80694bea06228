import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessibilityViolations } from './harness/accessibility.ts'
import { hasSession, type LaunchedApp, launch } from './harness/app.ts'
import { PrivateBus } from './harness/private-bus.ts'
import { addDomain, connect, enterTsigKey } from './harness/steps.ts'
import { patienceForLooks } from './harness/wait-until.ts'

describe.skipIf(!hasSession)('the DNS credentials that are kept', () => {
  const bus = new PrivateBus()
  let sandbox: Sandbox
  let app: LaunchedApp
  let page: Page
  beforeAll(async () => {
    await bus.start()
    sandbox = await createSandbox()
    app = await launch({ env: bus.env })
    page = await app.window()
    await connect(page, sandbox)
    await addDomain(page, 'example.test')
    await askToApply()
    await page.getByRole('button', { name: 'Apply 1 record' }).waitFor()
    await page.getByRole('button', { name: 'Back' }).click()
  })
  afterAll(async () => {
    await app.dispose()
    await sandbox.close()
    await bus.stop()
  })

  const entry = ['service', 'DMARC Watch', 'account', 'dns:example.test']
  const inStore = () => bus.run('secret-tool', ['search', '--all', 'service', 'DMARC Watch'])
  const inSettings = () => JSON.parse(readFileSync(join(app.userData, 'config.json'), 'utf8')).dnsAccess
  const card = () => page.getByRole('article', { name: 'Credentials for example.test' })
  const remove = async () => {
    await card().getByRole('button', { name: 'Remove' }).click()
    await card().getByRole('button', { name: 'Remove credentials for example.test' }).click()
  }
  /** The settings, read again. */
  const openSettings = async () => {
    if (await page.getByRole('heading', { name: 'Settings', level: 1 }).isVisible())
      await page.getByRole('button', { name: 'Back' }).click()
    await page.getByRole('button', { name: 'Settings' }).click()
  }
  /** From the page of the domain: the app asks for the credentials, and is given them. */
  async function askToApply(): Promise<void> {
    await page.getByRole('button', { name: 'Fix 1 record\u2026' }).click()
    await enterTsigKey(page, sandbox)
  }
  const isStored = () => card().getByText('In the password store', { exact: true }).waitFor()
  const expectNoBarriers = async () => {
    for (const theme of ['light', 'dark'] as const)
      expect(await accessibilityViolations(app, page, theme), theme).toEqual([])
  }

  it('are listed with what they are for, and nothing of what is secret', async () => {
    await openSettings()
    await isStored()
    const said = await card().innerText()
    for (const part of ['dynamic update', sandbox.dns.address, String(sandbox.dns.port), sandbox.tsig.name])
      expect(said).toContain(part)
    expect(await page.content()).not.toContain(sandbox.tsig.secret)
    await expectNoBarriers()
  })

  it('are replaced only by others that open the zone', async () => {
    const before = inStore()
    await card().getByRole('button', { name: 'Replace', exact: true }).click()
    const form = page.getByRole('form', { name: 'New credentials for example.test' })
    const fill = async (secret: string) => {
      await form.getByLabel('Primary server').fill(sandbox.dns.address)
      await form.getByLabel('Port').fill(String(sandbox.dns.port))
      await form.getByLabel('Key name').fill(sandbox.tsig.name)
      await form.getByLabel('Key (base64)').fill(secret)
      await form.getByRole('button', { name: 'Save' }).click()
    }
    await fill(Buffer.from('wrong'.repeat(6)).toString('base64'))
    await form.getByRole('heading', { name: 'The DNS service rejected the credentials' }).waitFor()
    await expectNoBarriers()
    expect(inStore()).toBe(before)
    await fill(sandbox.tsig.secret)
    await page.getByText('Credentials for example.test replaced.').waitFor()
    expect(inStore()).toContain(sandbox.tsig.secret)
    await isStored()
  })

  it('in a locked store are neither read nor removed, and are read once it is open', async () => {
    bus.lock()
    await openSettings()
    const problem = page.getByRole('alert').filter({ hasText: 'The password store is locked' })
    await problem.waitFor()
    await card().getByText('The password store is locked').waitFor()
    await expectNoBarriers()
    await remove()
    await card().getByRole('heading', { name: 'The password store is locked' }).waitFor()
    expect(Object.keys(inSettings())).toEqual(['example.test'])
    await bus.unlock()
    await problem.first().getByRole('button', { name: 'Try again' }).click()
    await isStored()
    await problem.first().waitFor({ state: 'detached' })
    expect(inStore()).toContain(sandbox.tsig.secret)
  })

  it('that are gone differ from foreign ones', async () => {
    const mine = bus.run('secret-tool', ['lookup', ...entry])
    bus.run('secret-tool', ['clear', ...entry])
    await openSettings()
    await card().getByText('Missing from the password store').waitFor()
    await expectNoBarriers()
    // The schema is what keytar looks for; secret-tool leaves it out.
    const schema = ['xdg:schema', 'org.freedesktop.Secret.Generic']
    bus.run('secret-tool', ['store', '--label', 'x', ...schema, ...entry], 'not ours')
    await openSettings()
    await card().getByText('Cannot be read').waitFor()
    await expectNoBarriers()
    expect(bus.run('secret-tool', ['lookup', ...entry])).toBe('not ours')
    bus.run('secret-tool', ['store', '--label', 'x', ...schema, ...entry], mine)
    await openSettings()
    await isStored()
  })

  it('are removed once that is confirmed, and the next apply asks again', async () => {
    await card().getByRole('button', { name: 'Remove' }).click()
    await expectNoBarriers()
    await card().getByRole('button', { name: 'Cancel' }).click()
    expect(inStore()).toContain(sandbox.tsig.secret)
    await remove()
    await page.getByText('Credentials for example.test removed.').waitFor()
    await page.getByText(/^None stored/).waitFor()
    expect(inStore()).not.toContain(sandbox.tsig.secret)
    expect(inSettings()).toEqual({})
    await page.getByRole('button', { name: 'Back' }).click()
    await page.getByRole('option', { name: /^example.test/ }).click()
    await askToApply()
    await page.getByRole('button', { name: 'Apply 1 record' }).click()
    await page.getByText('All records are verified.').waitFor({ timeout: patienceForLooks })
    await page.getByRole('button', { name: 'Close' }).click()
    expect(Object.keys(inSettings())).toEqual(['example.test'])
  })

  it('fail to be read in words while no password store answers', async () => {
    await bus.stopKeyring()
    await openSettings()
    await page.getByRole('heading', { name: 'No password store found' }).waitFor()
    await card().getByText('No password store found').waitFor()
    await expectNoBarriers()
  })
})
