import { signMessage, type TsigKey } from '@dmarc-as-code/dns/rfc2136'
import { DnsFormatError, headerFlags, headerLength, opcodes, readMessage } from '@dmarc-as-code/dns/wire'
import { bareReply, readSignature } from '../authority/signatures.ts'
import { applyUpdate, type UpdateTarget } from './apply-update.ts'

export interface SignedHandlerOptions extends UpdateTarget {
  /** Each key may change every zone, as `grant KEY zonesub ANY` in BIND. */
  keys: readonly TsigKey[]
  /** Milliseconds since 1970. */
  now: () => number
}

/**
 * Verifies and creates TSIG signatures (RFC 8945) and applies DNS UPDATE (RFC 2136) as BIND does: a signed query gets a
 * signed answer, a bad signature NOTAUTH with its TSIG error, an unsigned update REFUSED.
 */
export function signedHandler(
  options: SignedHandlerOptions,
): (message: Buffer, respond: (message: Buffer) => Buffer | undefined) => Buffer | undefined {
  return (message, respond) => {
    const now = options.now()
    const request = readSignature(message, options.keys, now)
    const isUpdate =
      message.length >= headerLength &&
      !(message.readUInt16BE(2) & headerFlags.response) &&
      (message.readUInt16BE(2) >> 11) % 16 === opcodes.UPDATE
    switch (request.kind) {
      case 'refused':
        return request.reply
      case 'plain':
        return isUpdate ? bareReply(message, isReadable(message) ? 'REFUSED' : 'FORMERR') : respond(message)
      case 'signed': {
        const reply = isUpdate ? applyUpdate(request.message, options) : respond(request.message)
        return reply && signMessage(reply, request.key, { now, requestMac: request.mac }).bytes
      }
    }
  }
}

function isReadable(message: Buffer): boolean {
  try {
    readMessage(message)
    return true
  } catch (error) {
    if (error instanceof DnsFormatError) return false
    throw error
  }
}
