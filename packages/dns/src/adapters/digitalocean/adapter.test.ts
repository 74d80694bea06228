import { describe, expect, it, onTestFinished } from 'vitest'
import { startDigitalOcean } from '../../../../../test-support/dns-services/digitalocean.ts'
import { adapterContract } from '../../../test/adapter-contract.ts'
import { contractSets } from '../../../test/contract-sets.ts'
import { apply } from '../../engine/apply.ts'
import { memoryJournalStore } from '../../engine/journal.ts'
import { plan } from '../../engine/plan.ts'
import { undo } from '../../engine/undo.ts'
import { digitalOceanAdapter } from './adapter.ts'

const zone = 'example.test'

async function start(options = {}, token?: string) {
  const service = await startDigitalOcean([{ name: zone, sets: contractSets(zone) }], options)
  onTestFinished(() => service.close())
  const config = { type: 'digitalocean', baseUrl: service.url, token: token ?? service.token } as const
  return { service, adapter: digitalOceanAdapter(config, { sleep: async () => {} }) }
}

describe('DigitalOcean', () => {
  adapterContract(async () => {
    const { service, adapter } = await start()
    return { adapter, zone, dump: async () => service.dump(zone), close: async () => {} }
  })

  it('reads every page when the list is longer than one, even when filters are ignored', async () => {
    const { service, adapter } = await start({ ignoresFilters: true, pageLimit: 3 })
    const hosted = await adapter.findZone(zone)
    if (!hosted) throw new Error('no zone')
    expect(await adapter.read(hosted, [`child.${zone}`])).toMatchObject([{ type: 'NS', values: ['ns.other.test.'] }])
    expect(
      service.requests.filter((request) => request.url.pathname.endsWith('records')).length,
    ).toBeGreaterThanOrEqual(4)
  })

  it('ends when the service gives the same page again and again', async () => {
    const { service, adapter } = await start()
    const hosted = await adapter.findZone(zone)
    if (!hosted) throw new Error('no zone')
    const record = { id: 1, type: 'TXT', name: 'once', data: 'v=DMARC1', ttl: 300 }
    const body = { domain_records: [record], links: { pages: { next: 'https://api.test/next' } } }
    service.failNext({ status: 200, body }, 4000)
    expect(await adapter.read(hosted, [`once.${zone}`])).toMatchObject([{ values: ['"v=DMARC1"'] }])
  })

  it('puts back a CAA, whose name wants a final dot when it is written', async () => {
    const caa = [
      { name: `mta-sts.${zone}`, type: 'CAA', ttl: 60, values: ['0 issue "letsencrypt.org"', '0 issuewild "ca.test"'] },
      { name: `_dmarc.${zone}`, type: 'CAA', ttl: 60, values: ['0 iodef "mailto:security@example.test"'] },
    ]
    const service = await startDigitalOcean([{ name: zone, sets: [...contractSets(zone), ...caa] }])
    onTestFinished(() => service.close())
    const config = { type: 'digitalocean', baseUrl: service.url, token: service.token } as const
    const adapter = digitalOceanAdapter(config, { sleep: async () => {} })
    const before = service.dump(zone)
    const records = ['mta-sts', '_dmarc'].map((label) => ({
      name: `${label}.${zone}`,
      type: 'CNAME' as const,
      value: 'k.test',
    }))
    const journals = memoryJournalStore()
    const { journal } = await apply(await plan(records, adapter, { conflict: 'replace' }), adapter, { journals })
    if (!journal) throw new Error('no journal')
    await undo(journal, adapter)
    expect(service.dump(zone)).toEqual(before)
  })

  it.each(['DELETE', 'POST'])('has everything as before after a %s failed in the middle', async (method) => {
    const { service, adapter } = await start()
    const before = service.dump(zone)
    const records = ['mta-sts', '_mta-sts'].map((label) => ({
      name: `${label}.${zone}`,
      type: 'CNAME' as const,
      value: 'k.test',
    }))
    const planned = await plan(records, adapter, { conflict: 'replace' })
    service.failNext({ status: 422, body: { id: 'unprocessable_entity', message: 'Broken on purpose.' } }, 1, method)
    const attempt = apply(planned, adapter, { journals: memoryJournalStore() })
    await expect(attempt).rejects.toMatchObject({ name: 'ApplyError', rolledBack: true, message: /Broken on purpose/ })
    expect(service.dump(zone)).toEqual(before)
  })

  it('fails on a wrong token without showing it', async () => {
    const { adapter } = await start({}, 'canary-token')
    const failed = await adapter.findZone(zone).catch((error: Error) => error)
    expect(failed).toMatchObject({ kind: 'unauthorised', message: /Unable to authenticate you/ })
    expect(JSON.stringify(failed) + (failed as Error).stack).not.toContain('canary')
  })
})
