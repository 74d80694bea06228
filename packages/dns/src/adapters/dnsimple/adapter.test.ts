import { describe, expect, it, onTestFinished } from 'vitest'
import { startDnsimple } from '../../../../../test-support/dns-services/dnsimple.ts'
import { adapterContract } from '../../../test/adapter-contract.ts'
import { contractSets } from '../../../test/contract-sets.ts'
import { thereAndBack } from '../../../test/there-and-back.ts'
import { dnsimpleAdapter } from './adapter.ts'

const zone = 'example.test'
const sets = contractSets(zone)

async function start(options = {}, token?: string, more = {}) {
  const service = await startDnsimple([{ name: zone, sets }], options)
  onTestFinished(() => service.close())
  const config = { type: 'dnsimple', baseUrl: service.url, token: token ?? service.token, ...more } as const
  const pauses: number[] = []
  const sleep = async (milliseconds: number) => void pauses.push(milliseconds)
  return { service, pauses, adapter: dnsimpleAdapter(config, { sleep, clock: () => Date.UTC(2026, 0, 1) }) }
}

describe('DNSimple', () => {
  describe.each([100, 2])('with %i records on a page', (pageLimit) => {
    adapterContract(async () => {
      const { service, adapter } = await start({ pageLimit })
      return { adapter, zone, dump: async () => service.dump(zone), close: async () => {} }
    })
  })

  it('puts back regions, and does not leave them to the CNAME', async () => {
    const name = `_smtp._tls.${zone}`
    const there = sets.map((set) => (set.name === name ? { ...set, native: { regions: ['SV1', 'ORD'] } } : set))
    const service = await startDnsimple([{ name: zone, sets: there }])
    onTestFinished(() => service.close())
    const adapter = dnsimpleAdapter({ type: 'dnsimple', baseUrl: service.url, token: service.token })
    const before = service.dump(zone)
    await thereAndBack(adapter, [name], () => {
      expect(service.dump(zone)).toContain(`${name}. 300 IN CNAME k.test.`)
    })
    expect(service.dump(zone)).toEqual(before)
  })

  it('touches no record that the service keeps itself', async () => {
    const name = `mta-sts.${zone}`
    const kept = { name, type: 'TXT', ttl: 300, values: ['"ALIAS for other.test"'], native: { system_record: true } }
    const service = await startDnsimple([{ name: zone, sets: [kept] }])
    onTestFinished(() => service.close())
    const adapter = dnsimpleAdapter({ type: 'dnsimple', baseUrl: service.url, token: service.token })
    const before = service.dump(zone)
    await expect(thereAndBack(adapter, [name])).rejects.toThrow(/kept by DNSimple itself/)
    expect(service.dump(zone)).toEqual(before)
  })

  it('refuses the token of a user, unless the account is named', async () => {
    const { adapter } = await start({ user: true })
    await expect(adapter.findZone(zone)).rejects.toMatchObject({ kind: 'configuration', message: /belongs to a user/ })
    const { adapter: named } = await start({ user: true }, undefined, { account: '1010' })
    expect(await named.findZone(zone)).toMatchObject({ name: zone })
  })

  it('says in its own words that a plan of the customer lacks something, and waits until the limit is over', async () => {
    const { service, adapter, pauses } = await start()
    service.failNext({ status: 412, body: { message: 'Batch is not available on your plan' } })
    await expect(adapter.findZone(zone)).rejects.toMatchObject({
      kind: 'refused',
      message: /not available on your plan/,
    })
    const headers = { 'x-ratelimit-reset': `${Date.UTC(2026, 0, 1) / 1000 + 20}` }
    service.failNext({ status: 429, headers, body: { message: 'quota exceeded' } })
    expect(await adapter.findZone(zone)).toMatchObject({ name: zone })
    expect(pauses.map((pause) => Math.floor(pause / 1000))).toEqual([20])
  })

  it('fails on wrong credentials without showing them', async () => {
    const { adapter } = await start({}, 'canary-token')
    const failed = await adapter.findZone(zone).catch((error: Error) => error)
    expect(failed).toMatchObject({ kind: 'unauthorised' })
    expect(JSON.stringify(failed) + (failed as Error).stack).not.toContain('canary')
  })
})
