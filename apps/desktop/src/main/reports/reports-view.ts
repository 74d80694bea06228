import type {
  WireEvidence,
  WireReportProblemList,
  WireReportSource,
  WireReportSources,
  WireReportTotals,
} from '@dmarc-as-code/client/contract'
import type { Candidate, EvidenceLevel, ReportDay, ReportsView, SourceCause } from '../../shared/reports.ts'

interface Answers {
  readonly totals: WireReportTotals
  readonly sources: WireReportSources
  /** For quarantine and for reject. */
  readonly evidence: readonly WireEvidence[]
  readonly problems: WireReportProblemList
  readonly shownProblems: number
}

/** The answers of the service, as the tab shows them. */
export function reportsView({ totals, sources, evidence, problems, shownProblems }: Answers): ReportsView {
  const candidates = sources.sources.filter((source) => source.class === 'candidate' || source.kind !== null)
  const own = sources.sources.filter((source) => source.class === 'own')
  const forwarders = sources.sources.filter((source) => source.class === 'forwarder')
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
    levels: evidence.flatMap(toLevel),
    expectedLoss: Math.max(0, ...evidence.map(({ dmarc }) => dmarc?.numbers.expected_loss ?? 0)),
    tls: {
      successful: sum(totals.days.map(({ tls }) => tls.successful_sessions)),
      failed: sum(totals.days.map(({ tls }) => tls.failed_sessions)),
    },
    problems: problems.problems.slice(0, shownProblems).map((problem) => ({
      id: problem.id,
      at: problem.received_at,
      code: problem.code,
      message: problem.message,
      from: problem.from,
      hasOriginal: problem.raw_available,
      acceptable: problem.acceptable && problem.accepted_at === null,
    })),
    moreProblems: Math.max(0, (problems.meta?.total_problems ?? problems.problems.length) - shownProblems),
  }
}

function toDay({ day, classes, passed, failed }: WireReportTotals['days'][number]): ReportDay {
  return {
    day,
    own: classes.own.messages,
    forwarder: classes.forwarder.messages,
    candidate: classes.candidate.messages,
    foreign: classes.foreign.messages,
    passed,
    failed,
  }
}

function toCandidate({ id, name, kind, messages, days, causes }: WireReportSource): Candidate {
  return { id, name, kind, messages, days, causes: causes.map(toCause) }
}

const toCause = ({ cause, about }: WireReportSource['causes'][number]): SourceCause => ({ cause, about })

function toLevel({ target, ready, parked, blockers, next_record, dmarc }: WireEvidence): EvidenceLevel[] {
  if (target === 'mta_sts_enforce') return []
  const numbers = dmarc?.numbers
  return [
    {
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
    },
  ]
}

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0)
