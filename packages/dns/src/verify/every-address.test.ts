import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lookIn, rightRecord, silent, targets, world } from '../../test/world.ts'
import { verifyDomain } from './verify-domain.ts'

const one = ['ns1 A 192.0.2.1', 'ns1 A 192.0.2.2']
const shared = [...one, 'ns2 A 192.0.2.1', 'ns2 A 192.0.2.2']
const elsewhere = '_dmarc CNAME old.example.net'

describe('a zone whose name servers have several addresses', () => {
  it.each([
    ['one name with two addresses', { ns: ['ns1.example.net'], hosts: one }],
    ['two names that share two addresses', { hosts: shared }],
  ])('is never verified while one machine lacks the record (%s)', async (_, servers) => {
    for (const [records, secondRecords] of [
      [[rightRecord], []],
      [[], [rightRecord]],
    ] as const) {
      const verdict = await lookIn({ ...servers, records: [...records], secondRecords: [...secondRecords] })
      expect(verdict).toMatchObject({ status: 'awaiting_setup', reason: 'disagreeing' })
      expect(verdict.asked.map(({ address }) => address)).toEqual(['192.0.2.1', '192.0.2.2'])
    }
  })

  it('is verified when every machine has the record, and none is asked twice', async () => {
    const { client, resolver } = world({ records: [rightRecord], hosts: shared })
    const verdict = await verifyDomain({
      domain: 'example.test',
      expected: { dmarc: { target: targets.dmarc } },
      resolver,
    })
    expect(verdict.records.dmarc?.cname).toMatchObject({ status: 'verified' })
    const questions = client.asked.filter((line) => line.endsWith('_dmarc.example.test CNAME'))
    const authorities = questions.filter((line) => line.startsWith('192.0.2.'))
    expect(authorities).toEqual(['192.0.2.1 _dmarc.example.test CNAME', '192.0.2.2 _dmarc.example.test CNAME'])
  })

  it('is not verified on the word of one machine while the other is silent and no resolver confirms it', async () => {
    const faults = { ns2: silent, recursor1: silent, recursor2: silent }
    const verdict = await lookIn({ ns: ['ns1.example.net'], hosts: one, records: [rightRecord], cached: [] })
    expect(verdict.status).toBe('verified')
    const stub = { ns: ['ns1.example.net'], hosts: one, records: [rightRecord], cached: [elsewhere] }
    const lone = await lookIn({ ...stub, faults: { ns2: faults.ns2 } })
    expect(lone).toMatchObject({ status: 'awaiting_setup', reason: 'unknown' })
    expect(lone.detail).toContain('192.0.2.2')
  })

  it('does not hold IPv6 addresses against it that a machine without IPv6 cannot reach', async () => {
    const hosts = ['ns1 A 192.0.2.1', 'ns1 AAAA 2001:db8::1', 'ns2 A 192.0.2.2', 'ns2 AAAA 2001:db8::2']
    const verdict = await lookIn({ hosts, records: [rightRecord] })
    expect(verdict).toMatchObject({ status: 'verified' })
    expect(verdict.detail ?? '').not.toContain('2001:db8')
  })

  it('has its hosted TXT published only once every address serves it', async () => {
    const { resolver } = world({
      zones: {},
      hosts: one,
      ns: ['ns1.example.net'],
      records: ['hosted TXT new'],
      secondRecords: ['hosted TXT old'],
    })
    const target = 'hosted.example.test'
    const verdict = await verifyDomain({ domain: 'other.test', expected: { dmarc: { target, txt: 'new' } }, resolver })
    expect(verdict.records.dmarc?.txt).toMatchObject({ status: 'queued', reason: 'stale' })
  })
})

describe('stale glue', () => {
  const records = ['ns1 A 192.0.2.1', rightRecord]
  const stale = {
    ns: ['ns1.example.test'],
    glue: ['ns1.example A 192.0.2.9'],
    records,
  }

  it('is asked as well, because resolvers go by it', async () => {
    const verdict = await lookIn({ ...stale, secondRecords: ['ns1 A 192.0.2.1'] })
    expect(verdict).toMatchObject({ status: 'awaiting_setup', reason: 'disagreeing' })
    expect(verdict.detail).toContain('The parent zone gives 192.0.2.9 as the address of ns1.example.test')
  })

  it('is named even where the old machine still has the right record', async () => {
    const verdict = await lookIn({ ...stale, secondRecords: records })
    expect(verdict.status).toBe('verified')
    expect(verdict.detail).toContain('update the glue records at the registrar')
  })
})

describe('a zone with more name servers than are asked', () => {
  const many = (names: number, addresses: number) => {
    const ns = Array.from({ length: names }, (_, i) => `n${i}.example.net`)
    const hosts = ns.flatMap((_, i) => Array.from({ length: addresses }, (_, j) => `n${i} A 10.0.${i}.${j}`))
    return { ns, hosts, machines: hosts.map((line) => line.split(' ').at(-1) as string) }
  }

  it('is asked within the limits for one look, and what was left out is named', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 7 }), async (names, addresses) => {
        const { client, resolver } = world({ ...many(names, addresses), records: [rightRecord] })
        const { records } = await verifyDomain({
          domain: 'example.test',
          expected: { dmarc: { target: targets.dmarc } },
          resolver,
        })
        const asked = client.asked.filter((line) => line.startsWith('10.'))
        const counts = Map.groupBy(asked, (line) => line.split(' ')[0])
        expect(Math.max(0, ...[...counts.values()].map((lines) => lines.length))).toBeLessThanOrEqual(16)
        expect(client.asked.length).toBeLessThanOrEqual(256)
        expect(counts.size).toBe(Math.min(13, names) * Math.min(4, addresses))
        const detail = records.dmarc?.cname.detail ?? ''
        if (names > 13) expect(detail).toContain('Not asked: ')
        expect(records.dmarc?.cname.status).toBe('verified')
      }),
      { numRuns: 20 },
    )
  })
})
