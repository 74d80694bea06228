import { describe, expect, it, onTestFinished } from 'vitest'
import { startScaleway } from '../../../../../test-support/dns-services/scaleway.ts'
import { adapterContract } from '../../../test/adapter-contract.ts'
import { contractSets } from '../../../test/contract-sets.ts'
import { thereAndBack, zoneOf } from '../../../test/there-and-back.ts'
import { scalewayAdapter } from './adapter.ts'

const zone = 'example.test'
const sets = contractSets(zone)

async function start(options = {}, secretKey?: string) {
  const service = await startScaleway([{ name: zone, sets }], options)
  onTestFinished(() => service.close())
  const config = { type: 'scaleway', baseUrl: service.url, secretKey: secretKey ?? service.secretKey } as const
  return { service, adapter: scalewayAdapter(config, { sleep: async () => {} }) }
}

describe('Scaleway', () => {
  describe.each([100, 2])('with %i records on a page', (pageLimit) => {
    adapterContract(async () => {
      const { service, adapter } = await start({ pageLimit })
      return { adapter, zone, dump: async () => service.dump(zone), close: async () => {} }
    })
  })

  it('exchanges several names in one request', async () => {
    const { service, adapter } = await start()
    await thereAndBack(adapter, [`_dmarc.${zone}`, `mta-sts.${zone}`], () => {
      expect(service.requests.filter(({ method }) => method !== 'GET')).toHaveLength(1)
    })
  })

  it('puts back answers that differ by place, weight or health, and comments', async () => {
    const name = `mta-sts.${zone}`
    const geo_ip_config = { matches: [{ countries: ['FR'], continents: [], data: '192.0.2.7' }], default: '192.0.2.8' }
    const special = { name, type: 'A', ttl: 60, values: ['192.0.2.8'], native: { geo_ip_config, comment: 'by hand' } }
    const service = await startScaleway([{ name: zone, sets: [special] }])
    onTestFinished(() => service.close())
    const adapter = scalewayAdapter({ type: 'scaleway', baseUrl: service.url, secretKey: service.secretKey })
    const before = service.dump(zone)
    await thereAndBack(adapter, [name])
    expect(service.dump(zone)).toEqual(before)
  })

  it('passes on what the service says, and changes nothing', async () => {
    const { service, adapter } = await start()
    const before = service.dump(zone)
    const after = [{ name: zone, type: 'CNAME', ttl: 60, values: ['k.test.'] }]
    const attempt = adapter.write(await zoneOf(adapter, zone), [{ name: zone, before: [], after }])
    await expect(attempt).rejects.toMatchObject({ kind: 'refused', message: /cname can not be used in root zone/ })
    expect(service.dump(zone)).toEqual(before)
  })

  it('fails on wrong credentials without showing them', async () => {
    const { adapter } = await start({}, 'canary-key')
    const failed = await adapter.findZone(zone).catch((error: Error) => error)
    expect(failed).toMatchObject({ kind: 'unauthorised' })
    expect(JSON.stringify(failed) + (failed as Error).stack).not.toContain('canary')
  })
})
