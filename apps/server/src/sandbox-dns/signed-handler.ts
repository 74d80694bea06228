import { signMessage, signRefusal, type TsigKey, verifyMessage } from '@dmarc-as-code/dns/rfc2136'
import { DnsFormatError, opcodes, type Rcode, rcodes, writeMessage } from '@dmarc-as-code/dns/wire'
import type { Handler } from '../authority/index.ts'
import { applyUpdate, type UpdateTarget } from './apply-update.ts'

export interface SignedHandlerOptions extends UpdateTarget {
  /** Each key may change every zone, as `grant KEY zonesub ANY` in BIND. */
  keys: readonly TsigKey[]
  /** Milliseconds since 1970. */
  now: () => number
}

type Verified = ReturnType<typeof verifyMessage>

/**
 * Verifies and creates TSIG signatures (RFC 8945) and applies DNS UPDATE (RFC 2136) as BIND does: a signed query gets a
 * signed answer, a bad signature NOTAUTH with its TSIG error, an unsigned update REFUSED.
 */
export function signedHandler(options: SignedHandlerOptions): Handler {
  return (message, respond) => {
    const now = options.now()
    // Too short for a header, or itself a reply: the responder gives no reply.
    if (message.length < 12 || message.readUInt16BE(2) & 0x8000) return respond(message)
    const isUpdate = (message.readUInt16BE(2) >> 11) % 16 === opcodes.UPDATE
    const verified = verify(message, options.keys, now)
    if (verified === undefined) return isUpdate ? bareReply(message, 'FORMERR') : respond(message)
    if (verified.ok) {
      const reply = isUpdate ? applyUpdate(verified.message, options) : respond(verified.message)
      return reply && signMessage(reply, verified.key, { now, requestMac: verified.mac }).bytes
    }
    if (verified.reason === 'unsigned') return isUpdate ? bareReply(message, 'REFUSED') : respond(message)
    return refusal(message, verified, now)
  }
}

/** Undefined for bytes that are not a message; the responder handles them. */
function verify(message: Buffer, keys: readonly TsigKey[], now: number): Verified | undefined {
  try {
    return verifyMessage(message, keys, { now })
  } catch (error) {
    if (error instanceof DnsFormatError) return undefined
    throw error
  }
}

function refusal(message: Buffer, failure: Exclude<Verified, { ok: true }>, now: number): Buffer {
  switch (failure.reason) {
    case 'BADKEY':
    case 'BADSIG':
    case 'BADTIME':
      return signRefusal(bareReply(message, 'NOTAUTH'), failure, now)
    // A TSIG in the wrong place, or one that reports an error in a request (RFC 8945 section 5.2).
    default:
      return bareReply(message, 'FORMERR')
  }
}

/** A reply that is only a header: the request's id and opcode, and a response code. */
function bareReply(message: Buffer, rcode: Rcode): Buffer {
  const opcode = message.readUInt16BE(2) & 0x7800
  return writeMessage({ id: message.readUInt16BE(0), flags: 0x8000 | opcode | rcodes[rcode], questions: [] })
}
