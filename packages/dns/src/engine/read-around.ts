import { mapLimited } from '@dmarc-as-code/primitives'
import { namesAround } from './names.ts'
import type { DnsAdapter, HostedZone, RecordSet } from './types.ts'

/** A name of a zone. */
export interface Spot {
  readonly zone: HostedZone
  readonly name: string
}

/** Reads what stands at names, above them, and at the wildcards that may answer for them. */
export async function readAround(
  adapter: DnsAdapter,
  spots: readonly Spot[],
  signal: AbortSignal | undefined,
): Promise<(spot: Spot) => (name: string) => RecordSet[]> {
  const groups = Map.groupBy(spots, ({ zone }) => zone.id)
  const read = await mapLimited([...groups], 4, async ([id, [first, ...others]]) => {
    const { zone } = first as Spot
    const names = new Set([first, ...others].flatMap((spot) => (spot ? namesAround(spot.name, zone.name) : [])))
    const sets = await adapter.read(zone, [...names], { signal })
    return [id, Map.groupBy(sets, (set) => set.name)] as const
  })
  const live = new Map(read)
  return ({ zone }) =>
    (name) =>
      live.get(zone.id)?.get(name) ?? []
}
