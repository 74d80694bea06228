import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readMessage, writeMessage } from '../wire/message.ts'
import { encodeName } from '../wire/names.ts'
import { evaluateUpdate } from './evaluate-update.ts'
import { decodeUpdate, encodeUpdate, type Prerequisite, type UpdateOperation } from './update.ts'

const names = fc.constantFrom('example.test', '_dmarc.example.test', '_smtp._tls.example.test')
const types = fc.constantFrom('TLSA', 'HTTPS', 'TYPE65280')
const rdata = fc.uint8Array({ minLength: 1, maxLength: 40 }).map((bytes) => Buffer.from(bytes))
const prerequisite: fc.Arbitrary<Prerequisite> = fc.oneof(
  fc.record({ kind: fc.constantFrom('name-in-use' as const, 'name-not-in-use' as const), name: names }),
  fc.record({ kind: fc.constantFrom('rrset-exists' as const, 'rrset-not-exists' as const), name: names, type: types }),
  fc.record({ kind: fc.constant('rrset-is' as const), name: names, type: types, rdata }),
)
const operation: fc.Arbitrary<UpdateOperation> = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), name: names, type: types, ttl: fc.nat(86400), rdata }),
  fc.record({ kind: fc.constant('delete-rrset' as const), name: names, type: types }),
  fc.record({ kind: fc.constant('delete-name' as const), name: names }),
  fc.record({ kind: fc.constant('delete-record' as const), name: names, type: types, rdata }),
)

describe('UPDATE messages (RFC 2136 section 2)', () => {
  it('decode to what was encoded', () => {
    fc.assert(
      fc.property(
        fc.record({
          id: fc.nat(0xffff),
          zone: fc.constant('example.test'),
          prerequisites: fc.array(prerequisite, { maxLength: 5 }),
          updates: fc.array(operation, { maxLength: 5 }),
        }),
        (update) => {
          expect(decodeUpdate(encodeUpdate(update))).toEqual(update)
        },
      ),
    )
  })

  it('write out names that a client compressed inside CNAME data', () => {
    const plain = encodeUpdate({
      id: 1,
      zone: 'example.test',
      prerequisites: [],
      updates: [{ kind: 'add', name: 'a.example.test', type: 'CNAME', ttl: 60, rdata: encodeName('b.example.test') }],
    })
    const head = plain.subarray(0, plain.length - 18)
    const compressed = Buffer.concat([head, Buffer.from([0, 4, 1, 0x62, 0xc0, 12])])
    expect(decodeUpdate(compressed).updates).toEqual(decodeUpdate(plain).updates)
  })

  it('fails with FORMERR on what the standard forbids', () => {
    const question = { name: 'example.test', type: 'SOA', class: 1 }
    const record = { name: 'a.example.test', type: 'A', class: 1, ttl: 0, rdata: Buffer.alloc(4) }
    const decode =
      (questions: (typeof question)[], ...sections: (typeof record)[][]) =>
      () =>
        decodeUpdate(writeMessage({ id: 1, flags: 5 << 11, questions, sections }))
    expect(decode([])).toThrow(/zone section/)
    expect(decode([question, question])).toThrow(/zone section/)
    expect(decode([{ ...question, type: 'A' }])).toThrow(/zone section/)
    expect(decode([question], [{ ...record, ttl: 1 }])).toThrow(/prerequisite has a TTL/)
    expect(decode([question], [{ ...record, class: 255 }])).toThrow(/existence has data/)
    expect(decode([question], [], [{ ...record, class: 255 }])).toThrow(/record set has data/)
    expect(decode([question], [], [{ ...record, class: 254, ttl: 5 }])).toThrow(/deletion has a TTL/)
    expect(decode([question], [], [{ ...record, type: 'AXFR' }])).toThrow(/type AXFR/)
    expect(decode([question], [], [{ ...record, class: 3 }])).toThrow(/class 3/)
    expect(() => decodeUpdate(Buffer.alloc(5))).toThrow(/5 bytes/)
    const add = (type: string, rdata: typeof record.rdata) => decode([question], [], [{ ...record, type, rdata }])
    expect(add('A', Buffer.alloc(3))).toThrow(/A record has 3 bytes of data/)
    expect(add('SOA', Buffer.alloc(7))).toThrow(/SOA record has 7 bytes/)
    expect(add('CNAME', Buffer.from([0, 0]))).toThrow(/CNAME record has 2 bytes/)
    expect(add('TXT', Buffer.from([5, 65]))).toThrow(/past the end of a TXT record/)
  })

  it('fails with NOTIMP on anything but an UPDATE request', () => {
    const query = writeMessage({ id: 1, flags: 0x0100, questions: [{ name: 'example.test', type: 'SOA', class: 1 }] })
    expect(() => decodeUpdate(query)).toThrow(expect.objectContaining({ rcode: 'NOTIMP' }))
  })

  it('never crash a server, however they are damaged', () => {
    const soa = Buffer.concat([encodeName('ns.example.test'), encodeName('h.example.test'), Buffer.alloc(20)])
    const zone = [{ name: 'example.test', type: 'SOA', ttl: 60, rdata: soa }]
    const at = (name: string) => zone.filter((record) => record.name === name)
    const valid = encodeUpdate({
      id: 1,
      zone: 'example.test',
      prerequisites: [{ kind: 'rrset-is', name: 'example.test', type: 'SOA', rdata: soa }],
      updates: [
        { kind: 'add', name: 'example.test', type: 'SOA', ttl: 60, rdata: soa },
        { kind: 'add', name: 'a.example.test', type: 'CNAME', ttl: 60, rdata: encodeName('b.test') },
        { kind: 'delete-record', name: 'example.test', type: 'TXT', rdata: Buffer.from([1, 65]) },
      ],
    })
    const damage = fc.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(damage, (changes) => {
        const bytes = Buffer.from(valid)
        for (const [position, value] of changes) bytes[position] = value
        try {
          evaluateUpdate(decodeUpdate(bytes), { origin: 'example.test', at })
        } catch (error) {
          expect(error).toHaveProperty('name', 'UpdateFormatError')
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('never crash the reader, whatever arrives', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        try {
          readMessage(bytes)
        } catch (error) {
          expect(error).toHaveProperty('name', 'DnsFormatError')
        }
      }),
    )
  })
})
