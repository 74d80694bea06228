import { describe, expect, it, onTestFinished } from 'vitest'
import { apply } from '../src/engine/apply.ts'
import { planEjection } from '../src/engine/eject.ts'
import { DnsServiceError, PlanNotApplicableError, ZoneChangedError } from '../src/engine/errors.ts'
import { memoryJournalStore } from '../src/engine/journal.ts'
import type { ConflictMode } from '../src/engine/judge.ts'
import { plan } from '../src/engine/plan.ts'
import type { DnsAdapter, RecordSet, WantedRecord } from '../src/engine/types.ts'
import { undo } from '../src/engine/undo.ts'

/** The zone every service under test starts with, as zone-file lines. */
export const contractZone = [
  '_dmarc IN TXT "v=DMARC1; p=none; rua=mailto:a@example.test"',
  '_mta-sts IN TXT "v=STSv1; id=20260101"',
  '_mta-sts IN TXT "something \\"quoted\\" and a back\\\\slash"',
  'mta-sts IN A 192.0.2.1',
  'mta-sts IN A 192.0.2.2',
  'mta-sts IN AAAA 2001:db8::1',
  '_smtp._tls 900 IN CNAME old.provider.test.',
  'www IN CNAME web.example.test.',
  'mail IN MX 10 mx.example.test.',
  `long IN TXT "${'a'.repeat(255)}" "${'b'.repeat(120)}"`,
  '*.wild IN TXT "v=spf1 -all"',
  'child IN NS ns.other.test.',
]

export interface ServiceUnderTest {
  adapter: DnsAdapter
  zone: string
  /** Every record of the zone as text, SOA and DNSSEC's own records left out. */
  dump(): Promise<string[]>
}

/** What every adapter does, whatever the service. `start` gives a service whose zone holds exactly `contractZone`. */
export function adapterContract(start: () => Promise<ServiceUnderTest & { close(): Promise<void> }>): void {
  const setUp = async () => {
    const service = await start()
    onTestFinished(() => service.close())
    return service
  }
  const cname = (name: string, ttl?: number): WantedRecord => ({
    name,
    type: 'CNAME',
    value: 'key.hosted.test',
    ...(ttl ? { ttl } : {}),
  })
  const journals = memoryJournalStore()

  /** Applies, checks that exactly these names changed, undoes, and checks that everything is as at first. */
  async function roundTrip(service: ServiceUnderTest, records: WantedRecord[], conflict: ConflictMode) {
    const before = await service.dump()
    const planned = await plan(records, service.adapter, { conflict })
    const { journal } = await apply(planned, service.adapter, { journals })
    const during = await service.dump()
    const names = records.map((record) => record.name)
    expect(others(during, names)).toEqual(others(before, names))
    for (const name of names) {
      expect(during.filter((line) => line.startsWith(`${name}. `))).toEqual([
        expect.stringMatching(/ IN CNAME key\.hosted\.test\.$/),
      ])
    }
    if (!journal) throw new Error('apply wrote no journal')
    await undo(journal, service.adapter, { journals })
    expect(await service.dump()).toEqual(before)
    return planned
  }

  describe('finds', () => {
    it('the zone that holds a name, and none for a name elsewhere', async () => {
      const { adapter, zone } = await setUp()
      expect(await adapter.findZone(`_smtp._tls.deep.${zone}`)).toMatchObject({ name: zone })
      expect(await adapter.findZone(zone)).toMatchObject({ name: zone })
      for (const elsewhere of ['nowhere.invalid', `not${zone}`]) {
        // A server that refuses to talk about a name does not say that there is no zone.
        const found = await adapter.findZone(elsewhere).catch((error: unknown) => {
          expect(error).toMatchObject({ kind: 'forbidden', message: /REFUSED when asked which zone holds/ })
        })
        expect(found).toBeUndefined()
      }
    })

    it('every record at a name, and nothing that only a wildcard answers', async () => {
      const { adapter, zone } = await setUp()
      const hosted = await adapter.findZone(zone)
      if (!hosted) throw new Error('no zone')
      const read = await adapter.read(hosted, [`mta-sts.${zone}`, `a.wild.${zone}`, `none.${zone}`, `*.wild.${zone}`])
      const found = read.map(({ name, type, values }) => `${name} ${type} ${values.sort().join(' ')}`)
      expect(found.sort()).toEqual([
        `*.wild.${zone} TXT "v=spf1 -all"`,
        `mta-sts.${zone} A 192.0.2.1 192.0.2.2`,
        `mta-sts.${zone} AAAA 2001:db8::1`,
      ])
    })
  })

  describe('lists', () => {
    it('all that reading name by name shows, and wildcards, where the service gives a zone as a whole', async () => {
      const { adapter, zone } = await setUp()
      if (!adapter.list) return
      const hosted = await adapter.findZone(zone)
      if (!hosted) throw new Error('no zone')
      const shown = (sets: readonly RecordSet[]) =>
        sets.map(({ name, type, values }) => `${name} ${type} ${[...values].sort().join(' ')}`).sort()
      const listed = await adapter.list(hosted)
      const below = listed.filter(({ name }) => name !== zone)
      expect(shown(below)).toEqual(expect.arrayContaining([`*.wild.${zone} TXT "v=spf1 -all"`]))
      expect(shown(await adapter.read(hosted, [...new Set(below.map(({ name }) => name))]))).toEqual(shown(below))
    })
  })

  describe('applies and undoes', () => {
    it('a CNAME where nothing was', async () => {
      const service = await setUp()
      const planned = await roundTrip(service, [cname(`_dmarc.new.${service.zone}`)], 'fail')
      expect(planned.items[0]?.action).toBe('create')
    })

    it('a CNAME in place of a TXT, of several TXT, of addresses and of another CNAME, all at once', async () => {
      const service = await setUp()
      const names = ['_dmarc', '_mta-sts', 'mta-sts', '_smtp._tls', 'long', 'mail']
      const records = names.map((name) => cname(`${name}.${service.zone}`, 600))
      await roundTrip(service, records, 'replace')
    })

    it('a CNAME beneath a wildcard, which stays as it is', async () => {
      const service = await setUp()
      const planned = await roundTrip(service, [cname(`a.wild.${service.zone}`)], 'fail')
      expect(planned.items[0]?.notes[0]).toMatch(/wildcard/)
    })

    it('a TXT record of any length in place of a CNAME, when a domain leaves its host', async () => {
      const service = await setUp()
      const { adapter, zone } = service
      const text = `v=TLSRPTv1; rua=https://reports.${zone}/${'long/'.repeat(60)}`
      const unknown = async () => ({ unknown: 'not asked' })
      const view = {
        texts: unknown,
        freshTexts: async () => ({ value: [text] }),
        addresses: unknown,
        policyFile: unknown,
        reaches: () => true,
      }
      const before = await service.dump()
      const { plan: ejection } = await planEjection([zone], adapter, { view })
      expect(ejection.items.map(({ record, action }) => [record.name, action])).toEqual([
        [`_dmarc.${zone}`, 'unchanged'],
        [`_smtp._tls.${zone}`, 'replace'],
      ])
      const { journal } = await apply(ejection, adapter, { journals })
      const after = (await planEjection([zone], adapter, { view })).plan.items
      expect(after.map(({ action, record }) => [action, record.value])[1]).toEqual(['unchanged', text])
      if (!journal) throw new Error('apply wrote no journal')
      await undo(journal, adapter, { journals })
      expect(await service.dump()).toEqual(before)
    })

    it('nothing when the CNAME is already right', async () => {
      const service = await setUp()
      const { adapter, zone } = service
      const wanted: WantedRecord = { name: `_smtp._tls.${zone}`, type: 'CNAME', value: 'OLD.provider.test.' }
      const before = await service.dump()
      const planned = await plan([wanted], adapter)
      expect(planned.items[0]?.action).toBe('unchanged')
      expect(await apply(planned, adapter, { journals })).toEqual({
        items: [{ name: wanted.name, value: 'old.provider.test', outcome: 'unchanged' }],
      })
      expect(await service.dump()).toEqual(before)
    })
  })

  describe('fails', () => {
    it('on conflicts and on delegated names, touching nothing', async () => {
      const service = await setUp()
      const { adapter, zone } = service
      const before = await service.dump()
      const records = [cname(`_dmarc.${zone}`), cname(`_smtp._tls.${zone}`), cname(`_dmarc.child.${zone}`), cname(zone)]
      const planned = await plan(records, adapter)
      expect(planned.items.map((item) => item.reason)).toEqual([
        'records-in-place',
        'other-target',
        'delegated-away',
        'apex',
      ])
      await expect(apply(planned, adapter, { journals })).rejects.toThrow(PlanNotApplicableError)
      expect(await service.dump()).toEqual(before)
    })

    it('when the zone changed after the plan, touching nothing', async () => {
      const service = await setUp()
      const { adapter, zone } = service
      const wanted = [cname(`_dmarc.new.${zone}`), cname(`www.${zone}`)]
      const planned = await plan(wanted, adapter, { conflict: 'adopt' })
      await apply(await plan([cname(`_dmarc.new.${zone}`)], adapter), adapter, { journals })
      const before = await service.dump()
      await expect(apply(planned, adapter, { journals })).rejects.toThrow(ZoneChangedError)
      expect(await service.dump()).toEqual(before)
    })

    it('when a name no longer holds what it held when it was read, touching nothing', async () => {
      const { adapter, zone, dump } = await setUp()
      const hosted = await adapter.findZone(zone)
      if (!hosted) throw new Error('no zone')
      const name = `_dmarc.${zone}`
      const [live] = await adapter.read(hosted, [name])
      if (!live) throw new Error('no record')
      const after = [{ name, type: 'CNAME', ttl: 300, values: ['key.hosted.test.'] }]
      const before = await dump()
      const stale = adapter.write(hosted, [{ name, before: [], after }])
      await expect(stale).rejects.toThrow(DnsServiceError)
      await expect(stale).rejects.toMatchObject({ kind: 'changed' })
      expect(await dump()).toEqual(before)
    })

    it('at once when the caller aborts', async () => {
      const { adapter, zone } = await setUp()
      const reason = new Error('no longer wanted')
      await expect(adapter.findZone(zone, { signal: AbortSignal.abort(reason) })).rejects.toThrow(reason)
    })
  })
}

const others = (lines: string[], names: string[]) =>
  lines.filter((line) => !names.some((name) => line.startsWith(`${name}. `)))
