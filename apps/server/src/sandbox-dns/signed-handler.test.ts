import { encodeUpdate, signMessage, type TsigKey, verifyMessage } from '@dmarc-as-code/dns/rfc2136'
import { encodeName, readMessage, writeMessage } from '@dmarc-as-code/dns/wire'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { respond } from '../authority/responder.ts'
import { customerZoneData, customerZones } from './customer-zones.ts'
import { signedHandler } from './signed-handler.ts'

const key: TsigKey = { name: 'sandbox', algorithm: 'hmac-sha256', secret: Buffer.alloc(32, 1).toString('base64') }
const NOW = Date.UTC(2026, 0, 1)

function setup() {
  const zones = customerZones.map(customerZoneData)
  const handler = signedHandler({ zones, keys: [key], now: () => NOW })
  return { zones, answer: (message: Buffer) => handler(message, (request) => respond(zones, request, 'udp')) }
}

const update = encodeUpdate({
  id: 7,
  zone: 'example.test',
  prerequisites: [{ kind: 'name-not-in-use', name: '_dmarc.example.test' }],
  updates: [
    { kind: 'add', name: '_dmarc.example.test', type: 'CNAME', ttl: 60, rdata: encodeName('key.dmarc.hosted.test') },
  ],
})

describe('signed messages', () => {
  it('answers a signed query with a signed reply', () => {
    const question = writeMessage({ id: 9, flags: 0, questions: [{ name: 'mail.example.test', type: 'A', class: 1 }] })
    const signed = signMessage(question, key, { now: NOW })
    const reply = setup().answer(signed.bytes) ?? Buffer.alloc(0)
    expect(verifyMessage(reply, key, { now: NOW, requestMac: signed.mac })).toMatchObject({ ok: true })
    expect(readMessage(reply).sections[0]).toHaveLength(1)
  })

  it('answers an unsigned query with an unsigned reply', () => {
    const question = writeMessage({ id: 9, flags: 0, questions: [{ name: 'mail.example.test', type: 'A', class: 1 }] })
    const reply = setup().answer(question) ?? Buffer.alloc(0)
    expect(verifyMessage(reply, key, { now: NOW })).toMatchObject({ ok: false, reason: 'unsigned' })
  })

  it('never answers a reply, so that two servers cannot answer each other for ever', () => {
    const reply = Buffer.from(signMessage(update, key, { now: NOW }).bytes)
    reply.writeUInt16BE(reply.readUInt16BE(2) | 0x8000, 2)
    expect(setup().answer(reply)).toBeUndefined()
  })

  it('never throws on a corrupted or truncated update, and applies it only when it is intact', () => {
    const { bytes } = signMessage(update, key, { now: NOW })
    const change = fc.tuple(fc.nat(bytes.length - 1), fc.nat(255))
    fc.assert(
      fc.property(fc.array(change, { maxLength: 4 }), fc.nat(bytes.length), (changes, length) => {
        const { zones, answer } = setup()
        const message = Buffer.from(bytes)
        for (const [at, value] of changes) message[at] = value
        const sent = message.subarray(0, length)
        answer(sent)
        const applied = zones.some((zone) => zone.dump().includes('hosted.test'))
        // The id may change on the way: TSIG signs the original one (RFC 8945 section 5.3). Letter case of names is free.
        if (applied)
          expect(sent.toString('latin1').toLowerCase().slice(2)).toBe(bytes.toString('latin1').toLowerCase().slice(2))
      }),
      { numRuns: 1000 },
    )
  })
})
