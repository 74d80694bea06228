import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasSession, type LaunchedApp, launch } from './harness/app.ts'
import { addDomain, connect, copiedBy } from './harness/steps.ts'
import { patienceForLooks } from './harness/wait-until.ts'

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

  it('lists the records to add manually, and verifies them once added', async () => {
    const page = await app.window()
    await addDomain(page, 'example.test', { mx: 'mail.example.test' })
    await page.getByRole('button', { name: 'Fix 4 records\u2026' }).click()
    await page.getByRole('button', { name: 'Add the records manually' }).click()
    await page
      .getByRole('button', { name: /^Copy the host / })
      .nth(3)
      .waitFor()
    expect(await page.getByRole('button', { name: /^Apply \d/ }).count()).toBe(0)
    // By their names, as a button that was pressed is called "Copied" for a while.
    const names = await page
      .getByRole('button', { name: /^Copy the (host|target) / })
      .evaluateAll((buttons) => buttons.map((button) => String(button.getAttribute('aria-label'))))
    const texts: string[] = []
    for (const name of names) texts.push(await copiedBy(app, page.getByRole('button', { name, exact: true })))
    expect(texts).toHaveLength(8)
    for (let line = 0; line < texts.length; line += 2) {
      const target = String(texts[line + 1]).replace(/\.$/, '')
      sandbox
        .zone('example.test')
        .setRrsets(`${texts[line]}.example.test`, [{ type: 'CNAME', ttl: 300, data: [target] }])
    }
    await page.getByRole('button', { name: 'I have added them' }).click()
    await page.getByText('4 records are right already').waitFor()
    await page.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('option', { name: /^example.test *Ready/ }).waitFor({ timeout: patienceForLooks })
  })
})
