import type { MtaStsBlocker, MtaStsEvidence } from './mta-sts.ts'
import type { Blocker, Evidence, SourceAnswer, SourceClass, SourceEvidence } from './types.ts'

/** A source as JSON. Counts are messages. */
export interface SourceJson {
  id: string
  /** The id without what kind of source it is. */
  name: string
  class: SourceClass
  kind: SourceAnswer | null
  messages: number
  passed: number
  passed_by_dkim: number
  passed_by_spf: number
  overridden: number
  days: number
  first_day: string
  last_day: string
  /** At most 20. */
  sources: string[]
}

/** Why a policy may not be tightened yet, as JSON. */
export interface BlockerJson<Code extends string> {
  code: Code
  found: string
  expected: string
  fix: string
  about: string[]
}

/** The evidence about mail as JSON, with its sources in a form of the caller's. */
export interface DmarcEvidenceJson<Source> {
  numbers: {
    window_days: number
    days_covered: number
    reporters: number
    /** Null without a report. */
    newest_days: number | null
    days_at_none: number
    days_at_quarantine: number
    /** Rates in percent, null without mail. */
    own: { messages: number; passed: number; rate: number | null; dkim_share: number | null }
    expected_loss: number
  }
  sources: Source[]
  foreign: { sources: number; messages: number }
  candidates: Source[]
  more_candidates: number
  presume_rest_not_mine: boolean
  subdomains: { header_from: string; messages: number; passed: number }[]
}

/** Sources behind a candidate that are named. */
const mostSources = 20

/** A source with the names that the evidence route of the API gives its fields. */
export const sourceJson = (source: SourceEvidence): SourceJson => ({
  id: source.id,
  name: source.id.replace(/^(?:source|domain):/, ''),
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
  sources: source.sources.slice(0, mostSources),
})

/** A blocker with the names of the evidence route. */
export const blockerJson = <Code extends string>({
  code,
  found,
  expected,
  fix,
  about,
}: (Blocker | MtaStsBlocker) & { readonly code: Code }): BlockerJson<Code> => ({
  code,
  found,
  expected,
  fix,
  about: [...about],
})

/**
 * The part of an answer of the evidence route that is about mail.
 *
 * @param source makes a source, for example `sourceJson`
 */
export function dmarcEvidenceJson<Source>(
  { numbers, ...judged }: Evidence,
  presumeRestNotMine: boolean,
  source: (source: SourceEvidence) => Source,
): DmarcEvidenceJson<Source> {
  return {
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
    sources: judged.sources.map(source),
    foreign: { ...judged.foreign },
    candidates: judged.candidates.map(source),
    more_candidates: judged.moreCandidates,
    presume_rest_not_mine: presumeRestNotMine,
    subdomains: judged.subdomains.map(({ headerFrom, messages, passed }) => ({
      header_from: headerFrom,
      messages,
      passed,
    })),
  }
}

/** The part of an answer of the evidence route that is about TLS. */
export const mtaStsEvidenceJson = ({ numbers: { days, reporters, failedSessions } }: MtaStsEvidence) => ({
  days,
  reporters,
  failed_sessions: failedSessions,
})
