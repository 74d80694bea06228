import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DmarcReportClient } from '@dmarc-as-code/client'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessibilityViolations } from './harness/accessibility.ts'
import { hasSession, type LaunchedApp, launch } from './harness/app.ts'
import { NotificationServer } from './harness/notification-server.ts'
import { connect } from './harness/steps.ts'
import { patienceForLooks, until } from './harness/wait-until.ts'

const services = { 'newsletter.example': { messages: 12 }, 'crm.example.net': { messages: 3 } }

describe.skipIf(!hasSession)('reports', () => {
  const notifications = new NotificationServer()
  let sandbox: Sandbox
  let client: DmarcReportClient
  let app: LaunchedApp
  let page: Page
  beforeAll(async () => {
    sandbox = await createSandbox()
    client = new DmarcReportClient({ baseUrl: sandbox.apiUrl, token: sandbox.token })
    for (const address of ['example.test', 'shop.test']) {
      const wanted = { address, rua_report: true, ruf_report: false }
      const { id } = await client.domains.create(sandbox.accountId, wanted)
      const hosted = await client.domains.update(sandbox.accountId, id, { hosted_dmarc: true })
      const target = String(hosted.cname_records?.[0]?.value)
      sandbox.zone(address).setRrsets(`_dmarc.${address}`, [{ type: 'CNAME', ttl: 60, data: [target] }])
    }
    await sandbox.reports.play({ domain: 'shop.test', days: 32 })
    await sandbox.reports.play({
      domain: 'example.test',
      days: 32,
      services,
      tls: { successful: 40, failed: 1 },
    })
    await notifications.start()
    app = await launch()
    page = await app.window()
    await connect(page, sandbox)
  })
  afterAll(async () => {
    await app.dispose()
    notifications.stop()
    await sandbox.close()
  })

  const published = async (address: string) => {
    const domains = await client.domains.list().all()
    return String(domains.find((domain) => domain.address === address)?.current_dmarc_config)
  }
  const open = async (address: string) => {
    await page.getByRole('option', { name: new RegExp(`^${address}`) }).click()
    await page.getByRole('heading', { level: 1, name: address }).waitFor()
  }

  it('sort the list: which domain can move on, and which has senders to answer for', async () => {
    const group = (name: string) => page.getByRole('group', { name, exact: true })
    const row = (name: string, of: string) => group(of).getByRole('option', { name: new RegExp(`^${name}`) })
    await row('shop.test', 'Can move on').getByText('Ready for quarantine').waitFor({ timeout: patienceForLooks })
    await row('example.test', 'Watching').getByText('2 senders to answer').waitFor({ timeout: patienceForLooks })
    await open('shop.test')
    await page.getByText('shop.test is ready for quarantine.').waitFor()
    // One filled button on a screen: the header's leads to the evidence, where it stands beside it.
    await page.getByRole('button', { name: 'Move to quarantine…' }).click()
    await page.getByRole('region', { name: 'Conditions' }).getByText('32 days at none').waitFor()
    expect(await page.locator('.button.primary').count()).toBe(1)
    await page.getByRole('button', { name: 'Back' }).click()
  })

  it('draw a month by class of source, without a barrier that axe can find', async () => {
    await open('example.test')
    // The month stands below the records, too, where people look first.
    await page.getByRole('region', { name: 'Last 30 days' }).locator('canvas').waitFor()
    for (const theme of ['light', 'dark'] as const) expect(await accessibilityViolations(app, page, theme)).toEqual([])
    await page.getByRole('tab', { name: 'Reports' }).click()
    await page.locator('.report-chart canvas').waitFor()
    // Each class is somewhere on the canvas in its own colour.
    const missing = await page.evaluate<string[]>(`(() => {
      const canvas = document.querySelector('.day-bars canvas')
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
      const seen = new Set()
      for (let at = 0; at < data.length; at += 4) seen.add(data[at] + ', ' + data[at + 1] + ', ' + data[at + 2])
      return [...document.querySelectorAll('.legend .swatch')]
        .map((swatch) => getComputedStyle(swatch).backgroundColor.replace(/rgb\\(|\\)/g, ''))
        .filter((colour) => !seen.has(colour))
    })()`)
    expect(missing).toEqual([])
    for (const theme of ['light', 'dark'] as const) expect(await accessibilityViolations(app, page, theme)).toEqual([])
  })

  it('lead from the senders to answer to the next policy, with its effect first', async () => {
    await page.getByText('Say whose 2 senders are, and example.test is ready for quarantine.').waitFor()
    for (const name of Object.keys(services)) {
      await page
        .getByRole('group', { name: `Is ${name} yours?` })
        .getByRole('button', { name: 'Not mine' })
        .click()
      await page.getByRole('button', { name: `Take back the answer to ${name}` }).waitFor()
    }
    const next = page.getByRole('region', { name: 'example.test is ready for quarantine.' })
    await next.getByRole('button', { name: 'Move to quarantine…' }).click()
    await page.getByRole('table', { name: 'Effect on mail' }).getByText('spam folder').first().waitFor()
    expect(await published('example.test')).toContain('p=none')
    await page.getByRole('button', { name: 'Move to quarantine', exact: true }).click()
    await page.getByRole('group', { name: /^Move example.test/ }).waitFor({ state: 'detached' })
    expect(await published('example.test')).toContain('p=quarantine')
  })

  it('alert once about a new sender: by a notification, and under Activity', async () => {
    await app.close()
    await sandbox.reports.play({ domain: 'shop.test', days: 32, services: { 'crm.example.net': { messages: 3 } } })
    // As if some hours had passed.
    const file = join(app.userData, 'evidence.json')
    const kept = JSON.parse(readFileSync(file, 'utf8'))
    for (const each of Object.values<{ at: number }>(kept.domains)) each.at = 0
    writeFileSync(file, JSON.stringify(kept))
    app = await launch({ userData: app.userData })
    page = await app.window()
    await page.getByRole('button', { name: 'Activity' }).click()
    const title = 'shop.test: whose is a new sender?'
    await until(() => notifications.seen.length > 0, 'a notification is shown', patienceForLooks)
    expect(notifications.seen).toMatchObject([
      { summary: title, body: 'crm.example.net sends as this domain. Say whether it is yours.' },
    ])
    await page.getByText('Alerts', { exact: true }).click()
    await page.getByRole('list', { name: 'Alerts' }).getByText(title).waitFor()
  })
})
