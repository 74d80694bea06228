import { decodeUpdate, encodeUpdateReply, evaluateUpdate, UpdateFormatError } from '@dmarc-as-code/dns/rfc2136'
import { sameName } from '@dmarc-as-code/dns/wire'
import type { ZoneData } from '../authority/index.ts'
import { changesOf, zoneView } from './zone-view.ts'

export interface UpdateTarget {
  /** The zones that may be changed. */
  zones: readonly ZoneData[]
  /** Called after a zone has changed and before the reply is given. */
  onChange?: (zone: ZoneData) => void
}

/** Applies an UPDATE atomically and returns the unsigned reply. */
export function applyUpdate(message: Buffer, { zones, onChange }: UpdateTarget): Buffer {
  const id = message.readUInt16BE(0)
  try {
    const update = decodeUpdate(message)
    const zone = zones.find((candidate) => sameName(candidate.name, update.zone))
    if (!zone) return encodeUpdateReply(update, 'NOTAUTH')
    const { rcode, changed } = evaluateUpdate(update, zoneView(zone))
    if (changed.size > 0) {
      zone.apply(changesOf(changed))
      onChange?.(zone)
    }
    return encodeUpdateReply(update, rcode)
  } catch (error) {
    if (error instanceof UpdateFormatError) return encodeUpdateReply({ id }, error.rcode)
    throw error
  }
}
