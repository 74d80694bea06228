import { describe, expect, it, onTestFinished } from 'vitest'
import { startNs1 } from '../../../../../test-support/dns-services/ns1.ts'
import { adapterContract } from '../../../test/adapter-contract.ts'
import { contractSets } from '../../../test/contract-sets.ts'
import { thereAndBack, zoneOf } from '../../../test/there-and-back.ts'
import { ns1Adapter } from './adapter.ts'

const zone = 'example.test'
const sets = contractSets(zone)

async function start(zones: Parameters<typeof startNs1>[0] = [{ name: zone, sets }], apiKey?: string) {
  const service = await startNs1(zones)
  onTestFinished(() => service.close())
  const config = { type: 'ns1', baseUrl: service.url, apiKey: apiKey ?? service.apiKey } as const
  const pauses: number[] = []
  const sleep = async (milliseconds: number) => void pauses.push(milliseconds)
  return { service, pauses, adapter: ns1Adapter(config, { sleep }) }
}

describe('NS1', () => {
  adapterContract(async () => {
    const { service, adapter } = await start()
    return { adapter, zone, dump: async () => service.dump(zone), close: async () => {} }
  })

  it('puts back filters, regions and metadata', async () => {
    const name = `mta-sts.${zone}`
    const native = {
      filters: [{ filter: 'up', config: {} }],
      regions: { eu: { meta: { up: true } } },
      meta: { weight: 3 },
    }
    const { service, adapter } = await start([
      { name: zone, sets: [{ name, type: 'A', ttl: 60, values: ['192.0.2.8'], native }] },
    ])
    const before = service.dump(zone)
    await thereAndBack(adapter, [name])
    expect(service.dump(zone)).toEqual(before)
  })

  it('touches no link to another record', async () => {
    const name = `mta-sts.${zone}`
    const linked = { name, type: 'A', ttl: 60, values: ['192.0.2.8'], native: { link: 'other.test' } }
    const { service, adapter } = await start([{ name: zone, sets: [linked] }])
    const before = service.dump(zone)
    await expect(thereAndBack(adapter, [name])).rejects.toThrow(/link to another record/)
    expect(service.dump(zone)).toEqual(before)
  })

  it('never creates over what came in between', async () => {
    const { service, adapter } = await start()
    const before = service.dump(zone)
    const name = `new.${zone}`
    service.failNext({ status: 400, body: { message: 'record already exists' } }, 1, 'PUT')
    const after = [{ name, type: 'CNAME', ttl: 300, values: ['k.test.'] }]
    const attempt = adapter.write(await zoneOf(adapter, zone), [{ name, before: [], after }])
    await expect(attempt).rejects.toMatchObject({ kind: 'changed', message: /already exists/ })
    expect(service.dump(zone)).toEqual(before)
  })

  it('leaves out zones that are copied from elsewhere or linked to another', async () => {
    const { adapter } = await start([
      { name: zone, secondary: true, sets: [] },
      { name: 'linked.test', link: zone, sets: [] },
    ])
    expect(await adapter.findZone(zone)).toBeUndefined()
    expect(await adapter.findZone('linked.test')).toBeUndefined()
  })

  it('waits for its turn as the bucket of requests fills', async () => {
    const { service, adapter, pauses } = await start()
    const headers = { 'x-ratelimit-limit': '100', 'x-ratelimit-period': '300', 'x-ratelimit-remaining': '0' }
    service.failNext({ status: 429, headers, body: { message: 'rate limit exceeded' } })
    expect(await adapter.findZone(zone)).toMatchObject({ name: zone })
    expect(pauses.map((pause) => Math.floor(pause / 1000))).toEqual([3])
  })

  it('fails on wrong credentials without showing them', async () => {
    const { adapter } = await start(undefined, 'canary-key')
    const failed = await adapter.findZone(zone).catch((error: Error) => error)
    expect(failed).toMatchObject({ kind: 'unauthorised' })
    expect(JSON.stringify(failed) + (failed as Error).stack).not.toContain('canary')
  })
})
