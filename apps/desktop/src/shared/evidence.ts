import type { DmarcPolicy, DomainSummary } from './model.ts'
import type { EvidenceLevel, EvidenceNumbers } from './reports.ts'

/** What reports said about the next policy of a domain when its service was last asked. */
export interface DomainEvidence {
  readonly target: EvidenceLevel['target']
  readonly ready: boolean
  /** Why not, the first of them; `about` is how many sources or subdomains it concerns. */
  readonly blockers: readonly { readonly code: string; readonly about: number }[]
  readonly daysAtNone: EvidenceNumbers['daysAtNone'] | null
  readonly daysAtQuarantine: EvidenceNumbers['daysAtQuarantine'] | null
}

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
