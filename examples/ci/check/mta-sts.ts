import { compareMtaSts, formatMtaStsPolicy, hostedMtaStsPolicy, parseMtaStsPolicy } from '@dmarc-as-code/records'
import { inWords } from './effect.ts'
import type { Domain, DomainChange } from './plan.ts'

/** A mode that goes back, mail hosts that were not accepted before, and a policy that senders forget sooner. */
export function weakerMtaSts({ before, after, unknown }: DomainChange): string[] {
  const was = before.hosted_mta_sts
  if (!was || was.mode === 'none') return []
  const unknowns = unknown.hosted_mta_sts
  if (unknowns === true || (typeof unknowns === 'object' && unknowns !== null && hasUnknown(unknowns))) {
    return [`what MTA-STS will say is known only after the apply (was ${was.mode})`]
  }
  const will = after?.hosted_mta_sts
  if (!will) return [`MTA-STS is no longer hosted (was ${was.mode})`]
  const { changes } = compareMtaSts(policyOf(was), policyOf(will))
  // Without a policy, hosts and lifetime go with the mode.
  return inWords(will.mode === 'none' ? changes.filter(({ aspect }) => aspect === 'mode') : changes)
}

function policyOf({ mode, mx, max_age_days }: NonNullable<Domain['hosted_mta_sts']>) {
  const policy = hostedMtaStsPolicy({ mode, mx: mx ?? [], mxAgeDays: max_age_days ?? 7 })
  return parseMtaStsPolicy(formatMtaStsPolicy(policy))
}

function hasUnknown(values: object): boolean {
  return Object.values(values).some((value) => value === true || (typeof value === 'object' && hasUnknown(value ?? {})))
}
