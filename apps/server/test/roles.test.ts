import { Resolver } from 'node:dns/promises'
import { afterEach, expect, it } from 'vitest'
import { type RunningRoles, startRoles } from '../src/app/start-server.ts'
import { parseConfig } from '../src/config/load-config.ts'
import { describeEngines } from './engines.ts'
import { createTenant } from './start-test-server.ts'

describeEngines('a server in parts', (fresh) => {
  const parts: RunningRoles[] = []
  afterEach(async () => {
    for (const part of parts.splice(0).reverse()) await part.close()
  })

  async function start(store: string, roles: string): Promise<RunningRoles> {
    const config = parseConfig({
      roles,
      store,
      api: { port: 0 },
      hostedZone: {
        name: 'hosting.test',
        nameServers: [{ name: 'ns1.hosting.test', ipv4: ['127.0.0.1'] }],
        listen: { port: 0 },
      },
      policyHost: { listen: { port: 0 }, addresses: { ipv4: ['127.0.0.1'] } },
      verification: { recursors: [] },
      network: { allowPrivate: true },
      log: 'silent',
    })
    const part = await startRoles(config)
    parts.push(part)
    return part
  }

  function ask({ dns }: RunningRoles) {
    const resolver = new Resolver({ timeout: 2000, tries: 2 })
    resolver.setServers([`${dns?.address}:${dns?.port}`])
    return {
      txt: (name: string) => resolver.resolveTxt(name).then((texts) => texts.flat().join(''), String),
      serial: async () => (await resolver.resolveSoa('hosting.test')).serial,
    }
  }

  it('publishes what the API takes through workers and two responders of their own', async () => {
    const location = await fresh()
    const first = await start(location, 'dns')
    const api = await start(location, 'api')
    await start(location, 'workers, policy')
    const second = await start(location, 'dns')
    expect(first.apiUrl).toBeUndefined()
    expect(api.dns).toBeUndefined()
    expect(api.policyHost).toBeUndefined()

    const { accountId, token } = await createTenant(api.store, 'owner@example.com')
    const call = async (method: string, path: string, domain: object) => {
      const response = await fetch(`${api.apiUrl}/v2/accounts/${accountId}/${path}`, {
        method,
        headers: { authorization: `Token token=${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ domain }),
      })
      return (await response.json()) as { id: number; current_dmarc_config: string; cname_records: { value: string }[] }
    }
    const { id } = await call('POST', 'domains.json', { address: 'example.test', rua_report: true, ruf_report: true })
    const domain = await call('PUT', `domains/${id}.json`, { hosted_dmarc: true })
    const [record] = domain.cname_records
    const responders = [ask(first), ask(second)]
    for (const responder of responders) {
      await expect.poll(() => responder.txt(record?.value ?? '')).toBe(domain.current_dmarc_config)
    }
    const [one, two] = await Promise.all(responders.map(({ serial }) => serial()))
    expect(one).toBe(two)
  }, 60_000)
})
