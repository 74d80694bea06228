import {
  decodeUpdate,
  encodeUpdateReply,
  evaluateUpdate,
  opcodes,
  type Rcode,
  signMessage,
  signRefusal,
  type TsigKey,
  UpdateFormatError,
  verifyMessage,
  WireFormatError,
} from '@dmarc-as-code/dns'
import type { ZoneData } from '../authority/index.ts'
import { changesOf, zoneView } from './zone-view.ts'

export interface UpdateHandlerOptions {
  /** The zones that may be changed. */
  zones: readonly ZoneData[]
  /** Each key may change every zone, as `grant KEY zonesub ANY` in BIND. */
  keys: readonly TsigKey[]
  /** Milliseconds since 1970. */
  now: () => number
  /** Called after a zone has changed and before the reply is given. */
  onChange?: (zone: ZoneData) => void
}

type Verified = ReturnType<typeof verifyMessage>

/**
 * Carries out DNS UPDATE requests signed with TSIG (RFC 2136, RFC 8945) as BIND does: unsigned ones are REFUSED, a bad
 * signature gets NOTAUTH with its TSIG error, NOERROR comes signed.
 */
export function updateHandler(options: UpdateHandlerOptions): (message: Buffer, opcode: number) => Buffer | undefined {
  return (message, opcode) => {
    if (opcode !== opcodes.UPDATE) return undefined
    const id = message.readUInt16BE(0)
    const now = options.now()
    try {
      const verified = verifyMessage(message, options.keys, { now })
      if (!verified.ok) return refusal(id, verified, now)
      const reply = carryOut(verified.message, id, options)
      return signMessage(reply, verified.key, { now, requestMac: verified.mac }).bytes
    } catch (error) {
      if (error instanceof WireFormatError) return encodeUpdateReply({ id }, 'FORMERR')
      throw error
    }
  }
}

function refusal(id: number, failure: Exclude<Verified, { ok: true }>, now: number): Buffer {
  switch (failure.reason) {
    case 'BADKEY':
    case 'BADSIG':
    case 'BADTIME':
      return signRefusal(encodeUpdateReply({ id }, 'NOTAUTH'), failure, now)
    case 'unsigned':
      return encodeUpdateReply({ id }, 'REFUSED')
    // A TSIG out of place, or one that reports an error in a request (RFC 8945 section 5.2).
    case 'misplaced':
    case 'refused':
      return encodeUpdateReply({ id }, 'FORMERR')
  }
}

function carryOut(message: Buffer, id: number, { zones, onChange }: UpdateHandlerOptions): Buffer {
  const update = readUpdate(message)
  if (typeof update === 'string') return encodeUpdateReply({ id }, update)
  const zone = zones.find((candidate) => candidate.name.toLowerCase() === update.zone.toLowerCase().replace(/\.$/, ''))
  if (!zone) return encodeUpdateReply(update, 'NOTAUTH')
  const { rcode, changed } = evaluateUpdate(update, zoneView(zone))
  if (changed.size > 0) {
    zone.apply(changesOf(changed))
    onChange?.(zone)
  }
  return encodeUpdateReply(update, rcode)
}

function readUpdate(message: Buffer): ReturnType<typeof decodeUpdate> | Rcode {
  try {
    return decodeUpdate(message)
  } catch (error) {
    if (error instanceof UpdateFormatError) return error.rcode
    throw error
  }
}
