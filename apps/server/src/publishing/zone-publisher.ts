import type { ZoneData } from '../authority/zone-data.ts'
import type { NamedRrsets } from '../rules/zone-records.ts'

/** Writes the hosted records into the zone. */
export interface ZonePublisher {
  /** Sets the records of each name to exactly these; an empty list removes the name. Resolves once the zone holds them. */
  publish(records: readonly NamedRrsets[], signal: AbortSignal): Promise<void>
}

/** Publishes into the embedded responder. */
export function embeddedPublisher(zone: ZoneData): ZonePublisher {
  return {
    async publish(records) {
      zone.apply(records)
    },
  }
}
