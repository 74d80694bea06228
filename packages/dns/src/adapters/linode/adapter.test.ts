import { describe, expect, it, onTestFinished } from 'vitest'
import { startLinode } from '../../../../../test-support/dns-services/linode.ts'
import { adapterContract } from '../../../test/adapter-contract.ts'
import { contractSets } from '../../../test/contract-sets.ts'
import { thereAndBack } from '../../../test/there-and-back.ts'
import { apply } from '../../engine/apply.ts'
import { memoryJournalStore } from '../../engine/journal.ts'
import { plan } from '../../engine/plan.ts'
import { linodeAdapter } from './adapter.ts'

const zone = 'example.test'
const sets = contractSets(zone, 3600).map((set) => ({ ...set, ttl: set.ttl === 900 ? 300 : set.ttl }))

async function start(options = {}, token?: string) {
  const service = await startLinode([{ name: zone, sets }], options)
  onTestFinished(() => service.close())
  const config = { type: 'linode', baseUrl: service.url, token: token ?? service.token } as const
  return { service, adapter: linodeAdapter(config, { sleep: async () => {} }) }
}

describe('Linode', () => {
  describe.each([
    ['in one answer', { pageLimit: 500 }],
    ['in pages', { pageLimit: 2 }],
    ['in pages, with filters that do nothing', { pageLimit: 2, ignoresFilters: true }],
  ])('with a zone %s', (_, options) => {
    adapterContract(async () => {
      const { service, adapter } = await start(options)
      return { adapter, zone, dump: async () => service.dump(zone), close: async () => {} }
    })
  })

  it('plans the TTL that the service keeps, and sets it once more where a creation does not keep it', async () => {
    const { service, adapter } = await start()
    const name = `_dmarc.new.${zone}`
    const planned = await plan([{ name, type: 'CNAME', value: 'k.test', ttl: 600 }], adapter)
    expect(planned.items[0]?.record.ttl).toBe(3600)
    await apply(planned, adapter, { journals: memoryJournalStore() })
    expect(service.dump(zone)).toContain(`${name}. 3600 IN CNAME k.test.`)
    expect(service.requests.filter(({ method }) => method === 'PUT')).toHaveLength(1)
  })

  it('changes a CNAME in place, so that its name is never empty', async () => {
    const { service, adapter } = await start()
    await thereAndBack(adapter, [`_smtp._tls.${zone}`], () => {
      expect(service.requests.map(({ method }) => method).filter((method) => method !== 'GET')).toEqual(['PUT'])
    })
  })

  it('leaves out a zone whose records come from elsewhere', async () => {
    const service = await startLinode([{ name: zone, slave: true, sets: [] }])
    onTestFinished(() => service.close())
    const adapter = linodeAdapter({ type: 'linode', baseUrl: service.url, token: service.token })
    expect(await adapter.findZone(zone)).toBeUndefined()
  })

  it('has everything as before after a record came in between', async () => {
    const { service, adapter } = await start()
    const before = service.dump(zone)
    const name = `mta-sts.${zone}`
    const planned = await plan([{ name, type: 'CNAME', value: 'k.test' }], adapter, { conflict: 'replace' })
    const body = { errors: [{ field: 'name', reason: 'Record conflict - CNAMES must be unique' }] }
    service.failNext({ status: 400, body }, 1, 'POST')
    const attempt = apply(planned, adapter, { journals: memoryJournalStore() })
    await expect(attempt).rejects.toMatchObject({ rolledBack: true, message: /CNAMES must be unique/ })
    expect(service.dump(zone)).toEqual(before)
  })

  it('fails on wrong credentials without showing them', async () => {
    const { adapter } = await start({}, 'canary-token')
    const failed = await adapter.findZone(zone).catch((error: Error) => error)
    expect(failed).toMatchObject({ kind: 'unauthorised' })
    expect(JSON.stringify(failed) + (failed as Error).stack).not.toContain('canary')
  })
})
