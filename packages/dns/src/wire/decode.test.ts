import packet from 'dns-packet'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeMessage } from './decode.ts'
import { DnsFormatError } from './errors.ts'

const header = (counts: [number, number, number, number], flags = 0x8400) => {
  const bytes = Buffer.alloc(12)
  bytes.writeUInt16BE(7, 0)
  bytes.writeUInt16BE(flags, 2)
  counts.forEach((count, i) => {
    bytes.writeUInt16BE(count, 4 + 2 * i)
  })
  return bytes
}
const label = (text: string) => Buffer.concat([Buffer.from([text.length]), Buffer.from(text, 'latin1')])
const name = (...labels: string[]) => Buffer.concat([...labels.map(label), Buffer.from([0])])
const record = (owner: Buffer, type: number, rdata: Buffer, ttl = 60) => {
  const fixed = Buffer.alloc(10)
  fixed.writeUInt16BE(type, 0)
  fixed.writeUInt16BE(1, 2)
  fixed.writeUInt32BE(ttl >>> 0, 4)
  fixed.writeUInt16BE(rdata.length, 8)
  return Buffer.concat([owner, fixed, rdata])
}

describe('decodeMessage', () => {
  it('reads what dns-packet writes: flags, owners, TTLs, data and EDNS', () => {
    const message = decodeMessage(
      packet.encode({
        type: 'response',
        id: 4711,
        flags: packet.AUTHORITATIVE_ANSWER | packet.AUTHENTIC_DATA | 3,
        questions: [{ type: 'TXT', name: '_DMARC.Example.test' }],
        answers: [
          { type: 'CNAME', name: '_dmarc.example.test', ttl: 300, data: 'K.dmarc.Hosted.test' },
          { type: 'TXT', name: 'k.dmarc.hosted.test', ttl: 60, data: ['v=DMARC1; ', 'p=none'] },
          { type: 'A', name: 'a.test', ttl: 1, data: '192.0.2.1' },
          { type: 'AAAA', name: 'a.test', ttl: 1, data: '2001:db8:0:0:0:0:0:1' },
          { type: 'MX', name: 'a.test', ttl: 1, data: { preference: 10, exchange: 'mx.a.test' } },
          { type: 'CAA', name: 'a.test', ttl: 1, data: { flags: 128, tag: 'issue', value: 'ca.test' } },
        ],
        authorities: [
          {
            type: 'SOA',
            name: 'example.test',
            ttl: 900,
            data: {
              mname: 'ns1.a.test',
              rname: 'h.a.test',
              serial: 4294967295,
              refresh: 2,
              retry: 3,
              expire: 4,
              minimum: 30,
            },
          },
        ],
        additionals: [
          {
            type: 'OPT',
            name: '.',
            udpPayloadSize: 1232,
            extendedRcode: 1,
            ednsVersion: 0,
            flags: 0x8000,
            flag_do: true,
            options: [],
          },
        ],
      }),
    )
    expect(message).toMatchObject({
      id: 4711,
      response: true,
      authoritative: true,
      authenticData: true,
      truncated: false,
      rcode: 'RCODE19',
      question: { name: '_dmarc.example.test', type: 'TXT' },
      edns: { udpSize: 1232, dnssecOk: true },
    })
    expect(message.answers).toEqual([
      { name: '_dmarc.example.test', type: 'CNAME', ttl: 300, data: 'k.dmarc.hosted.test' },
      {
        name: 'k.dmarc.hosted.test',
        type: 'TXT',
        ttl: 60,
        data: 'v=DMARC1; p=none',
        strings: ['v=DMARC1; ', 'p=none'],
      },
      { name: 'a.test', type: 'A', ttl: 1, data: '192.0.2.1' },
      { name: 'a.test', type: 'AAAA', ttl: 1, data: '2001:db8::1' },
      { name: 'a.test', type: 'MX', ttl: 1, data: { preference: 10, exchange: 'mx.a.test' } },
      { name: 'a.test', type: 'CAA', ttl: 1, data: { critical: true, tag: 'issue', value: 'ca.test' } },
    ])
    expect(message.authority[0]).toMatchObject({ type: 'SOA', data: { serial: 4294967295, minimum: 30 } })
  })

  it('keeps one label with a dot in it apart from two labels', () => {
    const target = name('k3y.dmarc', 'hosted', 'test')
    const message = decodeMessage(Buffer.concat([header([0, 1, 0, 0]), record(name('_dmarc', 'test'), 5, target)]))
    expect(message.answers[0]).toMatchObject({ data: 'k3y\\.dmarc.hosted.test' })
  })

  it('folds ASCII letters only, and writes other bytes as a zone file does', () => {
    const odd = name('A\u00c4 "', 'test')
    const message = decodeMessage(Buffer.concat([header([0, 1, 0, 0]), record(odd, 5, name('b'))]))
    expect(message.answers[0]?.name).toBe('a\\196\\032\\".test')
  })

  it('follows compression backwards, and reads a TTL with the top bit as 0', () => {
    const answer = record(Buffer.from([0xc0, 12]), 5, Buffer.from([0xc0, 12]), 0x80000001)
    const question = Buffer.concat([name('a', 'test'), Buffer.from([0, 5, 0, 1])])
    const message = decodeMessage(Buffer.concat([header([1, 1, 0, 0]), question, answer]))
    expect(message.answers).toEqual([{ name: 'a.test', type: 'CNAME', ttl: 0, data: 'a.test' }])
  })

  it('reads a pointer to the question, and one into the midst of it, as the names written out', () => {
    const question = Buffer.concat([name('_dmarc', 'A.b', 'test'), Buffer.from([0, 16, 0, 1])])
    const pointers = record(Buffer.from([0xc0, 12]), 5, Buffer.from([1, 0x6b, 0xc0, 19]))
    const written = record(name('_dmarc', 'a.b', 'test'), 5, name('k', 'a.b', 'test'))
    const message = decodeMessage(Buffer.concat([header([1, 2, 0, 0]), question, pointers, written]))
    expect(message.answers[0]).toEqual(message.answers[1])
    expect(message.answers[0]?.name).toBe(message.question?.name)
  })

  it('reads the longest name there is, of bytes that each take four characters', () => {
    const labels = [63, 63, 63, 61].map((length) => '\u00ff'.repeat(length))
    const message = decodeMessage(Buffer.concat([header([0, 1, 0, 0]), record(name(...labels), 5, name(...labels))]))
    const text = labels.map((one) => '\\255'.repeat(one.length)).join('.')
    expect(message.answers).toEqual([{ name: text, type: 'CNAME', ttl: 60, data: text }])
  })

  it('keeps unknown types as bytes and leaves out other classes', () => {
    const unknown = record(name('a'), 65_280, Buffer.from([1, 2, 3]))
    const chaos = record(name('a'), 16, Buffer.from([1, 65]))
    chaos.writeUInt16BE(3, 5)
    const message = decodeMessage(Buffer.concat([header([0, 2, 0, 0]), unknown, chaos]))
    expect(message.answers).toEqual([
      { name: 'a', type: 'OTHER', typeName: 'TYPE65280', ttl: 60, data: new Uint8Array([1, 2, 3]) },
    ])
  })

  it('reads no records from a truncated message', () => {
    const message = decodeMessage(Buffer.concat([header([0, 5, 0, 0], 0x8600), Buffer.from([1])]))
    expect(message).toMatchObject({ truncated: true, answers: [] })
  })

  it.each([
    ['fewer than 12 bytes', Buffer.alloc(11)],
    ['a pointer to itself', Buffer.concat([header([1, 0, 0, 0]), Buffer.from([0xc0, 12, 0, 5, 0, 1])])],
    ['a pointer forward', Buffer.concat([header([1, 0, 0, 0]), Buffer.from([0xc0, 16, 0, 5, 0, 1, 0])])],
    ['a label of unknown kind', Buffer.concat([header([1, 0, 0, 0]), Buffer.from([0x41, 0, 0, 5, 0, 1])])],
    ['a name without end', Buffer.concat([header([1, 0, 0, 0]), Buffer.from([3, 65])])],
    [
      'a name over 255 bytes',
      Buffer.concat([header([1, 0, 0, 0]), name(...Array(5).fill('x'.repeat(60))), Buffer.alloc(4)]),
    ],
    ['more records announced than there are', header([0, 65_535, 0, 0])],
    [
      'data longer than the message',
      Buffer.concat([header([0, 1, 0, 0]), record(name('a'), 5, name('b')).subarray(0, -1)]),
    ],
    ['an address of 3 bytes', Buffer.concat([header([0, 1, 0, 0]), record(name('a'), 1, Buffer.from([1, 2, 3]))])],
    [
      'a string longer than its record',
      Buffer.concat([header([0, 1, 0, 0]), record(name('a'), 16, Buffer.from([9, 65]))]),
    ],
    [
      'a pointer to the question that leaves its record',
      Buffer.concat([
        header([1, 2, 0, 0]),
        name('a'),
        Buffer.from([0, 5, 0, 1]),
        record(name('a'), 5, Buffer.from([0xc0])),
        record(Buffer.from([12]), 5, name('b')),
      ]),
    ],
    [
      'a name that leaves its record',
      Buffer.concat([header([0, 1, 0, 1]), record(name('a'), 5, Buffer.from([3, 65]))]),
    ],
  ])('fails on %s', (_, bytes) => {
    expect(() => decodeMessage(bytes)).toThrow(DnsFormatError)
  })

  it('never throws anything but DnsFormatError on arbitrary bytes', () => {
    const counts = fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3), fc.nat(3))
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), counts, (body, c) => {
        try {
          decodeMessage(Buffer.concat([header(c), body]))
        } catch (error) {
          expect(error).toBeInstanceOf(DnsFormatError)
        }
      }),
      { numRuns: 2000 },
    )
  })
})
