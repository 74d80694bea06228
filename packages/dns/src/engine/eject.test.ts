import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBind } from '../../../../test-support/bind.ts'
import type { DnsDaemon } from '../../../../test-support/dns-daemon.ts'
import { startKnot } from '../../../../test-support/knot.ts'
import { hasPrograms } from '../../../../test-support/programs.ts'
import { transferZone } from '../../../../test-support/zone-dump.ts'
import { createAdapter } from '../adapters/create.ts'
import { memoryAdapter } from '../adapters/memory/adapter.ts'
import { blindView } from '../effect/blind-view.ts'
import { mailView } from '../effect/index.ts'
import type { MailView } from '../effect/types.ts'
import { createResolver } from '../observe/resolver.ts'
import type { TsigKey } from '../rfc2136/tsig.ts'
import { createDnsClient } from '../transport/client.ts'
import type { PolicyFetcher } from '../verify/policy-fetch.ts'
import { recordsOfType } from '../wire/records.ts'
import { apply } from './apply.ts'
import { planEjection } from './eject.ts'
import { memoryJournalStore } from './journal.ts'
import { isApplicable, plan } from './plan.ts'
import type { DnsAdapter } from './types.ts'
import { undo } from './undo.ts'

const key: TsigKey = { name: 'k', algorithm: 'hmac-sha256', secret: Buffer.alloc(32, 9).toString('base64') }
const labels = ['_dmarc', 'mta-sts', '_mta-sts', '_smtp._tls']
const hosted = ['dmarc', 'mta-sts', 'sts-id', 'tls-rpt']
const cnames = labels.map((label, index) => `${label} 120 IN CNAME key.${hosted[index]}.hosted.test.`)
// Long enough for two character-strings, and with a quote and a backslash in it.
const dmarc = `v=DMARC1; p=reject; rua=${Array.from({ length: 8 }, (_, index) => `mailto:reports-${index}@a-long-name.example.test`).join(',')}`
const tlsRpt = 'v=TLSRPTv1; rua=mailto:tls@hosted.test'
const inZoneFile = (text: string) =>
  `( ${text
    .match(/.{1,200}/g)
    ?.map((part) => `"${part}"`)
    .join(' ')} )`
const policies: PolicyFetcher = {
  async fetch(_, [address = '']) {
    const body = 'version: STSv1\nmode: enforce\nmx: mx.example.test\nmax_age: 604800\n'
    return { ok: true, address, status: 200, contentType: 'text/plain', body }
  },
}
const zones = [
  { name: 'example.test', records: cnames },
  { name: 'own.test', records: ['_dmarc IN TXT "v=DMARC1; p=none"'] },
  { name: 'bare.test' },
  { name: 'dangling.test', records: ['_dmarc IN CNAME gone.hosted.test.'] },
  {
    name: 'hosted.test',
    records: [
      `key.dmarc IN TXT ${inZoneFile(dmarc)}`,
      'key.dmarc IN TXT "some other text"',
      'key.mta-sts IN A 192.0.2.9',
      'key.sts-id IN TXT "v=STSv1; id=1;"',
      `key.tls-rpt IN TXT "${tlsRpt}"`,
    ],
  },
]
const servers = [
  { label: 'BIND', program: 'named', start: () => startBind({ zones, keys: [key] }) },
  { label: 'Knot', program: 'knotd', start: () => startKnot({ zones, keys: [key] }) },
]

for (const { label, program, start } of servers) {
  describe.skipIf(!hasPrograms(program, 'dig'))(`leaving a host, on zones of ${label}`, () => {
    let daemon: DnsDaemon
    let adapter: DnsAdapter
    let view: MailView
    const client = createDnsClient()
    beforeAll(async () => {
      daemon = await start()
      const { address, port } = daemon
      adapter = await createAdapter({ type: 'rfc2136', server: address, port, key: { ...key } })
      const stubZones = [{ zone: '.', servers: [{ address, port }] }]
      view = mailView(createResolver({ client, stubZones, recursors: [] }), { policies })
    })
    afterAll(() => daemon?.close())

    /** The texts at a name, or the target of the CNAME in their place. */
    async function served(name: string): Promise<string[]> {
      const { address, port } = daemon
      const { answers } = await client.query({ name, type: 'TXT' }, { address, port })
      const here = [...recordsOfType(answers, 'TXT', name), ...recordsOfType(answers, 'CNAME', name)]
      return here.map(({ data }) => data)
    }

    it('writes what the CNAMEs lead to, while receivers see the same policy all the time', async () => {
      const before = await transferZone(daemon.port, 'example.test', key)
      const ejection = await planEjection(['example.test'], adapter, { view })
      expect(ejection.plan.verdict).toMatchObject({ grade: 'same', needsConsent: false, unknown: [] })
      expect(ejection.keepHosting).toBe(120)
      const seen: string[][] = []
      let done = false
      const watching = (async () => {
        while (!done) seen.push(await served('_dmarc.example.test'))
      })()
      const journals = memoryJournalStore()
      const { journal, items } = await apply(ejection.plan, adapter, { journals })
      done = true
      await watching
      expect(seen.length).toBeGreaterThan(3)
      for (const texts of seen) expect([[dmarc], ['key.dmarc.hosted.test']]).toContainEqual(texts)
      expect(items).toEqual([
        { name: '_dmarc.example.test', value: dmarc, outcome: 'replaced' },
        { name: '_smtp._tls.example.test', value: tlsRpt, outcome: 'replaced' },
      ])
      // The record and nothing else: a text beside it at the host is not ours to copy.
      expect(await served('_dmarc.example.test')).toEqual([dmarc])
      expect(await served('_smtp._tls.example.test')).toEqual([tlsRpt])
      expect((await planEjection(['example.test'], adapter, { view })).plan.items.map(({ action }) => action)).toEqual([
        'unchanged',
        'unchanged',
      ])
      if (!journal) throw new Error('no journal')
      await undo(journal, adapter, { journals })
      expect(await transferZone(daemon.port, 'example.test', key)).toEqual(before)
    })

    it('says what leaving means for MTA-STS, and leaves its CNAMEs alone', async () => {
      const { staysHosted, plan: planned } = await planEjection(['example.test'], adapter, { view })
      expect(staysHosted).toMatchObject([
        {
          domain: 'example.test',
          names: ['mta-sts.example.test', '_mta-sts.example.test'],
          mode: 'enforce',
          maxAge: 604800,
        },
      ])
      expect(staysHosted[0]?.message).toContain('set the mode to none')
      expect(staysHosted[0]?.message).toContain('RFC 8461 section 8.3')
      expect(planned.items.map(({ record }) => record.name)).not.toContain('mta-sts.example.test')
    })

    it('says where reports go on going, which are not the domain’s own', async () => {
      const [, tls] = (await planEjection(['example.test'], adapter, { view })).plan.items
      expect(tls?.notes.join()).toContain('Reports still go to mailto:tls@hosted.test')
    })

    it('has nothing to do for records of one’s own, and none for a domain without any', async () => {
      const { plan: planned, staysHosted } = await planEjection(['own.test', 'bare.test'], adapter, { view })
      expect(planned.items.map(({ record, action }) => [record.name, action])).toEqual([
        ['_dmarc.own.test', 'unchanged'],
      ])
      expect(staysHosted).toEqual([])
    })

    it('copies nothing where the CNAME leads to no record', async () => {
      const { plan: planned } = await planEjection(['dangling.test'], adapter, { view })
      expect(isApplicable(planned)).toBe(false)
      expect(planned.items).toMatchObject([{ action: 'blocked', reason: 'nothing-to-copy' }])
    })
  })
}

describe('what cannot be looked up', () => {
  it('blocks the ejection: an unread record is not an empty one', async () => {
    const name = '_dmarc.example.test'
    const sets = [{ name, type: 'CNAME', ttl: 60, values: ['key.hosted.test.'] }]
    const adapter = memoryAdapter({ zones: { 'example.test': sets } })
    const resolver = createResolver({ client: createDnsClient(), stubZones: [], recursors: [] })
    const { plan: planned } = await planEjection(['example.test'], adapter, { view: mailView(resolver) })
    expect(planned.items).toMatchObject([{ action: 'blocked', reason: 'unreachable', after: sets }])
  })
})

describe('a zone that the public DNS does not ask these servers for', () => {
  const name = '_dmarc.example.test'
  const sets = [{ name, type: 'CNAME', ttl: 60, values: ['key.hosted.test.'] }]
  const own = memoryAdapter({ zones: { 'example.test': sets }, nameServers: { 'example.test': ['ns1.here.test'] } })
  const seen = { ...blindView, freshTexts: async () => ({ value: ['v=DMARC1; p=reject'] }) }
  const eject = async (delegatedTo: string[]) =>
    (await planEjection(['example.test'], own, { view: seen, delegation: async () => delegatedTo })).plan.items

  it('blocks an ejection, because receivers would not see the copy', async () => {
    expect(await eject(['ns.outside.test'])).toMatchObject([{ action: 'blocked', reason: 'zone-not-delegated' }])
  })

  it('gets a note where the parent zone delegates it to no server', async () => {
    const notes = expect.arrayContaining([expect.stringContaining('delegates example.test to no server')])
    expect(await eject([])).toMatchObject([{ action: 'replace', notes }])
  })
})

describe('a service that cannot exchange records in one step', () => {
  it('is said to leave the name empty for a moment', async () => {
    const name = '_dmarc.example.test'
    const sets = [{ name, type: 'TXT', ttl: 60, values: ['"v=DMARC1; p=none"'] }]
    const adapter = memoryAdapter({ zones: { 'example.test': sets }, abilities: { canReplaceAtomically: false } })
    const wanted = [{ name, type: 'CNAME' as const, value: 'key.hosted.test' }]
    const { items } = await plan(wanted, adapter, { conflict: 'replace' })
    expect(items[0]?.notes.join()).toContain('nothing stands at this name for a moment')
  })
})
