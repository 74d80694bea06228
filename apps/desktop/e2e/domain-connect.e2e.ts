import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasSession, type LaunchedApp, launch } from './harness/app.ts'
import { addDomain, connect } from './harness/steps.ts'
import { patienceForLooks, until } from './harness/wait-until.ts'

const template = '/v2/domainTemplates/providers/hosted.test/services/mail-authentication'

/** The zones' name servers are those of a known service without an API of ours; its web server is on this computer. */
describe.skipIf(!hasSession)('a DNS service with Domain Connect', () => {
  let sandbox: Sandbox
  let web: Server
  let asked: string[]
  let app: LaunchedApp
  let page: Page
  beforeAll(async () => {
    sandbox = await createSandbox()
    for (const zone of ['example.test', 'shop.test']) {
      const names = ['ns51.domaincontrol.com', 'ns52.domaincontrol.com']
      sandbox.zone(zone).setRrsets(zone, [
        { type: 'NS', ttl: 300, data: names },
        { type: 'TXT', ttl: 300, data: ['v=spf1 -all'] },
      ])
    }
    sandbox
      .zone('example.test')
      .setRrsets('_domainconnect.example.test', [{ type: 'TXT', ttl: 60, data: ['connect.provider.test'] }])
    asked = []
    const settings = {
      providerId: 'provider.test',
      providerName: 'Provider',
      urlSyncUX: 'https://ux.provider.test',
      urlAPI: 'https://api.provider.test',
    }
    const answers: Record<string, object> = { '/v2/example.test/settings': settings, [template]: {} }
    web = createServer((request, response) => {
      const { host } = request.headers
      asked.push(`${request.headers['x-asked-host'] ?? host}${request.url}`)
      const answer = answers[String(request.url)]
      response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(answer ?? {}))
    })
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve))
    app = await launch()
    page = await app.window()
    // The service's names are not in the world's DNS: they lead to this computer. And no browser is opened.
    await app.electron.evaluate(
      ({ shell }, port) => {
        const real = globalThis.fetch
        globalThis.fetch = (input, init) => {
          const { hostname, pathname } = new URL(String(input))
          if (!hostname.endsWith('.provider.test')) return real(input, init)
          return real(`http://127.0.0.1:${port}${pathname}`, {
            ...init,
            headers: { ...(init?.headers as Record<string, string>), 'x-asked-host': hostname },
          })
        }
        shell.openExternal = async (url) => {
          process.env.OPENED = url
        }
      },
      (web.address() as AddressInfo).port,
    )
    await connect(page, sandbox)
    await page.getByRole('heading', { name: 'No domains yet' }).waitFor()
  })
  afterAll(async () => {
    await app.dispose()
    await new Promise((resolve) => web.close(resolve))
    await sandbox.close()
  })

  const openPlan = async (address: string) => {
    await addDomain(page, address)
    await page.getByRole('button', { name: 'Fix 1 record\u2026' }).click()
    await page.getByText('The zone is hosted by GoDaddy.').waitFor()
    await page.getByRole('button', { name: 'Add the records manually' }).click()
    await page.getByRole('button', { name: 'I have added them' }).waitFor()
  }
  const opened = () => app.electron.evaluate(() => process.env.OPENED)

  it('leads to its page, and what that adds is seen', async () => {
    await openPlan('example.test')
    await page.getByRole('button', { name: 'Add the records at GoDaddy' }).click()
    await until(async () => (await opened()) !== undefined, 'the browser is asked to open something')
    expect(asked).toEqual(['connect.provider.test/v2/example.test/settings', `api.provider.test${template}`])
    const link = new URL(String(await opened()))
    expect(`${link.origin}${link.pathname}`).toBe(`https://ux.provider.test${template}/apply`)
    expect([...link.searchParams.keys()]).toEqual(['domain', 'label'])
    expect(link.searchParams.get('domain')).toBe('example.test')
    // The person says yes there, and the service fills the template in.
    const target = `${link.searchParams.get('label')}.dmarc.${sandbox.hostedZone}`
    sandbox.zone('example.test').setRrsets('_dmarc.example.test', [{ type: 'CNAME', ttl: 300, data: [target] }])
    await page.getByRole('button', { name: 'I have added them' }).click()
    await page.getByText('1 record is right already').waitFor({ timeout: patienceForLooks })
    await page.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('option', { name: /^example.test *Ready/ }).waitFor({ timeout: patienceForLooks })
  })

  it('is not offered for a zone that does not point to it', async () => {
    const before = asked.length
    await openPlan('shop.test')
    expect(await page.getByRole('button', { name: /^Add the records at/ }).count()).toBe(0)
    expect(asked).toHaveLength(before)
  })
})
