import { DmarcReportClient } from '@dmarc-as-code/client'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasSession, type LaunchedApp, launch } from './harness/app.ts'
import { connect, enterTsigKey, undoWithReason } from './harness/steps.ts'
import { patienceForLooks } from './harness/wait-until.ts'
import { withoutSerial } from './harness/without-serial.ts'

type Rrset = Parameters<ReturnType<Sandbox['zone']>['setRrsets']>[1][number]

const zones = ['example.test', 'shop.test', 'agency.test']
/** In the order they are written; the second is the one that fails. */
const addresses = ['example.test', 'news.agency.test', 'shop.test', 'agency.test']
const oldTxt: Rrset = { type: 'TXT', ttl: 3600, data: ['v=DMARC1; p=none; rua=mailto:old@agency.test'] }

describe.skipIf(!hasSession)('several domains at once', () => {
  let sandbox: Sandbox
  let app: LaunchedApp
  const targets = new Map<string, string>()
  beforeAll(async () => {
    sandbox = await createSandbox()
    const client = new DmarcReportClient({ baseUrl: sandbox.apiUrl, token: sandbox.token })
    for (const address of addresses) {
      const { id } = await client.domains.create(sandbox.accountId, { address, rua_report: true, ruf_report: false })
      const hosted = await client.domains.update(sandbox.accountId, id, { hosted_dmarc: true })
      targets.set(address, String(hosted.cname_records?.[0]?.value))
    }
    put('shop.test', '_dmarc.shop.test', { type: 'CNAME', ttl: 300, data: [String(targets.get('shop.test'))] })
    put('agency.test', '_dmarc.agency.test', oldTxt)
    app = await launch()
  })
  afterAll(async () => {
    await app.dispose()
    await sandbox.close()
  })

  const put = (zone: string, name: string, rrset: Rrset) => sandbox.zone(zone).setRrsets(name, [rrset])
  const dumps = () => zones.map((zone) => withoutSerial(sandbox.zone(zone).dump()))
  const at = (name: string) => dumps().flatMap((dump) => dump.split('\n').filter((line) => line.startsWith(`${name} `)))
  const card = (page: Page, title: string) => page.getByRole('article', { name: title, exact: true })

  it('are planned together, written each for itself, and one that fails holds up no other', async () => {
    const page = await app.window()
    await connect(page, sandbox)
    await page.getByRole('option', { name: /^shop.test *Ready/ }).waitFor({ timeout: patienceForLooks })
    await page.getByRole('button', { name: 'Select several' }).click()
    for (const address of addresses) await page.getByRole('option', { name: new RegExp(`^${address}`) }).click()
    const untouched = dumps()
    await page.getByRole('button', { name: 'Apply CNAMEs of 4' }).click()

    await page.getByText('3 more domains need credentials').waitFor()
    await enterTsigKey(page, sandbox)
    await card(page, 'example.test').getByText('Will be created').waitFor()
    await card(page, 'shop.test').getByText('1 record is right already').waitFor()
    await card(page, 'agency.test').getByText('Will be replaced').waitFor()
    await card(page, 'news.agency.test').getByText('Will be created').waitFor()
    expect(dumps()).toEqual(untouched)

    // Somebody else writes to one of the names while the plan is on screen.
    put('agency.test', '_dmarc.news.agency.test', { type: 'TXT', ttl: 60, data: ['v=DMARC1; p=reject'] })
    const before = dumps()
    await page.getByRole('button', { name: 'Apply 3 records' }).click()
    await page.getByText('3 of 4 records verified.').waitFor({ timeout: patienceForLooks })

    for (const written of ['example.test', 'agency.test']) {
      await card(page, written).getByText('Verified').waitFor()
      expect(at(`_dmarc.${written}.`)).toEqual([expect.stringContaining(`CNAME ${targets.get(written)}`)])
    }
    await card(page, 'news.agency.test').getByRole('heading', { name: 'The zone changed' }).waitFor()
    await card(page, 'news.agency.test').getByText('Not changed').waitFor()
    expect(at('_dmarc.news.agency.test.')).toEqual([expect.stringContaining('p=reject')])

    await undoWithReason(page)
    await page.getByText('The previous records are restored.').waitFor()
    expect(dumps()).toEqual(before)
    await card(page, 'example.test').getByText('Restored').waitFor()
    await card(page, 'agency.test').getByText('Restored').waitFor()
  })
})
