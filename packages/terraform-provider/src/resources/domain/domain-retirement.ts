import { type ConfigOf, isKnown, type ModifyPlanRequest, parseDuration, Unknown } from '@dmarc-as-code/terraform-plugin'
import type { ProviderContext } from '../../context/provider-context.ts'
import type { MtaStsSettings } from '../../hosting/mta-sts-state.ts'
import type { domainSchema } from './domain-schema.ts'
import type { DomainState } from './domain-state.ts'

type Change = Exclude<ModifyPlanRequest<ProviderContext, typeof domainSchema>, { action: 'delete' }>

const DAY_MS = 24 * 60 * 60 * 1000

/**
 * Until when the records of an MTA-STS policy that the configuration no longer has stay (RFC 8461 section 8.3): null where
 * nothing is withdrawn or the time is over, unknown where the withdrawal begins with this apply.
 */
export async function plannedRetirement(
  { plan, config, client: { api, now }, signal }: Change,
  state: DomainState | null,
): Promise<string | null | Unknown> {
  if (!isKnown(plan.hosted_mta_sts)) return Unknown
  if (plan.hosted_mta_sts !== null || state === null) return null
  const until = state.mta_sts_retires_at
  if (until !== null) return isImmediate(config.retire_after) || Date.parse(until) <= now() ? null : until
  if (state.hosted_mta_sts === null || state.hosted_mta_sts.mode === 'none') return null
  if (isImmediate(config.retire_after)) return null
  // Where a policy cannot be changed it cannot be withdrawn, and waiting would only keep it alive.
  const capabilities = await api.client.capabilities({ signal })
  return capabilities.has('mta_sts_policy_on_update') ? Unknown : null
}

/** The end of a withdrawal that begins now, as RFC 3339. */
export function retirementFrom(now: number, retireAfter: string | null, policy: Pick<MtaStsSettings, 'max_age_days'>) {
  const wait = (retireAfter === null ? undefined : parseDuration(retireAfter)) ?? policy.max_age_days * DAY_MS
  return new Date(now + wait).toISOString()
}

function isImmediate(retireAfter: ConfigOf<typeof domainSchema>['retire_after']): boolean {
  return typeof retireAfter === 'string' && parseDuration(retireAfter) === 0
}
