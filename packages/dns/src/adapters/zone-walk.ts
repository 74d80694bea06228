import { shareInFlight } from '@dmarc-as-code/primitives'
import type { CallOptions, HostedZone } from '../engine/types.ts'
import { canonicalName } from '../wire/names.ts'

/**
 * The zones that could hold a name, longest first: the name and its parents. Names that begin with an underscore are
 * left out, which saves half the look-ups: should one be a zone of its own, its delegation stops the plan anyway.
 */
export function possibleZones(name: string): string[] {
  const labels = canonicalName(name).split('.')
  const candidates = labels.map((_, index) => labels.slice(index).join('.'))
  return candidates.filter((candidate) => !candidate.startsWith('_'))
}

/** `findZone` for services that can be asked for one zone by name. Names looked up together ask once for each zone. */
export function zoneWalk(
  lookUp: (candidate: string, signal: AbortSignal | undefined) => Promise<HostedZone | undefined>,
): (name: string, options?: CallOptions) => Promise<HostedZone | undefined> {
  const share = shareInFlight<HostedZone | undefined>()
  return async (name, { signal } = {}) => {
    for (const candidate of possibleZones(name)) {
      signal?.throwIfAborted()
      const zone = await share(candidate, () => lookUp(candidate, signal))
      if (zone) return zone
    }
    return undefined
  }
}
