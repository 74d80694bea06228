import type { Found } from '../current/found.ts'
import type { NamedRrsets } from '../rules/zone-records.ts'
import type { Store } from '../store/open-store.ts'
import { writeZoneNames } from '../store/zone-contents.ts'
import type { Work } from '../workers/worker.ts'

/** Writes the hosted records into the zone. */
export interface ZonePublisher {
  /**
   * Sets the records of each name to exactly these; an empty list removes the name. Resolves once the zone holds them.
   * The lease of the work is renewed before each write.
   */
  publish(records: readonly NamedRrsets[], work: Pick<Work, 'signal' | 'renew'>): Promise<void>
}

/** A name of the hosted zone whose records differ from the store; records in zone-file form, none when it must not exist. */
export interface ZoneDifference {
  name: string
  expected: readonly string[]
  found: readonly string[]
}

/** A zone whose records can change behind the server's back. */
export interface ComparableZone {
  /** Compares the records of each name with those the zone holds; an empty list means that the name must not exist. */
  compare(records: readonly NamedRrsets[], signal: AbortSignal): Promise<ZoneDifference[]>
  /** The whole zone as it is now; not known where the service does not give it as a whole. */
  list(signal: AbortSignal): Promise<Found<ZoneListing>>
}

/** A zone as it was listed. */
export interface ZoneListing {
  /** The names with records, those in zone-file form. */
  names: ReadonlyMap<string, readonly string[]>
  /** Whether the records of a name are these. */
  has(entry: NamedRrsets): boolean
}

/**
 * Publishes into the store, from which the embedded responders serve the zone. `served` waits for those of this process: without
 * one, the others follow within their poll.
 */
export function storePublisher(context: {
  store: Store
  zone: string
  now: () => number
  served: (serial: number) => Promise<void>
}): ZonePublisher {
  const { store, zone, now, served } = context
  return {
    async publish(records, { renew }) {
      await renew()
      await served(await writeZoneNames(store, zone, records, now()))
    },
  }
}
