import { recordWithPolicy } from '@dmarc-as-code/records'
import {
  type Blocker,
  judgeEvidence,
  judgeMtaSts,
  type MtaStsBlocker,
  type PublishedPolicy,
  type SourceAnswer,
  type SourceEvidence,
} from '@dmarc-as-code/reports'
import type { EvidenceCollector, FileCounts } from './collect.ts'
import type { EvidenceTarget } from './targets.ts'

export interface EvidenceQuestion {
  domain: string
  target: EvidenceTarget
  answers: ReadonlyMap<string, SourceAnswer>
  presumeRestNotMine: boolean
  parked: boolean
  /** Milliseconds since 1970. */
  now: number
}

/** One source; counts are messages. */
interface SourceJson {
  id: string
  name: string
  class: SourceEvidence['class']
  kind: SourceAnswer | null
  messages: number
  passed: number
  passed_by_dkim: number
  passed_by_spf: number
  overridden: number
  days: number
  first_day: string
  last_day: string
  sources: string[]
}

/** The answer of the API's evidence route, with its field names, so that one program reads both; `files` is added. */
export interface EvidenceAnswer {
  domain: string
  target: EvidenceTarget
  /** ISO 8601. */
  computed_at: string
  parked: boolean
  ready: boolean
  blockers: { code: string; found: string; expected: string; fix: string; about: string[] }[]
  next_record: string | null
  current_policy: PublishedPolicy | null
  reports: { trusted: number; untrusted: number }
  dmarc: {
    numbers: {
      window_days: number
      days_covered: number
      reporters: number
      newest_days: number | null
      days_at_none: number
      days_at_quarantine: number
      own: { messages: number; passed: number; rate: number | null; dkim_share: number | null }
      expected_loss: number
    }
    sources: SourceJson[]
    foreign: { sources: number; messages: number }
    candidates: SourceJson[]
    more_candidates: number
    presume_rest_not_mine: boolean
    subdomains: { header_from: string; messages: number; passed: number }[]
  } | null
  mta_sts: { days: number; reporters: number; failed_sessions: number } | null
  files: FileCounts
}

/** The level above the policy that the newest report saw; that of the first step where there is none. */
export const nextTarget = (policy: PublishedPolicy | null): 'quarantine' | 'reject' =>
  policy === 'quarantine' || policy === 'reject' ? 'reject' : 'quarantine'

/** May the policy be tightened, by the reports of the files? Each of them is taken as genuine. */
export function evidenceAnswer(collected: EvidenceCollector, question: EvidenceQuestion): EvidenceAnswer {
  const { domain, target, answers, presumeRestNotMine, parked, now } = question
  const { counts: files } = collected
  const common = { domain, target, computed_at: new Date(now).toISOString(), parked, next_record: null, files }
  if (target === 'mta_sts_enforce') {
    const { ready, blockers, numbers } = judgeMtaSts(domain, collected.tlsReports, now)
    const { days, reporters, failedSessions } = numbers
    return {
      ...common,
      ready,
      blockers: blockers.map(blockerJson),
      current_policy: null,
      reports: { trusted: collected.tlsReports.length, untrusted: 0 },
      dmarc: null,
      mta_sts: { days, reporters, failed_sessions: failedSessions },
    }
  }
  const { reports, rows, currentPolicy } = collected
  const evidence = judgeEvidence({ domain, reports, rows, answers, presumeRestNotMine, parked, now })
  const { ready, blockers } = evidence.targets[target]
  const { numbers } = evidence
  return {
    ...common,
    ready,
    blockers: blockers.map(blockerJson),
    current_policy: currentPolicy,
    reports: { trusted: reports.length, untrusted: 0 },
    dmarc: {
      numbers: {
        window_days: numbers.windowDays,
        days_covered: numbers.daysCovered,
        reporters: numbers.reporters,
        newest_days: numbers.newestDays ?? null,
        days_at_none: numbers.daysAtNone,
        days_at_quarantine: numbers.daysAtQuarantine,
        own: {
          messages: numbers.own.messages,
          passed: numbers.own.passed,
          rate: numbers.own.rate ?? null,
          dkim_share: numbers.own.dkimShare ?? null,
        },
        expected_loss: numbers.expectedLoss,
      },
      sources: evidence.sources.map(sourceJson),
      foreign: { ...evidence.foreign },
      candidates: evidence.candidates.map(sourceJson),
      more_candidates: evidence.moreCandidates,
      presume_rest_not_mine: presumeRestNotMine,
      subdomains: evidence.subdomains.map(({ headerFrom, messages, passed }) => ({
        header_from: headerFrom,
        messages,
        passed,
      })),
    },
    mta_sts: null,
  }
}

/** The record that may be published, of a ready answer; null while blocked, and where the current record is not usable. */
export function withNextRecord(answer: EvidenceAnswer, current: string | null): EvidenceAnswer {
  if (!answer.ready || answer.target === 'mta_sts_enforce' || current === null) return answer
  return { ...answer, next_record: recordWithPolicy(current, answer.target) }
}

const blockerJson = ({ code, found, expected, fix, about }: Blocker | MtaStsBlocker) => ({
  code,
  found,
  expected,
  fix,
  about: [...about],
})

const sourceJson = (source: SourceEvidence): SourceJson => ({
  id: source.id,
  name: source.id.replace(/^\w+:/, ''),
  class: source.class,
  kind: source.answer ?? null,
  messages: source.messages,
  passed: source.passed,
  passed_by_dkim: source.passedByDkim,
  passed_by_spf: source.passedBySpf,
  overridden: source.overridden,
  days: source.days,
  first_day: source.firstDay,
  last_day: source.lastDay,
  sources: source.sources.slice(0, 20),
})
