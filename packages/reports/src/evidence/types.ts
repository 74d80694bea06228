import type { Reason } from '@dmarc-as-code/records/reasons'
import type { DkimAuthResult, PublishedPolicy, SpfAuthResult } from '../aggregate/types.ts'
import type { UtcDay } from '../days.ts'

/** The level a policy may be tightened to. */
export type EvidenceTarget = 'quarantine' | 'reject'

/** Messages of one source on one day with the same results, from a trusted report. */
export interface EvidenceRow {
  readonly day: UtcDay
  /** The source: the registrable domain of the confirmed PTR, else the AS, else the /24 or /48. */
  readonly source: string
  readonly headerFrom: string
  readonly count: number
  /** The aligned results as the reporter evaluated them; undefined where it does not say, which is no evidence. */
  readonly dkimAligned?: boolean
  readonly spfAligned?: boolean
  /** The receiver gave a reason for not following the policy (forwarder, mailing list, local policy). */
  readonly overridden: boolean
  readonly dkim: readonly Pick<DkimAuthResult, 'domain' | 'selector' | 'result'>[]
  readonly spf: readonly Pick<SpfAuthResult, 'domain' | 'result'>[]
}

/** A trusted report, as far as coverage and the published policy are concerned. */
export interface EvidenceReport {
  /** Who reports; two reports of one reporter count once. */
  readonly reporter: string
  /** Seconds since 1970. */
  readonly begin: number
  readonly end: number
  readonly policy: { readonly p?: PublishedPolicy; readonly testing?: boolean }
}

/** What the owner said about a source or candidate, by its id. */
export type SourceAnswer = 'mine' | 'not_mine'

/** The figures of the rules; each can be set per gate. Percentages from 0 to 100. */
export interface EvidenceRules {
  /** R1: days at the level below. */
  readonly daysBefore: { readonly quarantine: number; readonly reject: number }
  /** R2: days with trusted reports among the last 30, age of the newest in days, and reporters. */
  readonly daysCovered: number
  readonly newestAtMostDays: number
  readonly reporters: number
  /** R3: messages of own sources in 30 days, else in 60. */
  readonly messages: number
  /** R4: how long an own source has to be known, in days. */
  readonly ownSourceDays: number
  /** R4: what makes a candidate: days, messages, and share of own volume. */
  readonly candidate: { readonly days: number; readonly messages: number; readonly ownShare: number }
  /** R5: pass rate over own sources, and of each one with more than `sourceMessages`. */
  readonly rate: { readonly quarantine: number; readonly reject: number }
  readonly sourceRate: number
  readonly sourceMessages: number
  /** R6: share of what passes from own sources that passes by aligned DKIM, for reject. */
  readonly dkimShare: number
}

export const defaultRules: EvidenceRules = {
  daysBefore: { quarantine: 30, reject: 30 },
  daysCovered: 24,
  newestAtMostDays: 3,
  reporters: 2,
  messages: 100,
  ownSourceDays: 14,
  candidate: { days: 3, messages: 20, ownShare: 0.05 },
  rate: { quarantine: 98, reject: 99 },
  sourceRate: 95,
  sourceMessages: 20,
  dkimShare: 95,
}

/** How a source is classed; see the README, "Classes of sources". */
export type SourceClass = 'own' | 'forwarder' | 'candidate' | 'foreign'

/** One source in the window. Counts are messages. */
export interface SourceEvidence {
  /** `source:` or, for a candidate that authenticates as a domain, `domain:` and its name. */
  readonly id: string
  readonly class: SourceClass
  readonly answer?: SourceAnswer
  readonly messages: number
  readonly passed: number
  /** Passed by aligned DKIM, with or without SPF. */
  readonly passedByDkim: number
  readonly passedBySpf: number
  /** Failed, but the receiver gave a reason: no failures by R7. */
  readonly overridden: number
  readonly days: number
  readonly firstDay: UtcDay
  readonly lastDay: UtcDay
  /** Sources behind a candidate that is grouped by domain. */
  readonly sources: readonly string[]
}

/** What keeps a policy from being tightened. In words: `reasonText('policy_blocker', code)`. */
export type BlockerCode = Reason<'policy_blocker'>

/** Why a policy may not be tightened yet. */
export interface Blocker {
  readonly code: BlockerCode
  /** Plain text: what was found, what is expected, and what to do. */
  readonly found: string
  readonly expected: string
  readonly fix: string
  /** Ids of the sources, or names of the subdomains, it is about. */
  readonly about: readonly string[]
}

/** The answer for one target. */
export interface TargetEvidence {
  readonly target: EvidenceTarget
  readonly ready: boolean
  readonly blockers: readonly Blocker[]
}

/** The numbers behind the rules. */
export interface EvidenceNumbers {
  /** Days that were looked at: 30, or 60 where the volume of 30 is too low. */
  readonly windowDays: number
  readonly daysCovered: number
  readonly reporters: number
  /** Age of the newest report in days; undefined without one. */
  readonly newestDays?: number
  /** Days since the policy has been at least none, and at least quarantine, as reports saw it. */
  readonly daysAtNone: number
  readonly daysAtQuarantine: number
  readonly own: {
    readonly messages: number
    readonly passed: number
    readonly rate?: number
    readonly dkimShare?: number
  }
  /** Messages a month that forwarding breaks: they pass neither by DKIM nor by SPF once the policy is enforced. */
  readonly expectedLoss: number
}

/** From domains below the policy domain, judged for `sp`. */
export interface SubdomainEvidence {
  readonly headerFrom: string
  readonly messages: number
  readonly passed: number
}

export interface Evidence {
  readonly domain: string
  /** Milliseconds since 1970. */
  readonly computedAt: number
  readonly parked: boolean
  readonly targets: { readonly quarantine: TargetEvidence; readonly reject: TargetEvidence }
  readonly numbers: EvidenceNumbers
  /** Own sources, forwarders and candidates, most messages first; foreign ones only in `foreign`. */
  readonly sources: readonly SourceEvidence[]
  /** What is left over: authenticates as nobody, is never asked about and never blocks. */
  readonly foreign: { readonly sources: number; readonly messages: number }
  /** The first 20 candidates by days seen, then messages: the ones to ask about, answered ones included. */
  readonly candidates: readonly SourceEvidence[]
  /** Candidates beyond those without an answer, which one answer settles ("presume not mine"). */
  readonly moreCandidates: number
  readonly subdomains: readonly SubdomainEvidence[]
}
