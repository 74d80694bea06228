import { decode, encode } from 'dns-packet'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { respond } from './responder.ts'
import { ZoneData } from './zone-data.ts'

const zone = new ZoneData({ origin: 'example.test', nameServers: ['ns1.example.test'] })
zone.setRrsets('*.example.test', [{ type: 'TXT', ttl: 60, data: ['here'] }])

const question = encode({
  type: 'query',
  id: 7,
  questions: [{ name: 'a.b.example.test', type: 'TXT' }],
  additionals: [
    {
      name: '.',
      type: 'OPT',
      udpPayloadSize: 1232,
      extendedRcode: 0,
      ednsVersion: 0,
      flags: 0,
      flag_do: false,
      options: [],
    },
  ],
})

/** A reply is well formed, is a reply, carries the id of the request, and fits. */
function check(message: Buffer): void {
  const reply = respond([zone], message, 'udp')
  if (!reply) return
  expect(reply.readUInt16BE(0)).toBe(message.readUInt16BE(0))
  expect(reply.length).toBeLessThanOrEqual(1232)
  expect(decode(reply).flag_qr).toBe(true)
}

describe('the responder on arbitrary bytes', () => {
  it('never throws and replies with a well-formed message or not at all', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => check(Buffer.from(bytes))),
      { numRuns: 5000 },
    )
  })

  it('never throws on a corrupted or truncated query', () => {
    const change = fc.tuple(fc.nat(question.length - 1), fc.nat(255))
    fc.assert(
      fc.property(fc.array(change, { maxLength: 6 }), fc.nat(question.length), (changes, length) => {
        const message = Buffer.from(question)
        for (const [at, value] of changes) message[at] = value
        check(message.subarray(0, length))
        check(message)
      }),
      { numRuns: 5000 },
    )
  })

  it('answers names with arbitrary bytes from the wildcard and echoes them exactly', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 63 }), (label) => {
        const tail = encode({ questions: [{ name: 'example.test', type: 'TXT' }] })
        const message = Buffer.concat([tail.subarray(0, 12), Buffer.from([label.length]), label, tail.subarray(12)])
        const reply = respond([zone], message, 'udp')
        expect(reply?.subarray(12, message.length).equals(message.subarray(12))).toBe(true)
        expect(reply?.readUInt16BE(6)).toBe(1)
      }),
    )
  })
})
