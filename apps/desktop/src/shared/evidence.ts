import { dmarcPolicies } from '@dmarc-as-code/records/words'
import type { DmarcPolicy, DomainSummary } from './model.ts'
import type { EvidenceLevel } from './reports.ts'

/** What the evidence is asked for: the next policy; at the strictest, that one, as reports may still tell of trouble. */
export function evidenceTarget(policy: DmarcPolicy): EvidenceLevel['target'] {
  return policy === 'none' ? 'quarantine' : 'reject'
}

/** The policy that the evidence allows a domain to move to; undefined where it does not, or where nothing is known. */
export function possibleMove({
  state,
  policy,
  evidence,
}: Pick<DomainSummary, 'state' | 'policy' | 'evidence'>): EvidenceLevel['target'] | undefined {
  if (state !== 'ready' || policy === undefined || policy === 'reject') return undefined
  return evidence?.ready && evidence.target === evidenceTarget(policy) ? evidence.target : undefined
}

/** The policy whose evidence a person should see before it is published: stricter than now, and not known to be safe. */
export function unprovenPolicy(
  { policy, evidence }: Pick<DomainSummary, 'policy' | 'evidence'>,
  next: DmarcPolicy,
): EvidenceLevel['target'] | undefined {
  if (next === 'none' || policy === undefined || dmarcPolicies.indexOf(next) <= dmarcPolicies.indexOf(policy))
    return undefined
  return evidence?.ready && evidence.target === next ? undefined : next
}
