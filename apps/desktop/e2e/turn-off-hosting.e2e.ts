import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DmarcReportClient } from '@dmarc-as-code/client'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasSession, type LaunchedApp, launch } from './harness/app.ts'
import { connect, enterTsigKey } from './harness/steps.ts'
import { patienceForLooks, until } from './harness/wait-until.ts'

const name = '_dmarc.example.test'

describe.skipIf(!hasSession)('turning hosting off', () => {
  let sandbox: Sandbox
  let client: DmarcReportClient
  let app: LaunchedApp
  let domainId: number
  let target: string
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
    await page.getByRole('button', { name: 'Fix 1 record\u2026' }).click()
    await enterTsigKey(page, sandbox)
    await page.getByRole('button', { name: 'Apply 1 record' }).click()
    await page.getByText('All records are verified.').waitFor({ timeout: patienceForLooks })
    await page.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('option', { name: /^example.test *Ready/ }).click({ timeout: patienceForLooks })
    await page.getByRole('tab', { name: 'Policy' }).click()
    // Hosting goes on for as long as resolvers remember the CNAME.
    target = String(hosted.cname_records?.[0]?.value)
    point(1)
  })
  afterAll(async () => {
    await app.dispose()
    await sandbox.close()
  })

  const point = (ttl: number) => sandbox.zone('example.test').setRrsets(name, [{ type: 'CNAME', ttl, data: [target] }])
  const inZone = () => sandbox.zone('example.test').dump().includes(`${name}.`)
  const isHosted = async () => (await client.domains.get(sandbox.accountId, domainId)).hosted_dmarc === true
  const card = async () => (await app.window()).getByRole('article', { name: 'Hosted DMARC' })

  const turnOff = async (dmarc: Locator, what: string, reason: string) => {
    await dmarc.getByRole('button', { name: 'Turn off\u2026' }).click()
    await dmarc.getByText(what).click()
    await dmarc.getByRole('textbox', { name: 'Reason' }).fill(reason)
    await dmarc.getByRole('button', { name: 'Turn off', exact: true }).click()
    await dmarc.getByRole('button', { name: 'Turn on hosting\u2026' }).waitFor()
  }

  it('asks first, says what it means for mail, and changes nothing when cancelled', async () => {
    const dmarc = await card()
    await dmarc.getByRole('button', { name: 'Turn off\u2026' }).click()
    const question = dmarc.getByRole('region', { name: 'Turn off hosted DMARC for example.test?' })
    await question
      .getByText(/fail DMARC now are rejected \(p=reject\)\. Without the record they are delivered/)
      .waitFor()
    await question.getByText(name).waitFor()
    // Replacing the CNAME by the record it leads to keeps the policy, so it needs no reason; anything else does.
    expect(await question.getByRole('button', { name: 'Turn off', exact: true }).isDisabled()).toBe(false)
    await question.getByText('Remove it first').click()
    expect(await question.getByRole('button', { name: 'Turn off', exact: true }).isDisabled()).toBe(true)
    expect(await isHosted()).toBe(true)
    await question.getByRole('button', { name: 'Keep hosting on' }).click()
    expect(await isHosted()).toBe(true)
    expect(inZone()).toBe(true)
  })

  it('removes the CNAME first, so that nothing dangles, and is undone from Activity', async () => {
    const page = await app.window()
    const dmarc = await card()
    await turnOff(dmarc, 'Remove it first', 'Moving to another service')
    expect(inZone()).toBe(false)
    expect(await isHosted()).toBe(false)
    await page.getByRole('button', { name: 'Back' }).click()
    await page.getByRole('heading', { level: 1, name: 'No hosted domains' }).waitFor()
    // Nothing was left behind, so nothing was ever in need of action.
    const history = readFileSync(join(app.userData, 'history.jsonl'), 'utf8').trim().split('\n')
    const states = history.map((line) => (JSON.parse(line) as { to: string }).to)
    expect(states.slice(states.indexOf('ready'))).not.toContain('attention')
    expect(states.at(-1)).toBe('unhosted')

    await page.getByRole('button', { name: 'Activity' }).click()
    const entry = page.getByRole('article', { name: 'Hosted DMARC turned off: example.test' })
    await entry.getByRole('button', { name: 'Undo' }).click()
    await entry.getByText('Reason for weakening: Moving to another service').waitFor()
    await entry.getByText('Undone').waitFor()
    expect(inZone()).toBe(true)
    expect(await isHosted()).toBe(true)
    await page.getByRole('button', { name: 'Back' }).click()
    await page.getByRole('option', { name: /^example.test *Ready/ }).waitFor({ timeout: patienceForLooks })
  })

  it('keeps the policy where the CNAME is replaced by the record it leads to, and is undone', async () => {
    const page = await app.window()
    await page.getByRole('option', { name: /^example.test/ }).click()
    await page.getByRole('tab', { name: 'Policy' }).click()
    const dmarc = await card()
    await dmarc.getByRole('button', { name: 'Turn off\u2026' }).click()
    await dmarc.getByRole('button', { name: 'Turn off', exact: true }).click()
    await dmarc.getByRole('button', { name: 'Turn on hosting\u2026' }).waitFor()
    const lines = sandbox.zone('example.test').dump().split('\n')
    expect(lines.filter((line) => line.startsWith(`${name}.`))).toEqual([expect.stringMatching(/TXT .*p=reject/)])
    expect(await isHosted()).toBe(false)

    await page.getByRole('tab', { name: 'Activity' }).click()
    const entry = page.getByRole('article', { name: 'Hosted DMARC turned off: example.test' }).first()
    await entry.getByRole('button', { name: 'Undo' }).click()
    await entry.getByText('Undone').waitFor()
    expect(sandbox.zone('example.test').dump()).toMatch(/_dmarc\.example\.test\. \d+ IN CNAME/)
    expect(await isHosted()).toBe(true)
    await page.getByRole('button', { name: 'Back' }).click()
    await page.getByRole('option', { name: /^example.test *Ready/ }).waitFor({ timeout: patienceForLooks })
  })

  it('goes on while resolvers remember the CNAME, also over a restart, and is undone meanwhile', async () => {
    point(3600)
    const page = await app.window()
    await page.getByRole('option', { name: /^example.test/ }).click()
    await page.getByRole('tab', { name: 'Policy' }).click()
    const dmarc = await card()
    await dmarc.getByRole('button', { name: 'Turn off\u2026' }).click()
    await dmarc.getByRole('button', { name: 'Turn off', exact: true }).click()
    await dmarc.getByText(/Hosting ends in 1 hour/).waitFor()
    expect(sandbox.zone('example.test').dump()).toMatch(/_dmarc\.example\.test\. \d+ IN TXT/)
    expect(await isHosted()).toBe(true)

    await app.close()
    app = await launch({ userData: app.userData })
    const again = await app.window()
    await again.getByRole('option', { name: /^example.test *In progress/ }).click()
    await again.getByText('Hosting ends once resolvers have forgotten the CNAME.').waitFor()
    await again.getByRole('tab', { name: 'Policy' }).click()
    const ending = (await card()).getByRole('article', { name: 'Hosted DMARC turned off: example.test' })
    await ending.getByRole('button', { name: 'Undo' }).click()
    await ending.waitFor({ state: 'detached' })
    expect(inZone()).toBe(true)
    expect(sandbox.zone('example.test').dump()).toMatch(/_dmarc\.example\.test\. \d+ IN CNAME/)
    expect(await isHosted()).toBe(true)
    await again.getByRole('button', { name: 'Back' }).click()
    await again.getByRole('option', { name: /^example.test *Ready/ }).waitFor({ timeout: patienceForLooks })
  })

  it('without removing the CNAME leaves the domain in need of action until the CNAME is gone', async () => {
    const page = await app.window()
    await page.getByRole('option', { name: /^example.test/ }).click()
    await page.getByRole('tab', { name: 'Policy' }).click()
    const dmarc = await card()
    await turnOff(dmarc, 'Leave it', 'The domain is about to be given up')
    expect(inZone()).toBe(true)
    await page.getByRole('tab', { name: 'Records' }).click()
    const record = page.getByRole('rowgroup', { name: 'DMARC policy' })
    await record.getByText(/Hosting is off, but the CNAME may still lead to/).waitFor()
    await page.getByRole('button', { name: 'Back' }).click()
    await page.getByRole('option', { name: /^example.test *Action needed *CNAME left behind/ }).waitFor()
    await page.getByRole('heading', { level: 1, name: '1 domain needs action' }).waitFor()

    sandbox.zone('example.test').setRrsets(name, [])
    await page.getByRole('option', { name: /^example.test *Not hosted/ }).waitFor({ timeout: patienceForLooks })
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
    await page.getByRole('option', { name: /^example.test *Ready/ }).click({ timeout: patienceForLooks })
    await page.getByRole('tab', { name: 'Policy' }).click()
    const mtaSts = page.getByRole('article', { name: 'Hosted MTA-STS' })
    await mtaSts.getByRole('button', { name: 'Turn off\u2026' }).click()
    await mtaSts.getByText(/until the maximum age of 14 days has passed/).waitFor()
    await mtaSts.getByRole('textbox', { name: 'Reason' }).fill('MTA-STS moves to another service')
    await mtaSts.getByRole('button', { name: 'Set mode none' }).click()
    await until(
      async () => (await client.domains.get(sandbox.accountId, domainId)).mta_sts_policy?.mode === 'none',
      'the policy is withdrawn',
    )
    expect((await client.domains.get(sandbox.accountId, domainId)).hosted_mta_sts).toBe(true)
  })
})
