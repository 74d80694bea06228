import { DmarcReportClient } from '@dmarc-as-code/client'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasSession, type LaunchedApp, launch } from './harness/app.ts'
import { connect, copiedBy } from './harness/steps.ts'
import { until } from './harness/wait-until.ts'

const place = 'mail/production, Mail team'

describe.skipIf(!hasSession)('a domain that is kept in code', () => {
  let sandbox: Sandbox
  let client: DmarcReportClient
  let app: LaunchedApp
  let domainId: number
  beforeAll(async () => {
    sandbox = await createSandbox()
    client = new DmarcReportClient({ baseUrl: sandbox.apiUrl, token: sandbox.token })
    const created = await client.domains.create(sandbox.accountId, {
      address: 'example.test',
      rua_report: true,
      ruf_report: false,
      managed_by: { workspace: 'Mail team', label: 'mail/production' },
    })
    domainId = created.id
    await client.domains.update(sandbox.accountId, domainId, { hosted_dmarc: true })
    app = await launch()
    const page = await app.window()
    await connect(page, sandbox)
    await page.getByRole('option', { name: /^example.test/ }).click()
  })
  afterAll(async () => {
    await app.dispose()
    await sandbox.close()
  })

  const served = () => client.domains.get(sandbox.accountId, domainId)
  const warning = (page: Page) => page.getByText(/This domain is kept in code: .*The next apply there changes it back/)

  it('says where, and offers the code', async () => {
    const page = await app.window()
    await page.getByText(`Kept in code: ${place}`).waitFor()
    await page.getByRole('button', { name: 'Copy as code' }).click()
    const panel = page.getByRole('region', { name: 'As code' })
    expect(await copiedBy(app, panel.getByRole('button', { name: 'Copy the code', exact: true }))).toContain(
      'example.test',
    )
  })

  it('is asked about before its policy is published', async () => {
    const page = await app.window()
    const before = (await served()).current_dmarc_config
    await page.getByRole('tab', { name: 'Policy' }).click()
    await page.getByRole('article', { name: 'Hosted DMARC' }).getByRole('button', { name: 'Edit policy' }).click()
    const form = page.getByRole('form', { name: 'DMARC policy' })
    await form.getByLabel('Additional addresses for aggregate reports').fill('more@example.test')
    await form.getByRole('button', { name: 'Publish' }).click()
    await warning(page).waitFor()
    expect((await served()).current_dmarc_config).toBe(before)
    await form.getByRole('button', { name: 'Publish anyway' }).click()
    await form.waitFor({ state: 'detached' })
    expect((await served()).current_dmarc_config).toContain('more@example.test')
  })

  it('is asked about before its reports are changed', async () => {
    const page = await app.window()
    await page.getByRole('tab', { name: 'Reports' }).click()
    await page.getByText(/^Failure reports: single messages/).click()
    const question = page.getByRole('region', { name: 'Change the reports of example.test?' })
    await warning(page).waitFor()
    await question.getByRole('button', { name: 'Cancel' }).click()
    expect((await served()).ruf_report).toBe(false)
    await page.getByText(/^Failure reports: single messages/).click()
    await question.getByRole('button', { name: 'Change it here anyway' }).click()
    await until(async () => (await served()).ruf_report === true, 'the service takes the reports')
  })

  it('is warned about before its hosting is turned off, its tags change, or it is deleted', async () => {
    const page = await app.window()
    await page.getByRole('tab', { name: 'Policy' }).click()
    await page.getByRole('article', { name: 'Hosted DMARC' }).getByRole('button', { name: 'Turn off\u2026' }).click()
    await warning(page).waitFor()
    await page.getByRole('button', { name: 'Keep hosting on' }).click()
    await page.getByRole('button', { name: 'Edit tags' }).click()
    await warning(page).waitFor()
    await page.getByRole('form', { name: 'Tags' }).getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Delete\u2026' }).click()
    await warning(page).waitFor()
    await page.getByRole('button', { name: 'Keep the domain' }).click()
    expect(await served()).toMatchObject({ hosted_dmarc: true })
  })
})
