import {
  type AggregateRecord,
  type AggregateReport,
  type EvidenceReport,
  type EvidenceRow,
  evidenceReport,
  evidenceRows,
  networkOf,
  type PublishedPolicy,
  type TlsReport,
  utcDay,
} from '@dmarc-as-code/reports'
import type { FileReport } from './report-files.ts'

/** What was in the files besides reports about the domain. */
export interface FileCounts {
  /** Reports about the domain, each once. */
  reports: number
  /** The same report again, such as in a second mailbox. */
  duplicates: number
  /** Reports about other domains, and failure reports, which are no evidence. */
  others: number
  problems: { path: string; code: string; message: string }[]
}

const daySeconds = 86_400
/** Days of rows that the rules look at. */
const rowDays = 60

/** Gathers the evidence about one domain. Rows that differ by address or report only are one, so that memory stays small. */
export class EvidenceCollector {
  readonly reports: EvidenceReport[] = []
  readonly tlsReports: TlsReport[] = []
  readonly counts: FileCounts = { reports: 0, duplicates: 0, others: 0, problems: [] }
  /** The policy in force as the newest report saw it. */
  currentPolicy: PublishedPolicy | null = null
  readonly #domain: string
  readonly #since: string
  readonly #seen = new Set<string>()
  readonly #rows = new Map<string, EvidenceRow>()
  #newest = 0

  /** `domain` in lower case, A-labels. `now` in milliseconds since 1970. */
  constructor(domain: string, now: number) {
    this.#domain = domain
    this.#since = utcDay(now / 1000 - rowDays * daySeconds)
  }

  get rows(): EvidenceRow[] {
    return [...this.#rows.values()]
  }

  add({ path, found, records }: FileReport): void {
    const { outcome } = found
    if (!outcome.ok) {
      const { code, message } = outcome.problem
      this.counts.problems.push({ path: path.join(' > '), code, message })
      return
    }
    const { report } = outcome
    if (report.kind === 'aggregate') this.#addAggregate(report, records)
    else if (report.kind === 'tls') this.#addTls(report)
    else this.counts.others++
  }

  #addAggregate(report: AggregateReport, records: readonly AggregateRecord[]): void {
    if (report.policyPublished.domain !== this.#domain) {
      this.counts.others++
      return
    }
    const evidence = evidenceReport(report)
    if (!this.#isNew('aggregate', evidence.reporter, report.metadata.reportId, report.metadata.dateRange)) return
    this.reports.push(evidence)
    if (evidence.end >= this.#newest) {
      this.#newest = evidence.end
      this.currentPolicy = report.policyPublished.p ?? null
    }
    for (const record of records) {
      for (const row of evidenceRows(report, record, networkOf(record.sourceIp))) this.#addRow(row)
    }
  }

  #addRow(row: EvidenceRow): void {
    if (row.day < this.#since) return
    const { count, ...rest } = row
    const key = JSON.stringify(rest)
    const known = this.#rows.get(key)
    this.#rows.set(key, known ? { ...known, count: known.count + count } : row)
  }

  #addTls(report: TlsReport): void {
    if (!report.policies.some(({ domain }) => domain === this.#domain)) {
      this.counts.others++
      return
    }
    const { organizationName, contactInfo, reportId, dateRange } = report
    if (this.#isNew('tls', contactInfo || organizationName, reportId, dateRange)) this.tlsReports.push(report)
  }

  #isNew(kind: string, reporter: string, id: string, { begin, end }: { begin: number; end: number }): boolean {
    const key = JSON.stringify([kind, reporter.toLowerCase(), id, begin, end])
    const fresh = !this.#seen.has(key)
    this.#seen.add(key)
    if (fresh) this.counts.reports++
    else this.counts.duplicates++
    return fresh
  }
}
