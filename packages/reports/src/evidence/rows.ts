import type { AggregateRecord, AggregateReport } from '../aggregate/types.ts'
import { splitByDay } from '../days.ts'
import type { EvidenceReport, EvidenceRow } from './types.ts'

/** Rows of evidence of one record: one per UTC day of the report's period. `source` as in `EvidenceRow`. */
export function evidenceRows(
  report: Pick<AggregateReport, 'metadata'>,
  record: AggregateRecord,
  source: string,
): EvidenceRow[] {
  const { begin, end } = report.metadata.dateRange
  const { dkim, spf, reasons } = record.policyEvaluated
  return splitByDay(begin, end, record.count).map(({ day, count }) => ({
    day,
    source,
    headerFrom: record.identifiers.headerFrom,
    count,
    ...(dkim === undefined ? {} : { dkimAligned: dkim === 'pass' }),
    ...(spf === undefined ? {} : { spfAligned: spf === 'pass' }),
    overridden: reasons.length > 0,
    dkim: record.authResults.dkim,
    spf: record.authResults.spf,
  }))
}

/** What a report says about coverage and policy. The reporter is its contact's domain, else its name. */
export function evidenceReport(report: Pick<AggregateReport, 'metadata' | 'policyPublished'>): EvidenceReport {
  const { email, orgName, dateRange } = report.metadata
  const { p, testing } = report.policyPublished
  const domain = /@([^@\s>]+)>?$/.exec(email)?.[1]?.toLowerCase()
  return {
    reporter: domain ?? orgName.toLowerCase(),
    begin: dateRange.begin,
    end: dateRange.end,
    policy: { ...(p === undefined ? {} : { p }), ...(testing === undefined ? {} : { testing }) },
  }
}
