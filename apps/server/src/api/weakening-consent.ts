import type { WireEffect } from '@dmarc-as-code/client/contract'
import type { Observation } from '../store/verifications.ts'

/** The reason of `allow_weaker` for the history, with the effect it was given for. */
export function consentObservations(
  effect: WireEffect | undefined,
  reason: string | undefined,
  at: number,
): Observation[] {
  if (reason === undefined || !effect) return []
  return (['dmarc', 'mta_sts'] as const).flatMap((service) => {
    const judged = effect[service]
    if (!judged) return []
    const to = judged.grade ?? 'unknown'
    return [{ at, service, record: 'all', part: 'consent' as const, from: null, to, reason: null, found: reason }]
  })
}
