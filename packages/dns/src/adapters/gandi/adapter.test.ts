import { describe, expect, it, onTestFinished } from 'vitest'
import { startGandi } from '../../../../../test-support/dns-services/gandi.ts'
import type { ZoneRecords } from '../../../../../test-support/zone-dump.ts'
import { adapterContract } from '../../../test/adapter-contract.ts'
import { contractSets } from '../../../test/contract-sets.ts'
import { thereAndBack, zoneOf } from '../../../test/there-and-back.ts'
import { gandiAdapter } from './adapter.ts'

const zone = 'example.test'
const sets: ZoneRecords[] = contractSets(zone, 3600)

async function start(zones = [{ name: zone, sets }], token?: string) {
  const service = await startGandi(zones)
  onTestFinished(() => service.close())
  const config = { type: 'gandi', baseUrl: service.url, token: token ?? service.token } as const
  return { service, adapter: gandiAdapter(config, { sleep: async () => {} }) }
}

describe('Gandi', () => {
  adapterContract(async () => {
    const { service, adapter } = await start()
    return { adapter, zone, dump: async () => service.dump(zone), close: async () => {} }
  })

  it('replaces everything at a name in one request', async () => {
    const { service, adapter } = await start()
    await thereAndBack(adapter, [`mta-sts.${zone}`], () => {
      expect(service.requests.map(({ method }) => method).filter((method) => method !== 'GET')).toEqual(['PUT'])
    })
  })

  it('finds and puts back a name that is stored with capitals', async () => {
    const name = `_dmarc.${zone}`
    const spelt = { name, type: 'TXT', ttl: 300, values: ['"v=DMARC1; p=none"'], native: { label: '_DMARC' } }
    const { service, adapter } = await start([{ name: zone, sets: [spelt] }])
    const before = service.dump(zone)
    await thereAndBack(adapter, [name])
    expect(service.dump(zone)).toEqual(before)
  })

  it('takes what came in between for a change, and changes nothing', async () => {
    const { service, adapter } = await start()
    const before = service.dump(zone)
    const name = `new.${zone}`
    service.failNext({ status: 409, body: { code: 409, message: 'A DNS Record already exists' } }, 1, 'POST')
    const after = [{ name, type: 'CNAME', ttl: 300, values: ['k.test.'] }]
    const attempt = adapter.write(await zoneOf(adapter, zone), [{ name, before: [], after }])
    await expect(attempt).rejects.toMatchObject({ kind: 'changed', message: /already exists/ })
    expect(service.dump(zone)).toEqual(before)
  })

  it('knows the name servers of a zone', async () => {
    const { adapter } = await start()
    expect(await adapter.nameServers?.(await zoneOf(adapter, zone))).toContain('ns-1-a.gandi.net')
  })

  it('fails on wrong credentials without showing them', async () => {
    const { adapter } = await start(undefined, 'canary-token')
    const failed = await adapter.findZone(zone).catch((error: Error) => error)
    expect(failed).toMatchObject({ kind: 'unauthorised' })
    expect(JSON.stringify(failed) + (failed as Error).stack).not.toContain('canary')
  })
})
