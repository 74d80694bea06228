import { describe, expect, it, onTestFinished } from 'vitest'
import { startIonos } from '../../../../../test-support/dns-services/ionos.ts'
import { adapterContract } from '../../../test/adapter-contract.ts'
import { contractSets } from '../../../test/contract-sets.ts'
import { thereAndBack, zoneOf } from '../../../test/there-and-back.ts'
import { ionosAdapter } from './adapter.ts'

const zone = 'example.test'
const sets = contractSets(zone, 3600)

async function start(options = {}, apiKey?: string) {
  const service = await startIonos(
    [
      { name: zone, sets },
      { name: 'slave.test', slave: true, sets: [] },
    ],
    options,
  )
  onTestFinished(() => service.close())
  const config = { type: 'ionos', baseUrl: service.url, apiKey: apiKey ?? service.apiKey } as const
  return { service, adapter: ionosAdapter(config, { sleep: async () => {} }) }
}

describe('IONOS', () => {
  describe.each([false, true])('with filters that do nothing: %s', (ignoresFilters) => {
    adapterContract(async () => {
      const { service, adapter } = await start({ ignoresFilters })
      return { adapter, zone, dump: async () => service.dump(zone), close: async () => {} }
    })
  })

  it('leaves out a zone whose records come from elsewhere', async () => {
    const { adapter } = await start()
    expect(await adapter.findZone('slave.test')).toBeUndefined()
  })

  it('puts back a record that was switched off as one that is', async () => {
    const name = `mta-sts.${zone}`
    const off = { name, type: 'A', ttl: 3600, values: ['192.0.2.9'], native: { disabled: true } }
    const service = await startIonos([{ name: zone, sets: [off] }])
    onTestFinished(() => service.close())
    const adapter = ionosAdapter({ type: 'ionos', baseUrl: service.url, apiKey: service.apiKey })
    const before = service.dump(zone)
    await thereAndBack(adapter, [name])
    expect(service.dump(zone)).toEqual(before)
  })

  it('passes on what the service says, with its code', async () => {
    const { service, adapter } = await start()
    service.failNext({ status: 400, body: [{ code: 'INVALID_RECORD', message: 'Broken on purpose.' }] }, 1, 'POST')
    const after = [{ name: `x.${zone}`, type: 'CNAME', ttl: 300, values: ['k.test.'] }]
    const attempt = adapter.write(await zoneOf(adapter, zone), [{ name: `x.${zone}`, before: [], after }])
    await expect(attempt).rejects.toMatchObject({ kind: 'refused', message: /Broken on purpose\. \(INVALID_RECORD\)/ })
  })

  it('fails on wrong credentials without showing them', async () => {
    const { adapter } = await start({}, 'canary.secret')
    const failed = await adapter.findZone(zone).catch((error: Error) => error)
    expect(failed).toMatchObject({ kind: 'unauthorised' })
    expect(JSON.stringify(failed) + (failed as Error).stack).not.toContain('canary')
  })
})
