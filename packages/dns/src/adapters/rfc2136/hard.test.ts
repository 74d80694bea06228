import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { type DnsDaemon, startBind } from '../../../../../test-support/bind.ts'
import { hasPrograms } from '../../../../../test-support/programs.ts'
import { transferZone } from '../../../../../test-support/zone-dump.ts'
import { contractZone } from '../../../test/adapter-contract.ts'
import { type RelayBehaviour, startDnsRelay } from '../../../test/dns-relay.ts'
import { apply } from '../../engine/apply.ts'
import { memoryJournalStore } from '../../engine/journal.ts'
import { plan } from '../../engine/plan.ts'
import type { DnsAdapter, WantedRecord } from '../../engine/types.ts'
import { undo } from '../../engine/undo.ts'
import { createSignedClient } from '../../rfc2136/client.ts'
import type { TsigKey } from '../../rfc2136/tsig.ts'
import { parseRdata } from '../../wire/rdata.ts'
import { rfc2136Adapter } from './adapter.ts'

const key: TsigKey = { name: 'k', algorithm: 'hmac-sha256', secret: Buffer.alloc(32, 9).toString('base64') }
const big = 'big.test'
const signed = 'signed.test'
const plain = 'plain.test'
const cnames = (zone: string): WantedRecord[] =>
  ['_dmarc', 'mta-sts', '_mta-sts', '_smtp._tls'].map((label) => ({
    name: `${label}.${zone}`,
    type: 'CNAME',
    value: 'k.hosted.test',
  }))

describe.skipIf(!hasPrograms('named', 'dig'))('RFC 2136 under hard conditions, against BIND', () => {
  let bind: DnsDaemon
  beforeAll(async () => {
    const many = Array.from({ length: 50_000 }, (_, index) => `h${index} IN A 192.0.2.${index % 250}`)
    bind = await startBind({
      zones: [
        { name: big, records: [...contractZone, ...many] },
        { name: signed, records: contractZone },
        { name: plain, records: contractZone },
      ],
      keys: [key],
      zoneOptions: { [signed]: 'dnssec-policy default; inline-signing yes;' },
    })
  })
  afterAll(() => bind?.close())

  const connect = (port = bind.port, timeout?: number) =>
    rfc2136Adapter({ type: 'rfc2136', server: '127.0.0.1', port, key, timeout })

  async function relay(behaviour: RelayBehaviour) {
    const between = await startDnsRelay(bind, behaviour)
    onTestFinished(() => between.close())
    return between
  }

  async function roundTrip(adapter: DnsAdapter, zone: string) {
    const before = await transferZone(bind.port, zone, key)
    const journals = memoryJournalStore()
    const planned = await plan(cnames(zone), adapter, { conflict: 'replace' })
    const { journal, items } = await apply(planned, adapter, { journals })
    if (!journal) throw new Error('no journal')
    await undo(journal, adapter, { journals })
    expect(await transferZone(bind.port, zone, key)).toEqual(before)
    return items.map((item) => item.outcome)
  }

  it('reads only the names it needs in a zone of 50,000 records, and never transfers it', async () => {
    const between = await relay({})
    expect(await roundTrip(connect(between.port), big)).toEqual(['replaced', 'replaced', 'replaced', 'replaced'])
    const names = new Set(between.seen.filter((line) => line.startsWith('QUERY')).map((line) => line.split(' ')[2]))
    const needed = ['_dmarc', 'mta-sts', '_mta-sts', '_smtp._tls', '_tls', '*', '*._tls'].map(
      (label) => `${label}.${big}`,
    )
    expect([...names].sort()).toEqual([...needed, big, 'version.bind'].sort())
    expect(between.seen.some((line) => /AXFR|IXFR/.test(line))).toBe(false)
  })

  it('works in a DNSSEC-signed zone and leaves its signatures to the server', async () => {
    expect(await roundTrip(connect(), signed)).toEqual(['replaced', 'replaced', 'replaced', 'replaced'])
  })

  it('changes more names of one zone than a message can hold', async () => {
    const records = Array.from({ length: 400 }, (_, index): WantedRecord => {
      const name = `_dmarc.agency-${index}.with-a-name-of-some-length.${plain}`
      return { name, type: 'CNAME', value: `k${index}.dmarc.a-service-with-a-name-of-some-length.test` }
    })
    const before = await transferZone(bind.port, plain, key)
    const adapter = connect()
    const { journal, items } = await apply(await plan(records, adapter), adapter, { journals: memoryJournalStore() })
    expect(items.filter(({ outcome }) => outcome === 'created')).toHaveLength(400)
    expect(await transferZone(bind.port, plain, key)).toHaveLength(before.length + 400)
    if (!journal) throw new Error('no journal')
    await undo(journal, adapter)
    expect(await transferZone(bind.port, plain, key)).toEqual(before)
  })

  it('waits for a slow server', async () => {
    const between = await relay({ delay: 60 })
    expect(await roundTrip(connect(between.port), plain)).toHaveLength(4)
  })

  it('asks again, by TCP, when a datagram is lost', async () => {
    const between = await relay({ drop: (_, count) => count % 9 === 1 })
    const planned = await plan(cnames(plain), connect(between.port, 3000))
    expect(planned.items.map((item) => item.action)).toEqual(['conflict', 'conflict', 'conflict', 'conflict'])
  })

  it('believes the zone, not the silence, when the answer to an update is lost', async () => {
    const adapter = connect()
    const planned = await plan(cnames(plain), adapter, { conflict: 'replace' })
    let updates = 0
    const between = await relay({ dropAnswer: (description) => description.startsWith('UPDATE') && ++updates === 1 })
    // The probes for wildcards are updates too; planning was done before, so the first one here is the change.
    const lossy = connect(between.port, 400)
    const { items, journal } = await apply(
      planned,
      { ...adapter, write: lossy.write },
      { journals: memoryJournalStore() },
    )
    expect(updates).toBeGreaterThanOrEqual(1)
    expect(items.map((item) => item.outcome)).toEqual(['replaced', 'replaced', 'replaced', 'replaced'])
    if (!journal) throw new Error('no journal')
    await undo(journal, adapter)
  })

  it('fails when the server is deaf, in the time it was given, and touches nothing', async () => {
    const between = await relay({ drop: () => true })
    await expect(plan(cnames(plain), connect(between.port, 300))).rejects.toMatchObject({
      name: 'DnsServiceError',
      kind: 'timed-out',
    })
  })

  it('fails at once when nothing listens', async () => {
    const closed = await startDnsRelay(bind)
    await closed.close()
    await expect(connect(closed.port).findZone(plain)).rejects.toMatchObject({ kind: 'unavailable' })
  })

  it('blames no key for NOTAUTH where none is set', async () => {
    const unsigned = rfc2136Adapter({ type: 'rfc2136', server: '127.0.0.1', port: bind.port })
    const name = '_dmarc.elsewhere.invalid'
    const change = { name, before: [], after: [{ name, type: 'CNAME', ttl: 60, values: ['y.test.'] }] }
    const zone = { id: 'elsewhere.invalid', name: 'elsewhere.invalid' }
    const refused = (adapter: DnsAdapter) => adapter.write(zone, [change])
    await expect(refused(unsigned)).rejects.toMatchObject({
      kind: 'forbidden',
      message: expect.stringMatching(
        /answered NOTAUTH.*not a primary server of this zone; check the address\. No TSIG key/,
      ),
    })
    await expect(refused(connect())).rejects.toMatchObject({ message: /or does not know the TSIG key/ })
  })

  it('tells a zone from another one of its name by the primary server of its SOA', async () => {
    const adapter = connect()
    const planned = await plan(cnames(plain), adapter, { conflict: 'replace' })
    expect(planned.items[0]?.zone?.origin).toEqual({
      mark: `the primary server ns1.${plain}`,
      serial: expect.any(Number),
    })
    const rdata = (primary: string, serial: number) =>
      parseRdata('SOA', `${primary}. hostmaster.${plain}. ${serial} 3600 600 86400 30`)
    const client = createSignedClient({ host: '127.0.0.1', port: bind.port, key })
    const rename = async (primary: string) => {
      const serial = (await adapter.findZone(plain))?.origin?.serial ?? 0
      const soa = { kind: 'add', name: plain, type: 'SOA', ttl: 60, rdata: rdata(primary, serial + 1) } as const
      expect((await client.update({ zone: plain, prerequisites: [], updates: [soa] })).rcode).toBe('NOERROR')
    }
    await rename('other.test')
    await expect(apply(planned, adapter, { journals: memoryJournalStore() })).rejects.toThrow(
      `Zone ${plain} had the primary server ns1.${plain}, and has the primary server other.test now. Plan again.`,
    )
    await rename(`ns1.${plain}`)
  })

  it('fails on a zone that the server does not hold, and on a key without rights', async () => {
    const adapter = connect()
    await expect(adapter.findZone('elsewhere.invalid')).rejects.toMatchObject({
      kind: 'forbidden',
      message: /answered REFUSED when asked which zone holds elsewhere.invalid. It serves no zone/,
    })
    const unsigned = rfc2136Adapter({ type: 'rfc2136', server: '127.0.0.1', port: bind.port })
    const zone = await unsigned.findZone(plain)
    if (!zone) throw new Error('no zone')
    const change = {
      name: `x.${plain}`,
      before: [],
      after: [{ name: `x.${plain}`, type: 'CNAME', ttl: 60, values: ['y.test.'] }],
    }
    await expect(unsigned.write(zone, [change])).rejects.toMatchObject({
      kind: 'forbidden',
      message: /REFUSED.*update-policy/,
    })
  })
})
