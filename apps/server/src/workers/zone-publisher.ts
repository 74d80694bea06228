import type { ZoneData } from '../authority/zone-data.ts'
import type { NamedRrsets } from '../rules/zone-records.ts'

/** Where the hosted records go. Resolves once the zone's own servers answer with them. */
export interface ZonePublisher {
  /** Makes each name hold exactly these records; an empty list removes the name. All together or not at all. */
  publish(records: readonly NamedRrsets[], signal: AbortSignal): Promise<void>
}

/** Publishes into the responder of this process. */
export function embeddedPublisher(zone: ZoneData): ZonePublisher {
  return {
    async publish(records) {
      zone.apply(records)
    },
  }
}
