import { randomBytes } from 'node:crypto'
import { createAdapter } from '@dmarc-as-code/dns/adapters'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DnsDaemon, startBind } from '../../../test-support/bind.ts'
import { hasPrograms } from '../../../test-support/programs.ts'
import { addCnames, type CustomerDns, startCustomerDns } from './customer-dns.ts'
import { startTestServer, type TestServer } from './start-test-server.ts'

const key = { name: 'hosting', algorithm: 'hmac-sha256' as const, secret: randomBytes(32).toString('base64') }

describe.skipIf(!hasPrograms('named'))('the hosted zone in BIND, published by RFC 2136', () => {
  let bind: DnsDaemon
  let customer: CustomerDns
  let server: TestServer
  let path: string

  beforeAll(async () => {
    bind = await startBind({ zones: [{ name: 'hosting.test', records: [] }], keys: [key] })
    customer = await startCustomerDns('example.test')
    server = await startTestServer({
      stubZones: [customer.stubZone, { zone: 'hosting.test', servers: [{ address: bind.address, port: bind.port }] }],
      config: {
        hostedZone: {
          name: 'hosting.test',
          service: { type: 'rfc2136', server: bind.address, port: bind.port, key },
        },
      },
    })
    path = `/v2/accounts/${server.owner.accountId}/domains`
  })
  afterAll(async () => {
    await server?.close()
    await customer?.close()
    await bind?.close()
  })

  const inBind = async (...names: string[]) => {
    const adapter = await createAdapter({ type: 'rfc2136', server: bind.address, port: bind.port, key })
    const sets = await adapter.read({ id: 'hosting.test', name: 'hosting.test' }, names)
    await adapter.close?.()
    return sets.map(({ type, values }) => `${type} ${values.join(' ')}`).sort()
  }

  it('gets the authorisation of the report host at startup', async () => {
    await expect
      .poll(() => inBind('*._report._dmarc.reports.hosting.test'), { timeout: 10_000 })
      .toEqual(['TXT "v=DMARC1;"'])
  })

  it('brings a domain to ready', async () => {
    const domain = { address: 'example.test', rua_report: true, ruf_report: true, mta_sts_report: true }
    const { id } = (await server.call('POST', `${path}.json`, { domain })).body
    const mta_sts_policy = { mode: 'enforce', mx: 'mx.example.test', mx_age: 7 }
    const { body } = await server.call('PUT', `${path}/${id}.json`, {
      domain: { hosted_dmarc: true, hosted_mta_sts: true, mta_sts_policy },
    })
    addCnames(customer, body.cname_records)
    const overall = async (service: string) =>
      (await server.call('POST', `${path}/${id}/verify_hosted_${service}.json`)).body.overall_status
    await expect.poll(() => overall('dmarc'), { timeout: 15_000 }).toBe('ready')
    await expect.poll(() => overall('mta_sts'), { timeout: 15_000 }).toBe('ready')
  })

  it('follows a change and removes records that are no longer hosted', async () => {
    const { body } = await server.call('GET', `${path}/example-test.json`)
    const names = body.cname_records.map((record: { value: string }) => record.value)
    expect(await inBind(...names)).toHaveLength(4)
    const record = body.default_dmarc_record.replace('p=none', 'p=reject')
    await server.call('PUT', `${path}/example-test.json`, { domain: { hosted_dmarc_config: record } })
    await expect.poll(() => inBind(names[0]), { timeout: 10_000 }).toEqual([`TXT "${record}"`])
    await server.call('PUT', `${path}/example-test.json`, { domain: { hosted_dmarc: false } })
    await expect.poll(() => inBind(names[0]), { timeout: 10_000 }).toEqual([])
  })

  it('fails to start without a name server or service, or with an unknown service', async () => {
    const start = (hostedZone: object) =>
      startTestServer({ config: { hostedZone: { name: 'hosting.test', ...hostedZone } } })
    await expect(start({})).rejects.toThrow('hostedZone.nameServers')
    await expect(start({ service: { type: 'carrier-pigeon' } })).rejects.toThrow(
      /hostedZone\.service: The given type is not a known DNS service\. Set type to one of [\w, ]*route53[\w, ]*\.$/m,
    )
  })
})
