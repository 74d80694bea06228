import { splitByDay, type UtcDay, utcDay } from '../days.ts'
import type { EvidenceReport } from './types.ts'

const daySeconds = 86_400

/** Whole days from one UTC day to another; negative where the second is earlier. */
export function daysBetween(from: UtcDay, to: UtcDay): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / (daySeconds * 1000))
}

/** The first of the last `days` days, today not counted: reports about today are not complete. */
export function windowStart(today: UtcDay, days: number): UtcDay {
  return utcDay(Date.parse(`${today}T00:00:00Z`) / 1000 - days * daySeconds)
}

/** The UTC days a report covers. */
export function daysOf({ begin, end }: Pick<EvidenceReport, 'begin' | 'end'>): UtcDay[] {
  return splitByDay(begin, end, Math.max(1, Math.ceil((end - begin) / daySeconds) + 1) * daySeconds).map(
    ({ day }) => day,
  )
}

const ranks = { none: 0, quarantine: 1, reject: 2 } as const

/** The level that receivers apply: test mode (`t=y`) lowers it by one (RFC 9989 section 4.7). */
function effectiveRank(policy: EvidenceReport['policy']): number {
  const rank = ranks[policy.p ?? 'none']
  return policy.testing ? Math.max(0, rank - 1) : rank
}

/**
 * For how many days, up to `today`, every report has seen a level of at least `rank`. Days without a report inside that
 * stretch count; the stretch begins with the first report of it.
 */
export function daysAtLevel(reports: readonly EvidenceReport[], rank: number, today: UtcDay): number {
  const newestFirst = [...reports].sort((a, b) => b.end - a.end)
  let since: number | undefined
  for (const report of newestFirst) {
    if (effectiveRank(report.policy) < rank) break
    since = Math.min(since ?? report.begin, report.begin)
  }
  return since === undefined ? 0 : Math.max(0, daysBetween(utcDay(since), today))
}
