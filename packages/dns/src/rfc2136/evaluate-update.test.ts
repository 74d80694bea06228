import { describe, expect, it } from 'vitest'
import { encodeName } from '../wire/names.ts'
import { evaluateUpdate, type ZoneRecord } from './evaluate-update.ts'
import type { Prerequisite, UpdateOperation } from './update.ts'

const txt = (text: string) => Buffer.from([text.length, ...Buffer.from(text)])
const soa = (serial: number) => {
  const numbers = Buffer.alloc(20)
  numbers.writeUInt32BE(serial)
  return Buffer.concat([encodeName('ns.example.test'), encodeName('h.example.test'), numbers])
}
const records: ZoneRecord[] = [
  { name: 'example.test', type: 'SOA', ttl: 60, rdata: soa(10) },
  { name: 'example.test', type: 'NS', ttl: 60, rdata: encodeName('ns.example.test') },
  { name: '_dmarc.example.test', type: 'TXT', ttl: 60, rdata: txt('v=DMARC1; p=none') },
  { name: 'www.example.test', type: 'CNAME', ttl: 60, rdata: encodeName('Web.example.test') },
]
const zone = { origin: 'example.test', at: (name: string) => records.filter((record) => record.name === name) }
const cname = (name: string, target: string): UpdateOperation => ({
  kind: 'add',
  name,
  type: 'CNAME',
  ttl: 300,
  rdata: encodeName(target),
})

function evaluate(prerequisites: Prerequisite[], updates: UpdateOperation[], origin = 'example.test') {
  return evaluateUpdate({ id: 1, zone: origin, prerequisites, updates }, zone)
}

describe('what an UPDATE does to a zone (RFC 2136 section 3)', () => {
  it.each<[string, Prerequisite, string]>([
    ['name not in use', { kind: 'name-not-in-use', name: '_DMARC.example.test' }, 'YXDOMAIN'],
    ['name in use', { kind: 'name-in-use', name: 'none.example.test' }, 'NXDOMAIN'],
    ['set exists', { kind: 'rrset-exists', name: '_dmarc.example.test', type: 'CNAME' }, 'NXRRSET'],
    ['set does not exist', { kind: 'rrset-not-exists', name: '_dmarc.example.test', type: 'TXT' }, 'YXRRSET'],
    ['set is', { kind: 'rrset-is', name: '_dmarc.example.test', type: 'TXT', rdata: txt('x') }, 'NXRRSET'],
    ['outside the zone', { kind: 'name-in-use', name: 'example.org' }, 'NOTZONE'],
  ])('fails on the prerequisite "%s" and changes nothing', (_, prerequisite, rcode) => {
    expect(evaluate([prerequisite], [{ kind: 'delete-name', name: 'www.example.test' }])).toEqual({
      rcode,
      changed: new Map(),
    })
  })

  it('compares names inside the data without case', () => {
    const is: Prerequisite = {
      kind: 'rrset-is',
      name: 'www.example.test',
      type: 'CNAME',
      rdata: encodeName('WEB.example.test'),
    }
    expect(evaluate([is], []).rcode).toBe('NOERROR')
  })

  it('replaces a TXT by a CNAME in one message', () => {
    const { rcode, changed } = evaluate(
      [{ kind: 'rrset-is', name: '_dmarc.example.test', type: 'TXT', rdata: txt('v=DMARC1; p=none') }],
      [
        { kind: 'delete-rrset', name: '_dmarc.example.test', type: 'TXT' },
        cname('_dmarc.example.test', 'k.hosted.test'),
      ],
    )
    expect(rcode).toBe('NOERROR')
    expect(changed.get('_dmarc.example.test')).toEqual([
      { name: '_dmarc.example.test', type: 'CNAME', ttl: 300, rdata: encodeName('k.hosted.test') },
    ])
  })

  it('ignores a CNAME beside other data and other data beside a CNAME, with NOERROR', () => {
    expect(evaluate([], [cname('_dmarc.example.test', 'k.hosted.test')])).toEqual({
      rcode: 'NOERROR',
      changed: new Map(),
    })
    const beside: UpdateOperation = { kind: 'add', name: 'www.example.test', type: 'TXT', ttl: 1, rdata: txt('a') }
    expect(evaluate([], [beside])).toEqual({ rcode: 'NOERROR', changed: new Map() })
  })

  it('puts a second CNAME in the place of the first', () => {
    const { changed } = evaluate([], [cname('www.example.test', 'other.test')])
    expect(changed.get('www.example.test')).toHaveLength(1)
  })

  it('keeps the SOA and the last NS of the apex, whatever is deleted', () => {
    const { changed } = evaluate(
      [],
      [
        { kind: 'delete-name', name: 'example.test' },
        { kind: 'delete-rrset', name: 'example.test', type: 'SOA' },
        { kind: 'delete-record', name: 'example.test', type: 'NS', rdata: encodeName('ns.example.test') },
      ],
    )
    expect(changed.size).toBe(0)
  })

  it('takes a newer SOA and ignores an older one', () => {
    const add = (serial: number): UpdateOperation => ({
      kind: 'add',
      name: 'example.test',
      type: 'SOA',
      ttl: 60,
      rdata: soa(serial),
    })
    expect(evaluate([], [add(11)]).changed.get('example.test')).toHaveLength(2)
    expect(evaluate([], [add(9)]).changed.size).toBe(0)
  })

  it('gives the whole set the newest TTL', () => {
    const { changed } = evaluate(
      [],
      [{ kind: 'add', name: '_dmarc.example.test', type: 'TXT', ttl: 5, rdata: txt('b') }],
    )
    expect(changed.get('_dmarc.example.test')?.map((record) => record.ttl)).toEqual([5, 5])
  })

  it('fails with NOTAUTH for another zone', () => {
    expect(evaluate([], [], 'other.test').rcode).toBe('NOTAUTH')
  })
})
