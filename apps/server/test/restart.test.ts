import { Resolver } from 'node:dns/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { startServer } from '../src/app/start-server.ts'
import { parseConfig } from '../src/config/load-config.ts'
import { describeEngines } from './engines.ts'
import { createTenant, type Tenant } from './start-test-server.ts'

describeEngines('a restarted server', (fresh) => {
  let location: string
  let tenant: Tenant | undefined
  let stop: (() => Promise<void>) | undefined

  beforeEach(async () => {
    location = await fresh()
    tenant = undefined
  })
  afterEach(() => stop?.())

  async function start(reports: { host?: string } = {}) {
    await stop?.()
    const config = parseConfig({
      api: { port: 0 },
      store: location,
      hostedZone: {
        name: 'hosting.test',
        nameServers: [{ name: 'ns1.hosting.test', ipv4: ['127.0.0.1'] }],
        listen: { port: 0 },
      },
      reports,
      policyHost: { listen: { port: 0 }, addresses: { ipv4: ['127.0.0.1'] } },
      verification: { recursors: [] },
      network: { allowPrivate: true },
      log: 'silent',
    })
    const server = await startServer(config)
    stop = server.close
    tenant ??= await createTenant(server.store, 'owner@example.com')
    const { accountId, token } = tenant
    const resolver = new Resolver({ timeout: 2000, tries: 2 })
    resolver.setServers([`${server.dns?.address}:${server.dns?.port}`])
    return {
      txt: async (name: string) => (await resolver.resolveTxt(name)).map((strings) => strings.join('')),
      addresses: (name: string) => resolver.resolve4(name),
      async call(method: string, path: string, domain?: object) {
        const response = await fetch(`${server.apiUrl}/v2/accounts/${accountId}/${path}`, {
          method,
          headers: { authorization: `Token token=${token}`, 'content-type': 'application/json' },
          ...(domain ? { body: JSON.stringify({ domain }) } : {}),
        })
        return (await response.json()) as {
          id: number
          current_dmarc_config: string
          cname_records: { record: string; value: string }[]
        }
      },
    }
  }

  const hosting = {
    hosted_dmarc: true,
    hosted_mta_sts: true,
    mta_sts_policy: { mode: 'enforce', mx: 'mx.example.net', mx_age: 7 },
  }

  async function createHosted(server: Awaited<ReturnType<typeof start>>) {
    const flags = { rua_report: true, ruf_report: true, mta_sts_report: true }
    const { id } = await server.call('POST', 'domains.json', { address: 'example.test', ...flags })
    const domain = await server.call('PUT', `domains/${id}.json`, hosting)
    const targets = Object.fromEntries(domain.cname_records.map(({ record, value }) => [record, value]))
    const target = (record: string) => targets[record] ?? ''
    await expect.poll(() => server.txt(target('mta_sts')).catch(() => [])).toHaveLength(1)
    return { domain, target }
  }

  it('serves the whole hosted zone from its first answer', async () => {
    const before = await start()
    const { target } = await createHosted(before)
    const answers = (server: typeof before) =>
      Promise.all([
        server.txt(target('dmarc')),
        server.txt(target('mta_sts')),
        server.txt(target('tls_rpt')),
        server.addresses(target('policy')),
        server.txt('anything.example._report._dmarc.reports.hosting.test'),
      ])
    const first = await answers(before)
    expect(await answers(await start())).toEqual(first)
  })

  it('applies a new report host to domains hosted before', async () => {
    const before = await start()
    const { domain, target } = await createHosted(before)
    const after = await start({ host: 'reports.example.org' })
    const shown = await after.call('GET', `domains/${domain.id}.json`)
    expect(shown.current_dmarc_config).toContain('.a@reports.example.org')
    await expect.poll(() => after.txt(target('dmarc'))).toEqual([shown.current_dmarc_config])
    await expect.poll(async () => (await after.txt(target('tls_rpt'))).join()).toContain('@reports.example.org')
  })
})
