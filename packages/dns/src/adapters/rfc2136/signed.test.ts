import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBind } from '../../../../../test-support/bind.ts'
import type { DnsDaemon } from '../../../../../test-support/dns-daemon.ts'
import { startKnot } from '../../../../../test-support/knot.ts'
import { type PowerDns, startPowerDns } from '../../../../../test-support/powerdns.ts'
import { hasPrograms } from '../../../../../test-support/programs.ts'
import { transferZone } from '../../../../../test-support/zone-dump.ts'
import { contractZone } from '../../../test/adapter-contract.ts'
import { validate } from '../../../test/delv.ts'
import { zoneOf } from '../../../test/there-and-back.ts'
import { apply } from '../../engine/apply.ts'
import { memoryJournalStore } from '../../engine/journal.ts'
import type { PlanItem } from '../../engine/judge.ts'
import { plan } from '../../engine/plan.ts'
import type { DnsAdapter, WantedRecord } from '../../engine/types.ts'
import { undo } from '../../engine/undo.ts'
import type { TsigKey } from '../../rfc2136/tsig.ts'
import { powerDnsAdapter } from '../powerdns/adapter.ts'
import { rfc2136Adapter } from './adapter.ts'

// The way by which records are exchanged, on zones with and without signatures. BIND's validator is the judge.

const key: TsigKey = { name: 'k', algorithm: 'hmac-sha256', secret: Buffer.alloc(32, 9).toString('base64') }
const signed = 'signed.test'
const plain = 'plain.test'
// Types that no list of ours names, and that Knot does not show in answer to ANY.
const rare = [
  'mta-sts IN DHCID AAIBY2/AuCccgoJbsaxcQc9TUapptP69lOjxfNuVAA2kjEA=',
  'mta-sts IN TYPE65280 \\# 4 0A000001',
  '_dmarc IN TYPE65281 \\# 2 0102',
]
const zones = [plain, signed].map((name) => ({ name, records: [...contractZone, ...rare] }))
// PowerDNS answers FORMERR to an update that deletes a set of a type it does not know, and changes nothing.
const knownTypes = zones.map(({ name, records }) => ({
  name,
  records: records.filter((line) => !line.includes('TYPE652')),
}))
const labels = ['_dmarc', 'mta-sts', '_mta-sts', '_smtp._tls']
const wanted = (zone: string) =>
  labels.map((label): WantedRecord => ({ name: `${label}.${zone}`, type: 'CNAME', value: 'key.hosted.test' }))

const byUpdate = ({ address, port }: DnsDaemon) => rfc2136Adapter({ type: 'rfc2136', server: address, port, key })

const servers = [
  {
    label: 'BIND',
    programs: ['named'],
    start: () =>
      startBind({ zones, keys: [key], zoneOptions: { [signed]: 'dnssec-policy default; inline-signing yes;' } }),
    connect: byUpdate,
  },
  {
    label: 'Knot',
    programs: ['knotd'],
    start: () => startKnot({ zones, keys: [key], zoneOptions: { [signed]: ['dnssec-signing: on'] } }),
    connect: byUpdate,
  },
  {
    label: 'PowerDNS by RFC 2136',
    programs: ['pdns_server', 'pdnsutil', 'sqlite3'],
    start: () => startPowerDns({ zones: knownTypes, keys: [key], signed: [signed] }),
    connect: byUpdate,
  },
  {
    label: 'PowerDNS by its API',
    programs: ['pdns_server', 'pdnsutil', 'sqlite3'],
    start: () => startPowerDns({ zones, keys: [key], signed: [signed] }),
    connect(daemon: DnsDaemon) {
      const { apiUrl, apiKey } = daemon as PowerDns
      return powerDnsAdapter({ type: 'powerdns', url: apiUrl, apiKey })
    },
  },
]

for (const { label, programs, start, connect } of servers) {
  describe.skipIf(!hasPrograms(...programs, 'dig', 'delv'))(`replacing and putting back on ${label}`, () => {
    let daemon: DnsDaemon
    let adapter: DnsAdapter
    beforeAll(async () => {
      daemon = await start()
      adapter = connect(daemon)
    })
    afterAll(() => daemon?.close())

    const verdict = (name: string, type: string) => validate(daemon.port, signed, daemon.folder, name, type)

    it('says in the plan where a name may hold nothing for a moment', async () => {
      for (const zone of [plain, signed]) {
        const planned = await plan(wanted(zone), adapter, { conflict: 'replace' })
        const said = planned.items.map(({ notes }) => notes.join().includes('nothing stands at this name for a moment'))
        const byUpdates = label !== 'PowerDNS by its API'
        expect(said).toEqual(
          planned.items.map(({ before }) => byUpdates && zone === signed && before[0]?.type !== 'CNAME'),
        )
      }
    })

    it.each([plain, signed])('exchanges every record of a name in %s, and brings all of them back', async (zone) => {
      const before = await transferZone(daemon.port, zone, key)
      if (zone === signed) expect(await verdict(`_dmarc.${zone}`, 'TXT')).toContain('; fully validated')
      const journals = memoryJournalStore()
      const planned = await plan(wanted(zone), adapter, { conflict: 'replace' })
      const types = planned.items
        .find(({ record }) => record.name === `mta-sts.${zone}`)
        ?.before.map(({ type }) => type)
      expect(types).toEqual(expect.arrayContaining(['A', 'AAAA', 'DHCID']))
      expect(types).toHaveLength(label === 'PowerDNS by RFC 2136' ? 3 : 4)
      const { journal, items } = await apply(planned, adapter, { journals })
      expect(items.map(({ outcome }) => outcome)).toEqual(Array(4).fill('replaced'))
      if (zone === signed) {
        for (const name of labels) expect(await verdict(`${name}.${zone}`, 'CNAME')).toContain('; fully validated')
        expect(await verdict(`nothing.${zone}`, 'TXT')).toMatch(/negative response, fully validated/)
      }
      if (!journal) throw new Error('no journal')
      await undo(journal, adapter, { journals })
      expect(await transferZone(daemon.port, zone, key)).toEqual(before)
      if (zone === signed) {
        expect(await verdict(`_dmarc.${zone}`, 'TXT')).toContain('; fully validated')
        expect(await verdict(`_dmarc.${zone}`, 'CNAME')).toMatch(/negative response, fully validated/)
      }
    })
  })
}

describe.skipIf(!hasPrograms('knotd', 'dig'))('a record of a type that Knot does not show in answer to ANY', () => {
  it('stops a change that was planned before it came, with nothing deleted', async () => {
    const knot = await startKnot({ zones, keys: [key] })
    try {
      const adapter = byUpdate(knot)
      const zone = await zoneOf(adapter, plain)
      const name = `_dmarc.${plain}`
      const [seen] = await adapter.read(zone, [name])
      const after = [{ name, type: 'CNAME', ttl: 60, values: ['key.hosted.test.'] }]
      const dump = await transferZone(knot.port, plain, key)
      await expect(adapter.write(zone, [{ name, before: seen ? [seen] : [], after }])).rejects.toMatchObject({
        kind: 'changed',
      })
      expect(await transferZone(knot.port, plain, key)).toEqual(dump)
    } finally {
      await knot.close()
    }
  })
})

describe.skipIf(!hasPrograms('knotd', 'dig'))(
  'a server that shows one record set of a name and gives no transfer',
  () => {
    it('has none of its records replaced, and the fix is named', async () => {
      const knot = await startKnot({ zones, keys: [key], actions: ['update'] })
      try {
        const adapter = byUpdate(knot)
        const planned = await plan(wanted(plain), adapter, { conflict: 'replace' })
        const hidden = { action: 'blocked', reason: 'records-hidden' }
        expect(planned.items).toMatchObject([hidden, hidden, hidden, { action: 'replace' }])
        expect(planned.items[0]?.message).toMatch(
          /does not show all of them: .*NOTAUTH.*Allow zone transfers for this key/,
        )
        const zone = await adapter.findZone(plain)
        if (!zone) throw new Error('no zone')
        // As a plan of somebody who saw more would have it.
        const { before, record } = planned.items[0] as PlanItem
        const after = [{ name: record.name, type: 'CNAME', ttl: 60, values: ['key.hosted.test.'] }]
        await expect(adapter.write(zone, [{ name: record.name, before, after }])).rejects.toThrow(
          /does not show everything that stands there.*Allow zone transfers for this key/s,
        )
        expect((await adapter.read(zone, [`mta-sts.${plain}`])).map(({ type }) => type).sort()).toEqual(['A', 'AAAA'])
      } finally {
        await knot.close()
      }
    })
  },
)
