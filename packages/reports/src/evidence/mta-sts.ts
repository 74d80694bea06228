import { type Reason, reasonText } from '@dmarc-as-code/records/reasons'
import { utcDay } from '../days.ts'
import type { TlsReport } from '../tls/types.ts'
import { daysBetween } from './window.ts'

/** Why MTA-STS may not be enforced yet. In words: `reasonText('mta_sts_blocker', code)`. */
export type MtaStsBlockerCode = Reason<'mta_sts_blocker'>

export interface MtaStsBlocker {
  readonly code: MtaStsBlockerCode
  readonly found: string
  readonly expected: string
  readonly fix: string
  /** Result types of RFC 8460 section 4.3 it is about. */
  readonly about: readonly string[]
}

export interface MtaStsEvidence {
  readonly ready: boolean
  readonly blockers: readonly MtaStsBlocker[]
  /** Days since the first report of the window, reporters, and failed sessions of the last 7 days that would lose mail. */
  readonly numbers: { readonly days: number; readonly reporters: number; readonly failedSessions: number }
}

/** Failures that lose mail once the policy is enforced (RFC 8460 sections 4.3.1 and 4.3.2.2). DANE's are another matter. */
const lossy: ReadonlySet<string> = new Set([
  'starttls-not-supported',
  'certificate-host-mismatch',
  'certificate-expired',
  'certificate-not-trusted',
  'validation-failure',
  'sts-policy-fetch-error',
  'sts-policy-invalid',
  'sts-webpki-invalid',
])

/**
 * May MTA-STS be set to `enforce`? By trusted TLS reports: of 14 days, of at least 2 reporters, without a policy or
 * certificate failure for 7 days. `now` in milliseconds since 1970.
 */
export function judgeMtaSts(domain: string, reports: readonly TlsReport[], now: number): MtaStsEvidence {
  const today = utcDay(now / 1000)
  const age = (seconds: number): number => daysBetween(utcDay(seconds), today)
  const own = reports.filter((report) => report.policies.some((policy) => policy.domain === domain))
  const window = own.filter(({ dateRange }) => age(dateRange.begin) <= 60)
  const failures = new Map<string, number>()
  for (const report of window) {
    if (age(report.dateRange.end) > 7) continue
    for (const failure of report.policies.flatMap((policy) => (policy.domain === domain ? policy.failures : []))) {
      if (!lossy.has(failure.resultType) || failure.failedSessions === 0) continue
      failures.set(failure.resultType, (failures.get(failure.resultType) ?? 0) + failure.failedSessions)
    }
  }
  const days = window.reduce((most, { dateRange }) => Math.max(most, age(dateRange.begin)), 0)
  const newest = window.reduce((least, { dateRange }) => Math.min(least, age(dateRange.end)), Number.POSITIVE_INFINITY)
  const reporters = new Set(window.map(reporterOf)).size
  const failedSessions = [...failures.values()].reduce((sum, count) => sum + count, 0)
  const blockers: MtaStsBlocker[] = []
  if (window.length === 0) blockers.push(blocker('tls-no-data', 'no report', 'reports of 14 days'))
  else {
    if (days < 14) blockers.push(blocker('tls-time-too-short', `reports of ${days} days`, 'at least 14 days'))
    if (newest > 3) blockers.push(blocker('tls-reports-overdue', `the newest is ${newest} days old`, 'at most 3 days'))
    if (reporters < 2) blockers.push(blocker('tls-reporters-few', `${reporters} reporters`, 'at least 2'))
    if (failures.size > 0) {
      const found = [...failures].map(([type, count]) => `${count} sessions with ${type}`).join(', ')
      blockers.push(blocker('tls-failures', found, 'none in the last 7 days', [...failures.keys()]))
    }
  }
  return { ready: blockers.length === 0, blockers, numbers: { days, reporters, failedSessions } }
}

/** The domain of the contact address, which is the submitter (RFC 8460 section 5.3), else the organisation's name. */
function reporterOf(report: TlsReport): string {
  return (/@([^@\s>]+)>?$/.exec(report.contactInfo)?.[1] ?? report.organizationName).toLowerCase()
}

function blocker(
  code: MtaStsBlockerCode,
  found: string,
  expected: string,
  about: readonly string[] = [],
): MtaStsBlocker {
  return { code, found, expected, fix: reasonText('mta_sts_blocker', code).fix, about }
}
