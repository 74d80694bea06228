import { describe, expect, it, onTestFinished } from 'vitest'
import { startDesec } from '../../../../../test-support/dns-services/desec.ts'
import { adapterContract } from '../../../test/adapter-contract.ts'
import { contractSets } from '../../../test/contract-sets.ts'
import { apply } from '../../engine/apply.ts'
import { memoryJournalStore } from '../../engine/journal.ts'
import { plan } from '../../engine/plan.ts'
import { desecAdapter } from './adapter.ts'

const zone = 'example.test'
// No set of a domain has a shorter TTL than its limit.
const sets = contractSets(zone).map((set) => ({ ...set, ttl: Math.max(set.ttl, 3600) }))

async function start(options = {}, token?: string) {
  const service = await startDesec([{ name: zone, sets }], options)
  onTestFinished(() => service.close())
  const config = { type: 'desec', baseUrl: service.url, token: token ?? service.token } as const
  return { service, adapter: desecAdapter(config, { sleep: async () => {} }) }
}

describe('deSEC', () => {
  describe.each([500, 3])('with %i record sets in one answer', (pageSize) => {
    adapterContract(async () => {
      const { service, adapter } = await start({ pageSize })
      return { adapter, zone, dump: async () => service.dump(zone), close: async () => {} }
    })
  })

  it('takes what came in between for a change, and changes nothing', async () => {
    const { service, adapter } = await start()
    const hosted = await adapter.findZone(zone)
    if (!hosted) throw new Error('no zone')
    const name = `_dmarc.${zone}`
    const before = await adapter.read(hosted, [name])
    const after = [{ name, type: 'CNAME', ttl: 3600, values: ['k.test.'] }]
    const dump = service.dump(zone)
    for (const text of [
      'RRset with conflicting type present at same subname: database (MX). (No other RRsets are allowed alongside CNAME.)',
      'Another RRset with the same subdomain and type exists for this domain.',
    ]) {
      service.failNext({ status: 400, body: [{}, { non_field_errors: [text] }] }, 1, 'PATCH')
      await expect(adapter.write(hosted, [{ name, before, after }])).rejects.toMatchObject({ kind: 'changed' })
    }
    expect(service.dump(zone)).toEqual(dump)
  })

  it.each([60, 900, 3600])(
    'plans and writes with the least TTL of %i seconds that the domain has',
    async (minimumTtl) => {
      const { adapter } = await start({ minimumTtl })
      const wanted = { name: `_dmarc.fresh.${zone}`, type: 'CNAME', value: 'k.hosted.test', ttl: 300 } as const
      const planned = await plan([wanted], adapter)
      expect(planned.items).toMatchObject([{ action: 'create', record: { ttl: Math.max(300, minimumTtl) } }])
      await apply(planned, adapter, { journals: memoryJournalStore() })
      expect((await plan([wanted], adapter)).items).toMatchObject([{ action: 'unchanged' }])
    },
  )

  it('tells of the limit of a day at once', async () => {
    const { service, adapter } = await start()
    const body = { detail: 'Request was throttled. Expected available in 40000 seconds.' }
    service.failNext({ status: 429, headers: { 'retry-after': '40000' }, body }, 9)
    await expect(adapter.findZone(zone)).rejects.toMatchObject({
      kind: 'throttled',
      message: /Request was throttled.*Try again in 12 hours/,
    })
    expect(service.requests).toHaveLength(1)
  })

  it('fails on a wrong token without showing it', async () => {
    const { adapter } = await start({}, 'canary-token')
    const failed = await adapter.findZone(zone).catch((error: Error) => error)
    expect(failed).toMatchObject({ kind: 'unauthorised', message: /Invalid token/ })
    expect(JSON.stringify(failed) + (failed as Error).stack).not.toContain('canary')
  })
})
