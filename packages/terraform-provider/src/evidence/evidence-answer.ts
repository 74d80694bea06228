import type { WireEvidence } from '@dmarc-as-code/client/contract'

/** What a policy may be tightened to. */
export type EvidenceTarget = WireEvidence['target']

export const evidenceTargets = ['quarantine', 'reject', 'mta_sts_enforce'] as const satisfies readonly EvidenceTarget[]

/** Why a policy may not be tightened yet, in plain text. */
export interface Blocker {
  readonly code: string
  readonly found: string
  readonly expected: string
  readonly fix: string
  readonly about: readonly string[]
}

/** Whether reports say that a policy may be tightened, with the numbers behind it. */
export interface Evidence {
  readonly ready: boolean
  readonly blockers: readonly Blocker[]
  readonly next_record: string | null
  readonly current_policy: string | null
  readonly trusted_reports: number
  readonly untrusted_reports: number
  readonly dmarc: DmarcNumbers | null
  readonly mta_sts: { readonly days: number; readonly reporters: number; readonly failed_sessions: number } | null
}

export interface DmarcNumbers {
  readonly window_days: number
  readonly days_covered: number
  readonly reporters: number
  readonly newest_days: number | null
  readonly days_at_none: number
  readonly days_at_quarantine: number
  readonly messages: number
  readonly passed: number
  readonly pass_rate: number | null
  readonly dkim_share: number | null
  readonly expected_loss: number
  readonly candidates: readonly { readonly id: string; readonly name: string; readonly messages: number }[]
  readonly more_candidates: number
}

/** Reads the answer of the evidence route; undefined where it is none. A field that is missing proves nothing. */
export function readEvidence(body: unknown): Evidence | undefined {
  const answer = objectIn(body)
  if (!answer || typeof answer.ready !== 'boolean' || !Array.isArray(answer.blockers)) return undefined
  const blockers = answer.blockers.map((one) => {
    const blocker = objectIn(one) ?? {}
    return {
      code: text(blocker.code),
      found: text(blocker.found),
      expected: text(blocker.expected),
      fix: text(blocker.fix),
      about: list(blocker.about).map(text),
    }
  })
  const reports = objectIn(answer.reports) ?? {}
  return {
    // An answer that contradicts itself is no evidence.
    ready: answer.ready && blockers.length === 0,
    blockers,
    next_record: textOrNull(answer.next_record),
    current_policy: textOrNull(answer.current_policy),
    trusted_reports: count(reports.trusted),
    untrusted_reports: count(reports.untrusted),
    dmarc: dmarcIn(answer.dmarc),
    mta_sts: mtaStsIn(answer.mta_sts),
  }
}

function dmarcIn(value: unknown): DmarcNumbers | null {
  const dmarc = objectIn(value)
  if (!dmarc) return null
  const numbers = objectIn(dmarc.numbers) ?? {}
  const own = objectIn(numbers.own) ?? {}
  return {
    window_days: count(numbers.window_days),
    days_covered: count(numbers.days_covered),
    reporters: count(numbers.reporters),
    newest_days: numberOrNull(numbers.newest_days),
    days_at_none: count(numbers.days_at_none),
    days_at_quarantine: count(numbers.days_at_quarantine),
    messages: count(own.messages),
    passed: count(own.passed),
    pass_rate: numberOrNull(own.rate),
    dkim_share: numberOrNull(own.dkim_share),
    expected_loss: count(numbers.expected_loss),
    candidates: list(dmarc.candidates).map((one) => {
      const { id, name, messages } = objectIn(one) ?? {}
      return { id: text(id), name: text(name), messages: count(messages) }
    }),
    more_candidates: count(dmarc.more_candidates),
  }
}

function mtaStsIn(value: unknown): Evidence['mta_sts'] {
  const found = objectIn(value)
  if (!found) return null
  return {
    days: count(found.days),
    reporters: count(found.reporters),
    failed_sessions: count(found.failed_sessions),
  }
}

export const objectIn = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined
export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
export const text = (value: unknown): string => (typeof value === 'string' ? value : '')
export const count = (value: unknown): number => numberOrNull(value) ?? 0
export const numberOrNull = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null
const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null)
