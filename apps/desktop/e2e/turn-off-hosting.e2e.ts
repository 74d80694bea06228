import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DmarcReportClient } from '@dmarc-as-code/client'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasSession, type LaunchedApp, launch } from './harness/app.ts'
import { connect, enterTsigKey } from './harness/steps.ts'
import { until } from './harness/wait-until.ts'

const name = '_dmarc.example.test'

describe.skipIf(!hasSession)('turning hosting off', () => {
  let sandbox: Sandbox
  let client: DmarcReportClient
  let app: LaunchedApp
  let domainId: number
  beforeAll(async () => {
    sandbox = await createSandbox()
    client = new DmarcReportClient({ baseUrl: sandbox.apiUrl, token: sandbox.token })
    const { id } = await client.domains.create(sandbox.accountId, {
      address: 'example.test',
      rua_report: true,
      ruf_report: false,
    })
    domainId = id
    const hosted = await client.domains.update(sandbox.accountId, id, { hosted_dmarc: true })
    const record = String(hosted.default_dmarc_record).replace(/p=\w+/, 'p=reject')
    await client.domains.update(sandbox.accountId, id, { hosted_dmarc_config: record })
    app = await launch()
    const page = await app.window()
    await connect(page, sandbox)
    // The app itself adds the CNAME, so that it has the credentials of the zone.
    await page.getByRole('option', { name: /^example.test/ }).click()
    await page.getByRole('button', { name: 'Apply CNAME', exact: true }).click()
    await enterTsigKey(page, sandbox)
    await page.getByRole('button', { name: 'Write 1 record' }).click()
    await page.getByText('All records are verified.').waitFor({ timeout: 60_000 })
    await page.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('option', { name: /^example.test *Ready/ }).click({ timeout: 60_000 })
  })
  afterAll(async () => {
    await app.dispose()
    await sandbox.close()
  })

  const inZone = () => sandbox.zone('example.test').dump().includes(`${name}.`)
  const isHosted = async () => (await client.domains.get(sandbox.accountId, domainId)).hosted_dmarc === true
  const card = async () => (await app.window()).getByRole('article', { name: 'Hosted DMARC' })

  it('asks first, says what it means for mail, and changes nothing when cancelled', async () => {
    const dmarc = await card()
    await dmarc.getByText(/: On$/).click()
    const question = dmarc.getByRole('region', { name: 'Turn off hosted DMARC for example.test?' })
    await question
      .getByText(/fail DMARC now are rejected \(p=reject\)\. Without the record they are delivered/)
      .waitFor()
    await question.getByText(name).waitFor()
    expect(await isHosted()).toBe(true)
    await question.getByRole('button', { name: 'Keep hosting on' }).click()
    expect(await isHosted()).toBe(true)
    expect(inZone()).toBe(true)
  })

  it('removes the CNAME first, so that nothing dangles, and is undone from Activity', async () => {
    const page = await app.window()
    const dmarc = await card()
    await dmarc.getByText(/: On$/).click()
    await dmarc.getByRole('button', { name: 'Remove the CNAME and turn off' }).click()
    await dmarc.getByText(/: Off$/).waitFor()
    expect(inZone()).toBe(false)
    expect(await isHosted()).toBe(false)
    await page.getByRole('button', { name: 'Back' }).click()
    await page.getByRole('heading', { level: 1, name: 'No hosted domains' }).waitFor()
    // Nothing was left behind, so nothing was ever in need of action.
    const history = readFileSync(join(app.userData, 'history.jsonl'), 'utf8').trim().split('\n')
    expect(JSON.parse(String(history.at(-1)))).toMatchObject({ from: 'ready', to: 'unhosted' })

    await page.getByRole('button', { name: 'Activity' }).click()
    const entry = page.getByRole('article', { name: 'Hosted DMARC turned off: example.test' })
    await entry.getByRole('button', { name: 'Undo' }).click()
    await entry.getByText('Undone').waitFor()
    expect(inZone()).toBe(true)
    expect(await isHosted()).toBe(true)
    await page.getByRole('button', { name: 'Back' }).click()
    await page.getByRole('option', { name: /^example.test *Ready/ }).waitFor({ timeout: 60_000 })
  })

  it('without removing the CNAME leaves the domain in need of action until the CNAME is gone', async () => {
    const page = await app.window()
    await page.getByRole('option', { name: /^example.test/ }).click()
    const dmarc = await card()
    await dmarc.getByText(/: On$/).click()
    await dmarc.getByRole('button', { name: 'Turn off without removing' }).click()
    await dmarc.getByText(/: Off$/).waitFor()
    expect(inZone()).toBe(true)
    const record = page.getByRole('article', { name: 'DMARC policy' })
    await record.getByText(/Hosting is off, but the CNAME may still lead to/).waitFor()
    await page.getByRole('button', { name: 'Back' }).click()
    await page.getByRole('option', { name: /^example.test *Action needed · CNAME left behind/ }).waitFor()
    await page.getByRole('heading', { level: 1, name: '1 domain needs action' }).waitFor()

    sandbox.zone('example.test').setRrsets(name, [])
    await page.getByRole('option', { name: /^example.test *Not hosted/ }).waitFor({ timeout: 60_000 })
  })

  it('of MTA-STS withdraws the policy first', async () => {
    const page = await app.window()
    await client.domains.update(sandbox.accountId, domainId, {
      hosted_mta_sts: true,
      mta_sts_report: true,
      mta_sts_policy: { mode: 'enforce', mx: 'mx.example.test', mx_age: 14 },
    })
    const shown = await client.domains.get(sandbox.accountId, domainId)
    for (const record of shown.cname_records ?? []) {
      if (record.kind !== 'dmarc')
        sandbox.zone('example.test').setRrsets(record.name, [{ type: 'CNAME', ttl: 60, data: [record.value] }])
    }
    await page.getByRole('button', { name: 'Check now' }).click()
    await page.getByRole('option', { name: /^example.test *Ready/ }).click({ timeout: 60_000 })
    const mtaSts = page.getByRole('article', { name: 'Hosted MTA-STS' })
    await mtaSts.getByText(/: On$/).click()
    await mtaSts.getByText(/until the maximum age of 14 days has passed/).waitFor()
    await mtaSts.getByRole('button', { name: 'Set mode none' }).click()
    await until(
      async () => (await client.domains.get(sandbox.accountId, domainId)).mta_sts_policy?.mode === 'none',
      'the policy is withdrawn',
    )
    expect((await client.domains.get(sandbox.accountId, domainId)).hosted_mta_sts).toBe(true)
  })
})
