import {
  type AggregateRecord,
  canonicalIp,
  type DkimAuthResult,
  type EvidenceReport,
  type EvidenceRow,
  evidenceReport,
  evidenceRows,
  networkOf,
  readAggregate,
  type SpfAuthResult,
} from '@dmarc-as-code/reports'
import type { SourceOf } from './owners-word.ts'
import type { AggregateRecordEntry, AggregateReportEntry } from './types.ts'

/** A report as evidence: what it says of coverage and policy, and its rows. */
export interface ReadReport {
  /** The same report stored twice has the same key. */
  key: string
  report: EvidenceReport
  rows: readonly EvidenceRow[]
}

/** The report behind an entry: from its XML, else from its records. Undefined where it has neither. */
export function readReport(entry: AggregateReportEntry, sourceOf: SourceOf, now: number): ReadReport | undefined {
  return fromXml(entry, sourceOf, now) ?? fromRecords(entry, sourceOf)
}

function fromXml({ raw_xml }: AggregateReportEntry, sourceOf: SourceOf, now: number): ReadReport | undefined {
  if (raw_xml.trim() === '') return undefined
  const records: AggregateRecord[] = []
  const outcome = readAggregate(raw_xml, { now, onRecord: (record) => void records.push(record) })
  if (!outcome.ok) return undefined
  const { report } = outcome
  const { reportId, dateRange } = report.metadata
  const summary = evidenceReport(report)
  return {
    key: keyOf(summary.reporter, reportId, dateRange.begin, dateRange.end),
    report: summary,
    rows: records.flatMap((record) => evidenceRows(report, record, nameOf(record.sourceIp, sourceOf))),
  }
}

function fromRecords(entry: AggregateReportEntry, sourceOf: SourceOf): ReadReport | undefined {
  const [begin, end] = [seconds(entry.date_begin), seconds(entry.date_end)]
  if (!entry.records || begin === undefined || end === undefined) return undefined
  const p = word(entry.domain_policy, ['none', 'quarantine', 'reject'])
  const policyPublished = { domain: entry.policy_domain, ...(p && { p }) }
  const metadata = {
    orgName: entry.org_name,
    email: entry.email,
    reportId: entry.report_id,
    dateRange: { begin, end },
    errors: [],
  }
  const report = evidenceReport({ metadata, policyPublished })
  return {
    key: keyOf(report.reporter, entry.report_id, begin, end),
    report,
    rows: entry.records.flatMap((record) =>
      evidenceRows({ metadata }, recordOf(record), nameOf(record.source_ip, sourceOf)),
    ),
  }
}

function recordOf(entry: AggregateRecordEntry): AggregateRecord {
  const [dkim, spf] = [word(entry.dkim_status, ['pass', 'fail']), word(entry.spf_status, ['pass', 'fail'])]
  const results = (type: 'dkim' | 'spf') => entry.auth_results.filter((result) => result.type === type)
  return {
    sourceIp: entry.source_ip,
    count: Math.max(1, entry.count),
    policyEvaluated: {
      ...(dkim && { dkim }),
      ...(spf && { spf }),
      reasons: entry.reason === '' ? [] : [{ type: entry.reason }],
    },
    identifiers: { headerFrom: entry.header_from },
    authResults: {
      dkim: results('dkim').map(
        ({ domain, selector, result }) =>
          ({ domain, selector, result: result as DkimAuthResult['result'] }) as DkimAuthResult,
      ),
      spf: results('spf').map(
        ({ domain, result }) => ({ domain, result: result as SpfAuthResult['result'] }) as SpfAuthResult,
      ),
    },
    extensions: [],
  }
}

/** One of the words that are known; undefined for any other. */
function word<const Word extends string>(text: string, words: readonly Word[]): Word | undefined {
  return words.find((each) => each === text.toLowerCase())
}

const keyOf = (...parts: readonly (string | number)[]): string => JSON.stringify(parts)

function seconds(date: string): number | undefined {
  const at = Date.parse(date)
  return Number.isNaN(at) ? undefined : Math.floor(at / 1000)
}

/** Without a better name, the /24 or /48 that an address is in. */
function nameOf(ip: string, sourceOf: SourceOf): string {
  const address = canonicalIp(ip) ?? ip
  return sourceOf(address) ?? networkOf(address)
}
