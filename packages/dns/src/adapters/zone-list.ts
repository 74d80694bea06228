import { shareInFlight } from '@dmarc-as-code/primitives'
import type { FindZoneOptions, HostedZone } from '../engine/types.ts'
import { canonicalName, isWithin } from '../wire/names.ts'

/** How long a list counts, in milliseconds. */
const keptFor = 60_000

/** `findZone` for services that tell their zones only as one list. The list counts for a minute, unless it is asked for afresh. */
export function zoneList<Zone extends HostedZone>(
  readAll: (signal: AbortSignal | undefined) => Promise<readonly Zone[]>,
  clock: () => number,
): (name: string, options?: FindZoneOptions) => Promise<Zone | undefined> {
  const share = shareInFlight<readonly Zone[]>()
  let kept: { zones: readonly Zone[]; at: number } | undefined
  return async (name, { signal, fresh = false } = {}) => {
    signal?.throwIfAborted()
    if (fresh || !kept || clock() - kept.at >= keptFor) {
      kept = { at: clock(), zones: await share('zones', () => readAll(signal)) }
    }
    const owner = canonicalName(name)
    return kept.zones
      .filter((zone) => isWithin(owner, zone.name))
      .sort((left, right) => right.name.length - left.name.length)[0]
  }
}
