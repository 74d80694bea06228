import type { DmarcPolicy } from '@dmarc-as-code/records'

/** What reports say about a domain, as the Reports tab shows it. Counts are messages; days are UTC, `2026-03-02`. */
export interface ReportsView {
  readonly from: string
  readonly to: string
  /** Oldest first; one for each day of the period. */
  readonly days: readonly ReportDay[]
  /** Sources that may be the owner's, answered ones included; the ones without an answer first. */
  readonly candidates: readonly Candidate[]
  /** Candidates without an answer beyond those. */
  readonly moreCandidates: number
  readonly presumesRestNotMine: boolean
  /** How many sources there are of each class. */
  readonly sources: { readonly own: number; readonly forwarder: number; readonly foreign: number }
  /** Own sources of which mail fails, with what to do. */
  readonly failing: readonly FailingSource[]
  /** For `quarantine` and `reject`, in this order. */
  readonly levels: readonly EvidenceLevel[]
  /** Messages a month that forwarding breaks once the policy is enforced. */
  readonly expectedLoss: number
  readonly tls: { readonly successful: number; readonly failed: number }
  /** Newest first. */
  readonly problems: readonly ReportProblemView[]
  readonly moreProblems: number
}

export interface ReportDay {
  readonly day: string
  readonly own: number
  /** Of these, what passed DMARC. */
  readonly ownPassed: number
  readonly forwarder: number
  readonly candidate: number
  readonly foreign: number
  readonly passed: number
  readonly failed: number
}

export const sourceKinds = ['mine', 'not_mine'] as const
export type SourceKind = (typeof sourceKinds)[number]

export interface SourceCause {
  /** Of the subject `failure_cause`. */
  readonly cause: string
  readonly about: readonly string[]
}

export interface Candidate {
  readonly id: string
  readonly name: string
  readonly kind: SourceKind | null
  readonly messages: number
  readonly days: number
  readonly causes: readonly SourceCause[]
}

export interface FailingSource {
  readonly id: string
  readonly name: string
  readonly messages: number
  readonly passed: number
  readonly causes: readonly SourceCause[]
}

export interface EvidenceLevel {
  readonly target: Exclude<DmarcPolicy, 'none'>
  readonly ready: boolean
  /** A parked domain sends no mail and needs no evidence. */
  readonly parked: boolean
  readonly blockers: readonly { readonly code: string; readonly about: readonly string[] }[]
  readonly numbers: EvidenceNumbers | null
  /** The record that may be published; null while blocked. */
  readonly nextRecord: string | null
}

export interface EvidenceNumbers {
  readonly windowDays: number
  readonly daysCovered: number
  readonly reporters: number
  /** Age of the newest report; null without one. */
  readonly newestDays: number | null
  readonly daysAtNone: number
  readonly daysAtQuarantine: number
  readonly ownMessages: number
  /** Percent; null without mail. */
  readonly ownRate: number | null
  readonly dkimShare: number | null
}

/** What reports said about the next policy of a domain when its service was last asked. */
export interface DomainEvidence {
  readonly target: EvidenceLevel['target']
  readonly ready: boolean
  /** Why not, the first of them; `about` is how many sources or subdomains it concerns. */
  readonly blockers: readonly { readonly code: string; readonly about: number }[]
  readonly daysAtNone: EvidenceNumbers['daysAtNone'] | null
  readonly daysAtQuarantine: EvidenceNumbers['daysAtQuarantine'] | null
}

export interface ReportProblemView {
  readonly id: number
  readonly at: string
  /** Of the subjects `report_problem` and `report_intake`. */
  readonly code: string
  /** What was found, in the words of the service. */
  readonly message: string
  readonly from: string | null
  readonly hasOriginal: boolean
  /** Read, and only lacks trust. */
  readonly acceptable: boolean
}

/** The name of the capability of a service that receives reports. */
export const reportsCapability = 'reports'

/** The level after the policy in force; undefined where the domain is at the strictest already. */
export function nextLevel(
  { levels }: Pick<ReportsView, 'levels'>,
  policy: DmarcPolicy | undefined,
): EvidenceLevel | undefined {
  if (policy === 'reject') return undefined
  return levels.find(({ target }) => target === (policy === 'quarantine' ? 'reject' : 'quarantine'))
}

export function unanswered({ candidates }: Pick<ReportsView, 'candidates'>): Candidate[] {
  return candidates.filter(({ kind }) => kind === null)
}
