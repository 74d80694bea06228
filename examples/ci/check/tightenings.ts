import type { EvidenceTarget } from '@dmarc-as-code/client/reports'
import { compareDmarc, comparePolicies, parseDmarc } from '@dmarc-as-code/records'
import { type Domain, isDomain, type Plan } from './plan.ts'

/** A policy that the plan tightens, or that begins to be hosted above the weakest level. */
export interface Tightening {
  /** Of the resource in the plan. */
  readonly resource: string
  readonly policy: 'DMARC' | 'MTA-STS'
  readonly target: EvidenceTarget
  readonly after: Domain
  /** Null where the domain is new to the service. */
  readonly before: Domain | null
}

/** By the levels that receivers apply, as the provider's gate judges. A parked domain sends no mail that could be lost. */
export function tightenings(plan: Plan): Tightening[] {
  return (plan.resource_changes ?? []).filter(isDomain).flatMap(({ address: resource, change }) => {
    const before = change.before as Domain | null
    const after = change.after as Domain | null
    if (after === null) return []
    const found = { resource, before, after }
    const dmarc = after.parked ? undefined : dmarcTarget(before, after)
    return [
      ...(dmarc === undefined ? [] : [{ ...found, policy: 'DMARC' as const, target: dmarc }]),
      ...(enforces(after) && !enforces(before)
        ? [{ ...found, policy: 'MTA-STS' as const, target: 'mta_sts_enforce' as const }]
        : []),
    ]
  })
}

function dmarcTarget(before: Domain | null, after: Domain): 'quarantine' | 'reject' | undefined {
  const { published_record, policy, record } = after.hosted_dmarc ?? {}
  // A new domain has no record in the plan, since the service's addresses are not known yet.
  const expected = published_record ?? record ?? (policy == null ? null : `v=DMARC1; p=${policy}`)
  if (expected == null) return undefined
  const published = before?.hosted_dmarc?.published_record
  const effect = compareDmarc({ own: published == null ? null : parseDmarc(published) }, { own: parseDmarc(expected) })
  const raised = (['domain', 'subdomains'] as const)
    .filter((names) => comparePolicies(effect.after[names].applied, effect.before[names].applied) > 0)
    .map((names) => effect.after[names].applied)
  if (raised.length === 0) return undefined
  return raised.includes('reject') ? 'reject' : 'quarantine'
}

const enforces = (domain: Domain | null) => domain?.hosted_mta_sts?.mode === 'enforce'
