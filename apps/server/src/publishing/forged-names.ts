import { zoneNameUse } from '../rules/zone-areas.ts'
import type { HostedZone } from '../rules/zone-records.ts'
import { findHosting, knownKeys } from '../store/hostings.ts'
import type { Db } from '../store/open-store.ts'
import type { ZoneDifference, ZoneListing } from './zone-publisher.ts'

/** The work that removes a name; no key has this form. */
const prefix = 'forged '

export const forgedSubject = (name: string): string => `${prefix}${name}`

/** The name that this work removes; undefined for other work. */
export const forgedName = (subject: string): string | undefined =>
  subject.startsWith(prefix) ? subject.slice(prefix.length) : undefined

/** Whether a name is in a part of the zone where only this server publishes, and nothing in the store explains it. */
export async function isForged(db: Db, name: string, zone: HostedZone): Promise<boolean> {
  const place = zoneNameUse(name, zone)
  if (place.use === 'hosting') return (await findHosting(db, place.key)) === undefined
  return place.use === 'forged'
}

/** Keys asked for at once. */
const batch = 500

/** Names of a zone that the store does not explain. */
export interface Unexplained {
  /** To be removed: they are where only this server publishes, or answer for its names. */
  forged: ZoneDifference[]
  /** In a part of the zone that this server does not use. */
  foreign: string[]
}

/** Everything in a zone that the store does not explain, its own name left out. */
export async function unexplainedNames(db: Db, listing: ZoneListing, zone: HostedZone): Promise<Unexplained> {
  const forged: ZoneDifference[] = []
  const foreign: string[] = []
  const byKey = new Map<string, ZoneDifference[]>()
  for (const [name, found] of listing.names) {
    const place = zoneNameUse(name, zone)
    const difference = { name, expected: [], found }
    if (place.use === 'forged') forged.push(difference)
    else if (place.use === 'foreign' && name !== zone.zone) foreign.push(name)
    else if (place.use === 'hosting') byKey.set(place.key, [...(byKey.get(place.key) ?? []), difference])
  }
  const keys = [...byKey.keys()]
  for (let start = 0; start < keys.length; start += batch) {
    for (const key of await knownKeys(db, keys.slice(start, start + batch))) byKey.delete(key)
  }
  return { forged: [...forged, ...[...byKey.values()].flat()], foreign }
}
