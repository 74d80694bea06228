import { type ConfigOf, isKnown, type ModifyPlanRequest, parseDuration, Unknown } from '@dmarc-as-code/terraform-plugin'
import type { ProviderContext } from '../../context/provider-context.ts'
import { CACHED_UNTIL, cachedUntil, DAY_MS } from '../../hosting/cached-policy.ts'
import type { MtaStsSettings } from '../../hosting/mta-sts-state.ts'
import type { domainSchema } from './domain-schema.ts'
import type { DomainState } from './domain-state.ts'

type Change = Exclude<ModifyPlanRequest<ProviderContext, typeof domainSchema>, { action: 'delete' }>

/**
 * Until when the records of an MTA-STS policy that the configuration no longer has stay (RFC 8461 section 8.3): null where
 * nothing is withdrawn or the time is over, unknown where the withdrawal begins with this apply.
 */
export async function plannedRetirement(
  { plan, config, client: { api, now }, private: priv, signal }: Change,
  state: DomainState | null,
): Promise<string | null | Unknown> {
  if (!isKnown(plan.hosted_mta_sts)) return Unknown
  if (plan.hosted_mta_sts !== null || state === null) return null
  const until = state.mta_sts_retires_at
  if (until !== null) {
    if (isImmediate(config.retire_after) || Date.parse(until) <= now()) return null
    return isKnown(config.retire_after) ? until : Unknown
  }
  if (state.hosted_mta_sts === null) return null
  // Mode none is already served, but an earlier policy may still be enforced.
  if (state.hosted_mta_sts.mode === 'none' && cachedUntil(priv.get(CACHED_UNTIL)) <= now()) return null
  if (isImmediate(config.retire_after)) return null
  // Where a policy cannot be changed it cannot be withdrawn, and waiting would only keep it alive.
  const capabilities = await api.client.capabilities({ signal })
  return capabilities.has('mta_sts_policy_on_update') ? Unknown : null
}

/** The end of a withdrawal that begins now, as RFC 3339. `cached` is until when an earlier policy may be enforced. */
export function retirementFrom(
  now: number,
  retireAfter: string | null,
  { mode, max_age_days }: Pick<MtaStsSettings, 'mode' | 'max_age_days'>,
  cached: number,
) {
  const wait = retireAfter === null ? undefined : parseDuration(retireAfter)
  const served = mode === 'none' ? 0 : now + max_age_days * DAY_MS
  return new Date(wait === undefined ? Math.max(served, cached) : now + wait).toISOString()
}

function isImmediate(retireAfter: ConfigOf<typeof domainSchema>['retire_after']): boolean {
  return typeof retireAfter === 'string' && parseDuration(retireAfter) === 0
}
