import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasSession, type LaunchedApp, launch } from './harness/app.ts'
import { addDomain, connect } from './harness/steps.ts'

describe.skipIf(!hasSession)('a DNS service that the app has no key to', () => {
  let sandbox: Sandbox
  let app: LaunchedApp
  beforeAll(async () => {
    sandbox = await createSandbox()
    app = await launch()
    await connect(await app.window(), sandbox)
  })
  afterAll(async () => {
    await app.dispose()
    await sandbox.close()
  })

  /** What a person who presses the button can paste elsewhere. */
  const copied = async (button: Locator) => {
    await button.click()
    return app.electron.evaluate(({ clipboard }) => clipboard.readText())
  }

  test('gives the lines to paste, and sees that they were pasted', async () => {
    const page = await app.window()
    await addDomain(page, 'example.test', { mx: 'mail.example.test' })
    await page.getByRole('button', { name: 'Apply CNAMEs' }).click()
    await page.getByRole('button', { name: 'Show me the lines instead' }).click()
    const hosts = page.getByRole('button', { name: /^Copy the host / })
    const targets = page.getByRole('button', { name: /^Copy the target / })
    await hosts.nth(3).waitFor()
    expect(await page.getByRole('button', { name: /^Write/ }).count()).toBe(0)
    const before = sandbox.zone('example.test').dump()
    for (let line = 0; line < 4; line++) {
      const host = await copied(hosts.nth(line))
      const target = await copied(targets.nth(line))
      sandbox
        .zone('example.test')
        .setRrsets(`${host}.example.test`, [{ type: 'CNAME', ttl: 300, data: [target.replace(/\.$/, '')] }])
    }
    expect(sandbox.zone('example.test').dump()).not.toBe(before)
    await page.getByRole('button', { name: 'I have added them' }).click()
    await page.getByText('Already right').nth(3).waitFor()
    await page.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('option', { name: /^example.test *Ready/ }).waitFor({ timeout: 60_000 })
  })
})
