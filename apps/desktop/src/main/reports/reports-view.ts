import type {
  DayTotals,
  Evidence,
  ReportProblem,
  ReportSource,
  ReportSources,
  ReportTotals,
} from '@dmarc-as-code/client/reports'
import {
  type Candidate,
  type EvidenceLevel,
  type ReportDay,
  type ReportsView,
  type SourceCause,
  type SourceKind,
  sourceKinds,
} from '../../shared/reports.ts'

interface Answers {
  readonly totals: ReportTotals
  readonly sources: ReportSources
  /** For quarantine and for reject. */
  readonly evidence: readonly [quarantine: Evidence, reject: Evidence]
  /** Newest first; perhaps not all of them. */
  readonly problems: readonly ReportProblem[]
}

/** Problems that are shown; the rest is counted. */
const shownProblems = 20

/** The answers of the service, as the tab shows them. */
export function reportsView({ totals, sources, evidence, problems }: Answers): ReportsView {
  const candidates = sources.sources.filter((source) => source.class === 'candidate' || source.kind !== null)
  const own = sources.sources.filter((source) => source.class === 'own')
  const forwarders = sources.sources.filter((source) => source.class === 'forwarder')
  const [quarantine, reject] = evidence
  return {
    from: totals.from,
    to: totals.to,
    days: totals.days.map(toDay),
    candidates: candidates.map(toCandidate).sort((a, b) => Number(a.kind !== null) - Number(b.kind !== null)),
    moreCandidates: sources.more_candidates,
    presumesRestNotMine: sources.presume_rest_not_mine,
    sources: { own: own.length, forwarder: forwarders.length, foreign: sources.foreign.sources },
    failing: own
      .filter(({ causes }) => causes.length > 0)
      .map(({ id, name, messages, passed, causes }) => ({ id, name, messages, passed, causes: causes.map(toCause) })),
    levels: [evidenceLevel(quarantine, 'quarantine'), evidenceLevel(reject, 'reject')],
    expectedLoss: Math.max(0, ...evidence.map(({ dmarc }) => dmarc?.numbers.expected_loss ?? 0)),
    tls: {
      successful: sum(totals.days.map(({ tls }) => tls?.successful_sessions ?? 0)),
      failed: sum(totals.days.map(({ tls }) => tls?.failed_sessions ?? 0)),
    },
    problems: problems.slice(0, shownProblems).map((problem) => ({
      id: problem.id,
      at: problem.received_at,
      code: problem.code,
      message: problem.message,
      from: problem.from,
      hasOriginal: problem.raw_available,
      acceptable: problem.acceptable && problem.accepted_at === null,
    })),
    moreProblems: Math.max(0, problems.length - shownProblems),
  }
}

/** What the evidence says about moving to a level. */
export function evidenceLevel(
  { ready, parked, blockers, next_record, dmarc }: Evidence,
  target: EvidenceLevel['target'],
): EvidenceLevel {
  const numbers = dmarc?.numbers
  return {
    target,
    ready,
    parked,
    blockers: blockers.map(({ code, about }) => ({ code, about })),
    numbers: numbers
      ? {
          windowDays: numbers.window_days,
          daysCovered: numbers.days_covered,
          reporters: numbers.reporters,
          newestDays: numbers.newest_days,
          daysAtNone: numbers.days_at_none,
          daysAtQuarantine: numbers.days_at_quarantine,
          ownMessages: numbers.own.messages,
          ownRate: numbers.own.rate,
          dkimShare: numbers.own.dkim_share,
        }
      : null,
    nextRecord: next_record,
  }
}

/** A day of the chart. */
export function toDay({ day, messages, classes, passed, failed }: DayTotals): ReportDay {
  return {
    day,
    own: classes?.own.messages ?? 0,
    ownPassed: classes?.own.passed ?? 0,
    forwarder: classes?.forwarder.messages ?? 0,
    candidate: classes?.candidate.messages ?? 0,
    // Mail of nobody in particular, where the service does not tell whose it is.
    foreign: classes ? classes.foreign.messages : messages,
    passed,
    failed,
  }
}

function toCandidate({ id, name, kind, messages, days, causes }: ReportSource): Candidate {
  return { id, name, kind: knownKind(kind), messages, days, causes: causes.map(toCause) }
}

/** An answer that this version does not know is not taken for one that it knows. */
const knownKind = (kind: string | null): SourceKind | null => sourceKinds.find((known) => known === kind) ?? null

const toCause = ({ cause, about }: ReportSource['causes'][number]): SourceCause => ({ cause, about })

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0)
