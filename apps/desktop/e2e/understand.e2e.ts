import { DmarcReportClient } from '@dmarc-as-code/client'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasSession, type LaunchedApp, launch } from './harness/app.ts'
import { connect } from './harness/steps.ts'
import { patienceForLooks, until } from './harness/wait-until.ts'

const oldRecord = 'v=DMARC1; p=none; rua=mailto:old@shop.test'

describe.skipIf(!hasSession)('the page of a domain', () => {
  let sandbox: Sandbox
  let app: LaunchedApp
  let targets: Map<string, string>
  beforeAll(async () => {
    sandbox = await createSandbox()
    const client = new DmarcReportClient({ baseUrl: sandbox.apiUrl, token: sandbox.token })
    const reports = { rua_report: true, ruf_report: false }
    const shop = await client.domains.create(sandbox.accountId, {
      address: 'shop.test',
      ...reports,
      mta_sts_report: true,
      mta_sts_policy: { mode: 'enforce', mx: 'mx1.shop.test, mx2.shop.test', mx_age: 14 },
    })
    const hosted = await client.domains.update(sandbox.accountId, shop.id, {
      hosted_dmarc: true,
      hosted_mta_sts: true,
      mta_sts_report: true,
    })
    targets = new Map(hosted.cname_records?.map(({ name, value }) => [name, value]))
    const zone = sandbox.zone('shop.test')
    zone.setRrsets('_dmarc.shop.test', [{ type: 'TXT', ttl: 3600, data: [oldRecord] }])
    zone.setRrsets('mta-sts.shop.test', [{ type: 'CNAME', ttl: 300, data: ['elsewhere.test'] }])
    for (const name of ['_mta-sts.shop.test', '_smtp._tls.shop.test'])
      zone.setRrsets(name, [{ type: 'CNAME', ttl: 300, data: [String(targets.get(name))] }])
    const parked = await client.domains.create(sandbox.accountId, {
      address: 'parked.test',
      ...reports,
      parked_domain: true,
    })
    await client.domains.update(sandbox.accountId, parked.id, { hosted_dmarc: true })
    app = await launch()
    await connect(await app.window(), sandbox)
  })
  afterAll(async () => {
    await app.dispose()
    await sandbox.close()
  })

  const card = (page: Page, title: string | RegExp) => page.getByRole('article', { name: title })

  it('says of each of its four records what is expected, found, why, and what to do', async () => {
    const page = await app.window()
    await page.getByRole('option', { name: /^shop.test *Action needed *2 of 4/ }).click({ timeout: patienceForLooks })
    const records = page.getByRole('table', { name: 'Records' }).locator('tbody')
    // Those that are right are folded.
    for (const name of ['MTA-STS record', 'TLS reports']) await records.getByRole('button', { name }).click()
    expect(await records.count()).toBe(4)
    const texts = await records.allInnerTexts()
    for (const [name, target] of targets) {
      const text = texts.find((each) => each.includes(`\n${name} `) || each.includes(`\n${name}\n`)) ?? ''
      expect(text).toContain(target)
      expect(text).toMatch(/Checked just now · 127\.0\.0\.1/)
    }
    expect(texts[0]).toContain('TXT record in place of the CNAME')
    expect(texts[0]).toContain('There is a TXT record at _dmarc.shop.test where the CNAME belongs')
    expect(texts[0]).toContain(oldRecord)
    expect(texts[1]).toMatch(/Found .*elsewhere\.test.* at mta-sts\.shop\.test, expected a CNAME to/)
    expect(texts[1]).toContain('elsewhere.test')
    for (const text of texts.slice(2)) expect(text).toContain('is in place and verified.')
  })

  it('tells its policies in words, and how it came to where it is', async () => {
    const page = await app.window()
    await page.getByRole('tab', { name: 'Policy' }).click()
    await card(page, 'Hosted DMARC').getByText('v=DMARC1').waitFor()
    await card(page, 'Hosted MTA-STS')
      .getByText('sending servers do not deliver mail that they cannot encrypt to these hosts')
      .waitFor()
    await card(page, 'Hosted MTA-STS')
      .getByText('For mx1.shop.test and mx2.shop.test. Sending servers cache the policy for 14 days.')
      .waitFor()
    await page.getByRole('tab', { name: 'Activity' }).click()
    const history = page.getByRole('region', { name: 'History' })
    await history
      .getByRole('listitem')
      .filter({ hasText: /Action needed.*_dmarc\.shop\.test/s })
      .waitFor()
    await history.getByRole('listitem').filter({ hasText: 'Added to the service' }).waitFor()
  })

  it('becomes ready in the list, the cards, the time line and the chart alike', async () => {
    const page = await app.window()
    for (const name of ['_dmarc.shop.test', 'mta-sts.shop.test'])
      sandbox.zone('shop.test').setRrsets(name, [{ type: 'CNAME', ttl: 300, data: [String(targets.get(name))] }])
    const history = page.getByRole('region', { name: 'History' })
    await history.getByText('Ready', { exact: false }).first().waitFor({ timeout: patienceForLooks })
    await history.getByRole('img', { name: /^State over time: .*Action needed (\d+|< 1) %/ }).waitFor()
    await page.getByRole('tab', { name: 'Records' }).click()
    const records = page.getByRole('table', { name: 'Records' }).locator('tbody')
    for (const name of ['DMARC policy', 'MTA-STS policy host', 'MTA-STS record', 'TLS reports'])
      await records.getByRole('button', { name }).click()
    const texts = await records.allInnerTexts()
    expect(texts).toHaveLength(4)
    for (const [name, target] of targets) {
      const text = texts.find((each) => each.includes(`\n${name} `) || each.includes(`\n${name}\n`)) ?? ''
      expect(text).toMatch(/Ready[\s\S]*Expected/)
      expect(text.split(target).length).toBeGreaterThan(2)
    }
    await app.electron.evaluate(({ shell }) => {
      shell.openExternal = async (url) => {
        process.env.OPENED = url
      }
    })
    await page.getByRole('button', { name: 'Policy file' }).click()
    await until(
      async () => (await app.electron.evaluate(() => process.env.OPENED)) !== undefined,
      'the browser is asked to open something',
    )
    const opened = await app.electron.evaluate(() => process.env.OPENED)
    expect(opened).toBe('https://mta-sts.shop.test/.well-known/mta-sts.txt')
    await page.getByRole('button', { name: 'Back' }).click()
    await page.getByRole('option', { name: /^shop.test *Ready/ }).waitFor()
  })

  it('of a parked domain counts the messages that are left, and offers no MTA-STS', async () => {
    const page = await app.window()
    await page.getByRole('option', { name: /^parked.test/ }).click()
    await page.getByText('Parked domain · 1,000 message credits left').waitFor()
    await page.getByRole('tab', { name: 'Policy' }).click()
    await page.getByText('A parked domain receives no mail').waitFor()
    const mtaSts = page.getByRole('article', { name: 'Hosted MTA-STS' })
    expect(await mtaSts.getByRole('button', { name: /hosting/ }).count()).toBe(0)
  })
})
