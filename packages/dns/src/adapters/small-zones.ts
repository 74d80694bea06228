import { mapLimited } from '@dmarc-as-code/primitives'
import type { HostedZone } from '../engine/types.ts'

export interface ZoneReading<Item> {
  /** Everything in the zone, or undefined where that does not fit into one answer. */
  whole(zone: HostedZone, signal: AbortSignal | undefined): Promise<readonly Item[] | undefined>
  /** What tells items apart: several names may bring the same one along. */
  idOf(item: Item): unknown
  /** Everything at one name; more may come along. */
  byName(zone: HostedZone, name: string, signal: AbortSignal | undefined): Promise<readonly Item[]>
}

/** Several names of a zone that fits into one answer take one request; a larger zone is read name by name. */
export function zoneReader<Item>({ whole, idOf, byName }: ZoneReading<Item>) {
  const large = new Set<string>()
  return async (zone: HostedZone, names: readonly string[], signal?: AbortSignal): Promise<Item[]> => {
    if (names.length > 1 && !large.has(zone.id)) {
      const items = await whole(zone, signal)
      if (items) return [...items]
      large.add(zone.id)
    }
    const found = (await mapLimited(names, 4, (name) => byName(zone, name, signal))).flat()
    return [...new Map(found.map((item) => [idOf(item), item])).values()]
  }
}
