import { mapLimited } from '@dmarc-as-code/primitives'
import { canonicalName } from '../wire/names.ts'
import type { DnsAdapter, HostedZone, RecordSet } from './types.ts'

/** Where a name lies, and what stands there. */
export interface Place {
  zone: HostedZone | undefined
  sets: RecordSet[]
}

/** Each name may lie in a zone of its own. */
export async function readNames(
  adapter: DnsAdapter,
  names: readonly string[],
  signal: AbortSignal | undefined,
): Promise<(name: string) => Place> {
  const zones = await mapLimited(names, 4, async (name) => ({ name, zone: await adapter.findZone(name, { signal }) }))
  const places = new Map<string, Place>(zones.map(({ name, zone }) => [name, { zone, sets: [] }]))
  const groups = Map.groupBy(zones, ({ zone }) => zone?.id)
  groups.delete(undefined)
  for (const group of groups.values()) {
    const zone = group[0]?.zone as HostedZone
    const here = group.map(({ name }) => name)
    for (const set of await adapter.read(zone, here, { signal })) places.get(set.name)?.sets.push(set)
  }
  return (name) => places.get(name) ?? { zone: undefined, sets: [] }
}

/** The target of a CNAME that stands alone, lower-case without the final dot. */
export function aliasAt(sets: readonly RecordSet[]): string | undefined {
  const [only, ...others] = sets
  if (only?.type !== 'CNAME' || others.length > 0 || only.values[0] === undefined) return undefined
  return canonicalName(only.values[0])
}
