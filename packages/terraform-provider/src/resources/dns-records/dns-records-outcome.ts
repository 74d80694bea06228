import { isKnown, type ModifyPlanRequest, type ProposedOf, Unknown } from '@dmarc-as-code/terraform-plugin'
import type { ProviderContext } from '../../context/provider-context.ts'
import { dnsServiceNames } from '../../dns/service-fields.ts'
import type { dnsRecordsSchema } from './dns-records-schema.ts'

type Change = Exclude<ModifyPlanRequest<ProviderContext, typeof dnsRecordsSchema>, { action: 'delete' }>
type Plan = ProposedOf<typeof dnsRecordsSchema>

/**
 * What the computed attributes will be, as far as it is known. A record that stays as it is stays known, so that the plan does
 * not show it as taken away, and what refers to it does not change with its neighbours.
 */
export function plannedOutcome({ plan, state }: Change): Partial<Plan> {
  if (plan.applied !== Unknown || !isKnown(plan.records)) return {}
  const untouched = state && sameSettings(plan, state) ? state : null
  const applied = Object.entries(plan.records).map(([key, record]) => [key, appliedAs(record, untouched?.applied[key])])
  const stays = untouched && applied.every(([key, after]) => after === untouched.applied[String(key)])
  const dropped = Object.keys(state?.applied ?? {}).length > applied.length
  return {
    applied: Object.fromEntries(applied),
    ...(stays && !dropped && { zones: untouched.zones, replaced: untouched.replaced }),
  }
}

type Record = Exclude<Plan['records'], Unknown>[string]
type Applied = NonNullable<Change['state']>['applied'][string]

function appliedAs(record: Record, before: Applied | undefined) {
  if (!isKnown(record)) return Unknown
  const { name, value } = record
  if (before && name === before.name && value === before.value) return before
  return { name, type: 'CNAME', value, ttl: Unknown, zone: Unknown }
}

/** The TTL and the service decide what stands in the DNS, besides the records. */
const sameSettings = (plan: Plan, state: NonNullable<Change['state']>) =>
  plan.ttl === state.ttl && dnsServiceNames.every((name) => JSON.stringify(plan[name]) === JSON.stringify(state[name]))
