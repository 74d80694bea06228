import { describe, expect, it, onTestFinished } from 'vitest'
import {
  type CloudflareRecord,
  type CloudflareZone,
  startCloudflare,
} from '../../../../../test-support/dns-services/cloudflare.ts'
import { linesOf } from '../../../../../test-support/zone-dump.ts'
import { adapterContract } from '../../../test/adapter-contract.ts'
import { contractSets } from '../../../test/contract-sets.ts'
import { apply } from '../../engine/apply.ts'
import { memoryJournalStore } from '../../engine/journal.ts'
import { plan } from '../../engine/plan.ts'
import { undo } from '../../engine/undo.ts'
import { cloudflareAdapter } from './adapter.ts'

const zone = 'example.test'
const wanted = { name: '_dmarc.example.test', type: 'CNAME', value: 'key.hosted.test' } as const

const contractRecords = (): CloudflareZone['records'] =>
  contractSets(zone).flatMap((set) =>
    set.values.map((value) => {
      const [priority, exchange] = set.type === 'MX' ? value.split(' ') : []
      const content = (exchange ?? value).replace(/\.$/, '')
      const base = {
        type: set.type,
        name: set.name,
        content,
        ttl: set.ttl,
        proxied: false,
        comment: 'by hand',
        tags: [],
      }
      return priority ? { ...base, priority: Number(priority) } : base
    }),
  )

const line = (record: CloudflareRecord) => {
  const names = ['CNAME', 'NS', 'MX'].includes(record.type) ? '.' : ''
  const value = `${record.priority === undefined ? '' : `${record.priority} `}${record.content}${names}`
  return linesOf([{ name: record.name, type: record.type, ttl: record.ttl, values: [value] }])
}

async function start(zones: CloudflareZone[], options = {}, token?: string) {
  const service = await startCloudflare(zones, options)
  onTestFinished(() => service.close())
  const pauses: number[] = []
  const adapter = cloudflareAdapter(
    { type: 'cloudflare', baseUrl: service.url, apiToken: token ?? service.token },
    { sleep: async (milliseconds) => void pauses.push(milliseconds) },
  )
  return { service, adapter, pauses }
}

describe('Cloudflare', () => {
  describe.each([
    ['that fit into one answer', 100],
    ['that are read name by name', 2],
  ])('with zones %s', (_, pageLimit) => {
    adapterContract(async () => {
      const { service, adapter } = await start([{ name: zone, records: contractRecords() }], { pageLimit })
      return { adapter, zone, dump: async () => service.records(zone).flatMap(line).sort(), close: async () => {} }
    })
  })

  it('finds a zone among 30 and a record among many over several pages, even when filters are ignored', async () => {
    const zones = Array.from({ length: 30 }, (_, index) => ({ name: `z${index}.test`, records: contractRecords() }))
    const { service, adapter } = await start(zones, { ignoresFilters: true, pageLimit: 7 })
    const found = await adapter.findZone('_dmarc.z29.test')
    expect(found).toMatchObject({ id: 'zone29', nameServers: ['ada.ns.cloudflare.com', 'bob.ns.cloudflare.com'] })
    if (!found) throw new Error('no zone')
    expect(await adapter.read(found, ['child.example.test'])).toMatchObject([{ type: 'NS' }])
    expect(service.requests.at(-1)?.url.searchParams.get('page')).toBe('2')
  })

  it('reads a zone that fits into one answer by one request', async () => {
    const { service, adapter } = await start([{ name: zone, records: contractRecords() }])
    await plan([wanted], adapter)
    const reads = service.requests.filter((request) => request.url.pathname.endsWith('dns_records'))
    expect(reads.map((request) => request.url.searchParams.get('name.exact'))).toEqual([null])
  })

  it('asks a larger zone for the names it needs and nothing else, knowing it for large the next time', async () => {
    const { service, adapter } = await start([{ name: zone, records: contractRecords() }], { pageLimit: 5 })
    await plan([wanted], adapter)
    await plan([wanted], adapter)
    const reads = service.requests.filter((request) => request.url.pathname.endsWith('dns_records'))
    const names = ['*.example.test', '_dmarc.example.test']
    const asked = reads.map((request) => request.url.searchParams.get('name.exact'))
    expect(asked[0]).toBe(null)
    expect(asked.slice(1, 3).sort()).toEqual(names)
    expect(asked.slice(3).sort()).toEqual(names)
  })

  it.each(['secondary', 'partial', 'internal'])('leaves %s zones alone', async (type) => {
    const { adapter } = await start([{ name: zone, type, records: [] }])
    expect(await adapter.findZone(zone)).toBeUndefined()
  })

  it('finds a zone by the Unicode name it has there', async () => {
    const { adapter } = await start([{ name: 'bücher.test', records: [] }])
    expect(await adapter.findZone('_dmarc.xn--bcher-kva.test')).toMatchObject({ name: 'xn--bcher-kva.test' })
  })

  it('takes the active zone where another account still has the same one', async () => {
    const { adapter } = await start([
      { name: zone, status: 'moved', records: [] },
      { name: zone, status: 'active', records: [] },
    ])
    expect(await adapter.findZone(zone)).toMatchObject({ id: 'zone1' })
  })

  it('knows that an automatic TTL is 300 seconds', async () => {
    const live = { type: 'CNAME', name: wanted.name, content: 'key.hosted.test', ttl: 1, proxied: false }
    const { adapter } = await start([{ name: zone, records: [live] }])
    expect((await plan([wanted], adapter, { conflict: 'adopt' })).items[0]).toMatchObject({ action: 'unchanged' })
  })

  it('switches the proxy off when it may adopt, and puts comment, tags and proxy back on undo', async () => {
    const live = {
      type: 'CNAME',
      name: wanted.name,
      content: 'key.hosted.test',
      ttl: 1,
      proxied: true,
      comment: 'mine',
      tags: ['a:b'],
    }
    const { service, adapter } = await start([{ name: zone, records: [live] }])
    expect((await plan([wanted], adapter)).items[0]).toMatchObject({ action: 'blocked', reason: 'proxied' })
    const planned = await plan([wanted], adapter, { conflict: 'adopt' })
    const { journal } = await apply(planned, adapter, { journals: memoryJournalStore() })
    expect(service.records(zone)).toMatchObject([{ content: 'key.hosted.test', proxied: false, ttl: 300 }])
    if (!journal) throw new Error('no journal')
    await undo(journal, adapter)
    expect(service.records(zone)).toEqual([{ ...live, id: expect.any(String) }])
  })

  it('obeys Retry-After when throttled', async () => {
    const { service, adapter, pauses } = await start([{ name: zone, records: [] }])
    const body = {
      success: false,
      errors: [{ code: 971, message: 'Please wait and consider throttling your request speed' }],
    }
    service.failNext({ status: 429, headers: { 'retry-after': '7' }, body }, 2)
    expect(await adapter.findZone(zone)).toMatchObject({ name: zone })
    expect(pauses.map((pause) => Math.floor(pause / 1000))).toEqual([7, 7])
  })

  it('asks four times when the service is broken', async () => {
    const { service, adapter, pauses } = await start([{ name: zone, records: [] }])
    service.failNext({ status: 503, body: '<html>' }, 4)
    await expect(adapter.findZone(zone)).rejects.toMatchObject({ kind: 'unavailable' })
    expect(pauses).toHaveLength(3)
  })

  it('never repeats a write that may have been carried out', async () => {
    const { service, adapter } = await start([{ name: zone, records: [] }])
    const found = await adapter.findZone(zone)
    if (!found) throw new Error('no zone')
    service.failNext({ status: 503, body: '<html>' }, 1, 'POST')
    const after = [{ name: wanted.name, type: 'CNAME', ttl: 300, values: ['k.test.'] }]
    const attempt = adapter.write(found, [{ name: wanted.name, before: [], after }])
    await expect(attempt).rejects.toMatchObject({ kind: 'unavailable' })
    expect(service.requests.filter((request) => request.method === 'POST')).toHaveLength(1)
  })

  it('fails with the words of the service and without the token', async () => {
    const { adapter } = await start([{ name: zone, records: [] }], {}, 'canary-token')
    const failed = await adapter.findZone(zone).catch((error: Error) => error)
    expect(failed).toMatchObject({ kind: 'unauthorised', message: /Invalid access token \(9109\)/ })
    expect(JSON.stringify(failed) + (failed as Error).stack).not.toContain('canary')
  })

  it.each([
    ['something that is not JSON', '<html>hello</html>'],
    ['an answer without a list', { success: true, result: null }],
  ])('fails plainly on %s', async (_, body) => {
    const { service, adapter } = await start([{ name: zone, records: [] }])
    service.failNext({ status: 200, body })
    await expect(adapter.findZone(zone)).rejects.toMatchObject({ kind: 'bad-answer' })
  })
})
