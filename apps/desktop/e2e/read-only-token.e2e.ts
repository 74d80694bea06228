import { DmarcReportClient } from '@dmarc-as-code/client'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasSession, type LaunchedApp, launch } from './harness/app.ts'
import { connect } from './harness/steps.ts'

describe.skipIf(!hasSession)('a token that may only read', () => {
  let sandbox: Sandbox
  let app: LaunchedApp
  beforeAll(async () => {
    sandbox = await createSandbox()
    const client = new DmarcReportClient({ baseUrl: sandbox.apiUrl, token: sandbox.token })
    const reports = { rua_report: true, ruf_report: false }
    const { id } = await client.domains.create(sandbox.accountId, { address: 'example.test', ...reports })
    await client.domains.update(sandbox.accountId, id, { hosted_dmarc: true })
    sandbox.faults.add({
      fault: { kind: 'status', status: 403 },
      matches: ({ path }) => path.includes('verify'),
    })
    app = await launch()
  })
  afterAll(async () => {
    await app.dispose()
    await sandbox.close()
  })

  it('shows the domains without calling the connection broken', async () => {
    const page = await app.window()
    await connect(page, sandbox)
    await page.getByRole('option', { name: /^example.test *Action needed/ }).waitFor()
    await page.getByRole('heading', { level: 1, name: '1 domain needs action' }).waitFor()
    expect(await page.getByRole('alert').count()).toBe(0)
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByText('The token can read domains, but not verify or change them.').waitFor()
    await page.getByText('Connected', { exact: true }).waitFor()
  })
})
