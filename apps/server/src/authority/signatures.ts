import { signRefusal, type TsigKey, verifyMessage } from '@dmarc-as-code/dns/rfc2136'
import { DnsFormatError, headerFlags, headerLength, type Rcode, rcodes, writeMessage } from '@dmarc-as-code/dns/wire'

/**
 * A request as its signature (RFC 8945) makes it: `plain` without a signature or not a request at all, `signed` with a valid
 * one, which covers `message`, or `refused` with the reply to send.
 */
export type SignedRequest =
  | { kind: 'plain' }
  | { kind: 'signed'; message: Buffer; key: TsigKey; mac: Buffer }
  | { kind: 'refused'; reply: Buffer }

/** Checks the signature of a request. Arbitrary bytes never make it throw. */
export function readSignature(message: Buffer, keys: readonly TsigKey[], now: number): SignedRequest {
  // Too short for a header, or itself a reply: the responder gives no reply.
  if (message.length < headerLength || message.readUInt16BE(2) & headerFlags.response) return { kind: 'plain' }
  const verified = verify(message, keys, now)
  if (verified === undefined) return { kind: 'plain' }
  if (verified.ok) return { kind: 'signed', ...verified }
  switch (verified.reason) {
    case 'unsigned':
      return { kind: 'plain' }
    case 'BADKEY':
    case 'BADSIG':
    case 'BADTIME':
      return { kind: 'refused', reply: signRefusal(bareReply(message, 'NOTAUTH'), verified, now) }
    // A TSIG in the wrong place, or one that reports an error in a request (RFC 8945 section 5.2).
    default:
      return { kind: 'refused', reply: bareReply(message, 'FORMERR') }
  }
}

/** Undefined for bytes that are not a message. */
function verify(message: Buffer, keys: readonly TsigKey[], now: number) {
  try {
    return verifyMessage(message, keys, { now })
  } catch (error) {
    if (error instanceof DnsFormatError) return undefined
    throw error
  }
}

/** A reply that is only a header: the request's id and opcode, and a response code. */
export function bareReply(message: Buffer, rcode: Rcode): Buffer {
  const opcode = message.readUInt16BE(2) & 0x7800
  return writeMessage({ id: message.readUInt16BE(0), flags: 0x8000 | opcode | rcodes[rcode], questions: [] })
}
