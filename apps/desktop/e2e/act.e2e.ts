import { DmarcReportClient } from '@dmarc-as-code/client'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasSession, type LaunchedApp, launch } from './harness/app.ts'
import { addDomain, connect, copiedBy } from './harness/steps.ts'

describe.skipIf(!hasSession)('on the page of a domain a person', () => {
  let sandbox: Sandbox
  let app: LaunchedApp
  let client: DmarcReportClient
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
    if (!domain) throw new Error('the service has no domain')
    return domain
  }

  it('changes the DMARC record and publishes what is shown', async () => {
    const page = await app.window()
    await page.getByRole('tab', { name: 'Policy' }).click()
    await page.getByRole('article', { name: 'Hosted DMARC' }).getByRole('button', { name: 'Edit policy' }).click()
    const form = page.getByRole('form', { name: 'DMARC policy' })
    await form.getByText('Quarantine', { exact: true }).first().click()
    await form.getByLabel('Additional addresses for aggregate reports').fill('not an address')
    expect(await form.getByRole('button', { name: 'Publish' }).isDisabled()).toBe(true)
    await form.getByLabel('Additional addresses for aggregate reports').fill('dmarc@example.test')
    const shown = await form.getByRole('status', { name: 'Resulting record' }).innerText()
    expect(shown).toMatch(/p=quarantine.*dmarc@example\.test/)
    await form.getByRole('button', { name: 'Publish' }).click()
    await form.waitFor({ state: 'detached' })
    expect((await served()).current_dmarc_config).toBe(shown)
    await page.getByRole('article', { name: 'Hosted DMARC' }).getByText(shown).waitFor()
  })

  it('writes an MTA-STS policy and switches its hosting on', async () => {
    const page = await app.window()
    const card = page.getByRole('article', { name: 'Hosted MTA-STS' })
    await card.getByRole('button', { name: 'Create policy' }).click()
    await card.getByLabel('Mail hosts').fill('mx.example.test')
    await card.getByLabel('Maximum age in days').fill('400')
    expect(await card.getByRole('button', { name: 'Publish' }).isDisabled()).toBe(true)
    await card.getByLabel('Maximum age in days').fill('30')
    await card.getByText('max_age: 2592000').waitFor()
    await card.getByRole('button', { name: 'Publish' }).click()
    await card.getByText('For mx.example.test. Sending servers cache the policy for 30 days.').waitFor()
    await card.getByRole('button', { name: 'Turn on hosting\u2026' }).click()
    await card.getByRole('button', { name: 'Turn on hosting', exact: true }).click()
    await card.getByRole('button', { name: 'Turn off\u2026' }).waitFor()
    expect(await served()).toMatchObject({
      hosted_mta_sts: true,
      mta_sts_policy: { mode: 'testing', mx: 'mx.example.test', mx_age: 30 },
    })
  })

  it('switches hosting off', async () => {
    const page = await app.window()
    const card = page.getByRole('article', { name: 'Hosted DMARC' })
    await card.getByRole('button', { name: 'Turn off\u2026' }).click()
    await card.getByRole('button', { name: 'Turn off', exact: true }).click()
    await card.getByRole('button', { name: 'Turn on hosting\u2026' }).waitFor()
    await page.getByRole('tab', { name: 'Records' }).click()
    await page.getByRole('rowgroup', { name: 'DMARC policy' }).getByText('Not hosted').waitFor()
    expect(await served()).toMatchObject({ hosted_dmarc: false, hosted_mta_sts: true })
  })

  it('copies it as code, for Terraform and for CDKTF', async () => {
    const page = await app.window()
    await page.getByRole('button', { name: 'Copy as code' }).click()
    const panel = page.getByRole('region', { name: 'As code' })
    const copied = () => copiedBy(app, panel.getByRole('button', { name: 'Copy the code', exact: true }))
    expect(await copied()).toMatch(/resource "dmarcreport_domain"[\s\S]*example\.test/)
    await panel.getByText('CDKTF (TypeScript)').click()
    expect(await copied()).toMatch(/new MonitoredDomain\(/)
  })
})
