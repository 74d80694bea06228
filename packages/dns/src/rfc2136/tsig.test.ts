import { describe, expect, it } from 'vitest'
import { encodeName } from '../wire/names.ts'
import { signMessage, signRefusal, type TsigKey, verifyMessage } from './tsig.ts'
import { encodeUpdate, encodeUpdateReply } from './update.ts'

const key: TsigKey = { name: 'K.', algorithm: 'hmac-sha256', secret: Buffer.alloc(32, 7).toString('base64') }
const now = Date.UTC(2026, 0, 1)
const update = encodeUpdate({
  id: 4711,
  zone: 'example.test',
  prerequisites: [{ kind: 'name-not-in-use', name: '_dmarc.example.test' }],
  updates: [{ kind: 'add', name: '_dmarc.example.test', type: 'CNAME', ttl: 300, rdata: encodeName('k.dmarc.test') }],
})

describe('TSIG (RFC 8945)', () => {
  it.each(['hmac-sha256', 'hmac-sha512'] as const)(
    '%s: what is signed verifies, and gives the message back',
    (algorithm) => {
      const signed = signMessage(update, { ...key, algorithm }, { now })
      const verified = verifyMessage(signed.bytes, { ...key, algorithm }, { now: now + 299_000 })
      expect(verified).toMatchObject({ ok: true, message: update, mac: signed.mac })
    },
  )

  it('binds the reply to the MAC of its request', () => {
    const request = signMessage(update, key, { now })
    const reply = signMessage(encodeUpdateReply({ id: 4711, zone: 'example.test' }, 'NOERROR'), key, {
      now,
      requestMac: request.mac,
    })
    expect(verifyMessage(reply.bytes, key, { now, requestMac: request.mac }).ok).toBe(true)
    expect(verifyMessage(reply.bytes, key, { now, requestMac: Buffer.alloc(32) })).toMatchObject({ reason: 'BADSIG' })
  })

  it('verifies after a forwarder changed the message id (original id, section 4.2)', () => {
    const { bytes } = signMessage(update, key, { now })
    bytes.writeUInt16BE(99, 0)
    expect(verifyMessage(bytes, key, { now })).toMatchObject({ ok: true, message: update })
  })

  it('fails when any single byte of the message is flipped', () => {
    const { bytes } = signMessage(update, key, { now })
    for (let index = 2; index < update.length; index++) {
      const altered = Buffer.from(bytes)
      altered[index] = (altered[index] as number) ^ 1
      let ok = false
      try {
        ok = verifyMessage(altered, key, { now }).ok
      } catch {}
      expect(ok, `byte ${index}`).toBe(false)
    }
  })

  it('fails with BADKEY for an unknown name or another algorithm, BADSIG for another secret, BADTIME for a far clock', () => {
    const { bytes } = signMessage(update, key, { now })
    expect(verifyMessage(bytes, [], { now })).toMatchObject({ reason: 'BADKEY', keyName: 'k' })
    expect(verifyMessage(bytes, { ...key, algorithm: 'hmac-sha512' }, { now })).toMatchObject({ reason: 'BADKEY' })
    expect(verifyMessage(bytes, { ...key, secret: 'AAAA' }, { now })).toMatchObject({ reason: 'BADSIG' })
    expect(verifyMessage(bytes, key, { now: now + 301_000 })).toMatchObject({ reason: 'BADTIME' })
    expect(verifyMessage(update, key, { now })).toEqual({ ok: false, reason: 'unsigned' })
  })

  it('tells the client the server clock with BADTIME, in a signed refusal', () => {
    const request = signMessage(update, key, { now })
    const serverNow = now + 3_600_000
    const failure = verifyMessage(request.bytes, key, { now: serverNow })
    if (failure.ok || failure.reason !== 'BADTIME') throw new Error('expected BADTIME')
    const refusal = signRefusal(encodeUpdateReply({ id: 4711 }, 'NOTAUTH'), failure, serverNow)
    expect(verifyMessage(refusal, key, { now, requestMac: request.mac })).toEqual({
      ok: false,
      reason: 'refused',
      error: 'BADTIME',
      serverTime: serverNow,
    })
  })

  it('reads an unsigned BADKEY refusal as a refusal', () => {
    const request = signMessage(update, key, { now })
    const failure = verifyMessage(request.bytes, [], { now })
    if (failure.ok || failure.reason !== 'BADKEY') throw new Error('expected BADKEY')
    const refusal = signRefusal(encodeUpdateReply({ id: 4711 }, 'NOTAUTH'), failure, now)
    expect(verifyMessage(refusal, key, { now, requestMac: request.mac })).toMatchObject({
      reason: 'refused',
      error: 'BADKEY',
    })
  })
})
