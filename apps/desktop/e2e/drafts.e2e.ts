import { DmarcReportClient } from '@dmarc-as-code/client'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasSession, type LaunchedApp, launch } from './harness/app.ts'
import { addDomain, closeWithEscape, connect } from './harness/steps.ts'
import { until } from './harness/wait-until.ts'

describe.skipIf(!hasSession)('a policy that is being edited', () => {
  let sandbox: Sandbox
  let client: DmarcReportClient
  let app: LaunchedApp
  beforeAll(async () => {
    sandbox = await createSandbox()
    client = new DmarcReportClient({ baseUrl: sandbox.apiUrl, token: sandbox.token })
    app = await launch()
    const page = await app.window()
    await connect(page, sandbox)
    await addDomain(page, 'example.test')
  })
  afterAll(async () => {
    await app.dispose()
    await sandbox.close()
  })

  const served = async () => {
    const [domain] = await client.domains.list().all()
    return domain as NonNullable<typeof domain>
  }
  const form = (page: Page) => page.getByRole('form', { name: 'DMARC policy' })
  const extra = (page: Page) => form(page).getByLabel('Additional addresses for aggregate reports')

  it('survives Escape, navigation, a closed window and a restart', async () => {
    const page = await app.window()
    await page.getByRole('tab', { name: 'Policy' }).click()
    await page.getByRole('article', { name: 'Hosted DMARC' }).getByRole('button', { name: 'Edit policy' }).click()
    await extra(page).fill('mine@example.test')
    await page.keyboard.press('Escape')
    await page.getByRole('option', { name: /^example.test/ }).click()
    expect(await extra(page).inputValue()).toBe('mine@example.test')

    await page.getByRole('button', { name: 'Back' }).click()
    await closeWithEscape(page)
    await app.close()
    app = await launch({ userData: app.userData })
    const again = await app.window()
    await again.getByRole('option', { name: /^example.test/ }).click()
    expect(await extra(again).inputValue()).toBe('mine@example.test')
  })

  it('does not overwrite what somebody else published meanwhile, and shows both', async () => {
    const page = await app.window()
    const before = await served()
    const theirs = String(before.default_dmarc_record).replace(/p=\w+/, 'p=quarantine')
    await client.domains.update(sandbox.accountId, before.id, { hosted_dmarc_config: theirs })
    // The app has not seen the change yet when it publishes; the check is made at the service.
    await form(page).getByRole('button', { name: 'Publish' }).click()
    await page.getByRole('heading', { name: 'Somebody changed this meanwhile' }).waitFor()
    expect((await served()).current_dmarc_config).toBe(theirs)

    const conflict = form(page).getByRole('alert', { name: 'Changed meanwhile' })
    await conflict.getByText(theirs).waitFor()
    await conflict.getByText('mine@example.test').waitFor()
    await conflict.getByRole('button', { name: 'Keep my draft' }).click()
  })

  it('from none to reject is published only once that is confirmed', async () => {
    const page = await app.window()
    const { id, default_dmarc_record } = await served()
    const none = String(default_dmarc_record).replace(/p=\w+/, 'p=none')
    await client.domains.update(sandbox.accountId, id, { hosted_dmarc_config: none })
    await form(page).getByRole('button', { name: 'Discard' }).click()
    await until(async () => {
      await page.getByRole('tab', { name: 'Records' }).click()
      await page.getByRole('button', { name: 'Verify now' }).click()
      await page.getByRole('tab', { name: 'Policy' }).click()
      return page.getByRole('article', { name: 'Hosted DMARC' }).getByText(none, { exact: true }).isVisible()
    }, 'the app sees the record')
    await page.getByRole('article', { name: 'Hosted DMARC' }).getByRole('button', { name: 'Edit policy' }).click()
    await form(page).getByText('Reject', { exact: true }).first().click()
    await form(page).getByRole('button', { name: 'Publish' }).click()
    const question = form(page).getByRole('region', { name: 'Publish this policy for example.test?' })
    await question.waitFor()
    expect((await served()).current_dmarc_config).toBe(none)
    await question.getByRole('button', { name: 'Publish anyway' }).click()
    await form(page).waitFor({ state: 'detached' })
    expect((await served()).current_dmarc_config).toContain('p=reject')
  })
})
