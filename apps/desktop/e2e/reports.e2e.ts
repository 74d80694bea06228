import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FakeReports } from '../test/fake-reports.ts'
import { accessibilityViolations } from './harness/accessibility.ts'
import { hasSession, type LaunchedApp, launch } from './harness/app.ts'
import { connect } from './harness/steps.ts'

const record = 'v=DMARC1; p=none; rua=mailto:x@in.example'

describe.skipIf(!hasSession)('the reports of a domain', () => {
  const fake = new FakeReports()
  let published = record
  let server: Server
  let app: LaunchedApp
  let page: Page
  beforeAll(async () => {
    server = createServer(async (request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://x')
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : undefined
      const answer = answerOf(String(request.method), pathname, searchParams, body)
      response.writeHead(answer?.status ?? 404, { 'content-type': 'application/json' })
      response.end(JSON.stringify(answer?.body ?? { error: 'Not Found' }))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    app = await launch()
    page = await app.window()
    const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    await connect(page, { apiUrl, token: 'x', stubZones: [] })
    await page.getByRole('option', { name: /^spring.example/ }).click()
    await page.getByRole('tab', { name: 'Reports' }).click()
  })
  afterAll(async () => {
    await app.dispose()
    server.closeAllConnections()
    server.close()
  })

  function answerOf(method: string, path: string, query: URLSearchParams, body: unknown) {
    const ok = (answer: unknown) => ({ status: 200, body: answer })
    const own = '/v2/accounts/1/domains/1'
    if (path === '/v2/capabilities') return ok({ extensions: ['hosting_in_lists', 'reports'], version: '1' })
    if (path === '/v2/accounts') return ok({ note: '', owned_accounts: [account], accounts: [] })
    if (path === '/v2/all_domains.json') return ok({ domains: [domain()] })
    if (method === 'GET' && path === `${own}.json`) return ok(domain())
    if (method !== 'GET' && path === `${own}.json`) {
      published = (body as { domain: { hosted_dmarc_config: string } }).domain.hosted_dmarc_config
      return ok(domain())
    }
    return path.startsWith(own) ? fake.answer(method, path.slice(own.length), query, body) : undefined
  }

  const account = { id: 1, title: 'Main', slug: 'main', user_id: 1 }
  const domain = () => ({
    id: 1,
    user_id: 1,
    account_id: 1,
    address: fake.domain,
    slug: 'spring-example',
    rua_report: true,
    ruf_report: false,
    mta_sts_report: true,
    dmarc_status: 'dmarc_active',
    mta_sts_status: 'mta_sts_inactive',
    parked_domain: false,
    created_at: '2026-01-01T00:00:00.000Z',
    updated_at: '2026-01-01T00:00:00.000Z',
    tags: [],
    hosted_dmarc: true,
    hosted_mta_sts: false,
    default_dmarc_record: record,
    current_dmarc_config: published,
    cname_records: [
      {
        service: 'hosted_dmarc',
        record: 'dmarc',
        type: 'CNAME',
        name: `_dmarc.${fake.domain}`,
        value: 'k1.dmarc.hosted.example',
        status: 'verified',
        reason: null,
        checked_at: '2026-03-01T00:00:00.000Z',
      },
    ],
  })

  it('draw a month by class of source, without a barrier that axe can find', async () => {
    await page.locator('.day-bars canvas').waitFor()
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
    await page.getByText('Say whose 2 senders are, and spring.example is ready for quarantine.').waitFor()
    await page
      .getByRole('group', { name: 'Is newsletter-service.example yours?' })
      .getByRole('button', { name: 'Not mine' })
      .click()
    await page
      .getByRole('group', { name: 'Is crm.example.net yours?' })
      .getByRole('button', { name: 'Mine', exact: true })
      .click()
    await page.getByRole('button', { name: 'Presume not mine' }).click()
    await page.getByText('spring.example is ready for quarantine.', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Move to quarantine…' }).click()
    await page.getByRole('table', { name: 'Effect on mail' }).getByText('spam folder').first().waitFor()
    expect(published).toBe(record)
    await page.getByRole('button', { name: 'Move to quarantine', exact: true }).click()
    await page.getByRole('group', { name: /^Move spring.example/ }).waitFor({ state: 'detached' })
    expect(published).toContain('p=quarantine')
  })
})
