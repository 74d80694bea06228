import type { DmarcReportClient } from '../client.ts'
import { type ApiPromise, apiPromise } from '../core/api-promise.ts'
import type { AdHocRoute, CallOptions } from '../core/call.ts'
import { AbortedError, DmarcReportError } from '../core/errors.ts'
import type { Query } from '../core/path.ts'
import type { IdOrSlug } from '../input/id-or-slug.ts'
import type { Domain } from '../read/domain.ts'
import { asObject, flag, text } from '../read/json.ts'
import { addDays, checkDay, dayOf } from './days.ts'
import type { OwnersWord, SourceOf } from './owners-word.ts'
import { plainHost as plain } from './plain-host.ts'
import { readAnswered, readEvidence, readProblem, readSources, readTotals } from './read-own.ts'
import { words } from './read-values.ts'
import {
  readAggregateRecord,
  readAggregateReport,
  readFailureReport,
  readStatistics,
  readTlsFailure,
  readTlsReport,
  readTopSources,
} from './read-vendor.ts'
import { ReportCalls, type ReportOperationName } from './report-calls.ts'
import { reportPages } from './report-pages.ts'
import type {
  AggregateRecordEntry,
  AggregateReportEntry,
  DayTotals,
  Evidence,
  EvidenceTarget,
  FailureReportEntry,
  RawReport,
  ReportPeriod,
  ReportProblem,
  ReportSources,
  ReportStatistics,
  ReportTotals,
  SourceKind,
  TlsFailureEntry,
  TlsReportEntry,
  TopSources,
} from './types.ts'
import type { ReadReport } from './vendor-rows.ts'

/** Options of `Reports`. */
export interface ReportsOptions {
  /** Other methods and paths for single operations. */
  routes?: Partial<Record<ReportOperationName, AdHocRoute>> | undefined
  /** Milliseconds between two requests of one method that makes several. @default 200 */
  pause?: number | undefined
  /** Requests that one method may make before it gives up. @default 500 */
  maxRequests?: number | undefined
  /** Names the source of an address, such as the domain of its PTR. Without it, and where it is undefined, the /24 or /48. */
  sourceOf?: SourceOf | undefined
}

/** Which aggregate reports. */
export interface AggregateReportsQuery {
  /** Reports that begin on this UTC day or later: `2026-03-02`. */
  from?: string | undefined
  /** Reports that begin on this UTC day or earlier. */
  to?: string | undefined
  /** The exact name of a reporter. */
  orgName?: string | undefined
}

/** Options of `evidence`. What the owner says is used only where the server has no evidence of its own. */
export interface EvidenceOptions extends CallOptions, OwnersWord {
  /** What the policy is to become. */
  target: EvidenceTarget
  /** The domain as it was read before; saves a request where the evidence is computed here. */
  domain?: Domain | undefined
}

/** The vendor documents 1 to 100. */
const perPage = 100
/** The rules look at 60 days; reports that began the day before reach into them. */
const evidenceDays = 61
/** Reports arrive late; from so many days back they are asked for again. */
const lateDays = 7
/** The server answers at most so many days at once. */
const mostDays = 400

/** Domains whose reports are kept for the next look. */
const mostRemembered = 100

/** What was read of a domain's reports, so that a later look asks for the new ones only. */
interface Memory {
  /** The first day that was asked for. */
  since: string
  /** The day of the last look. */
  seen: string
  reports: Map<number, ReadReport | undefined>
}

/**
 * DMARC and TLS reports of domains, and the evidence whether a policy may be tightened. Lists are fetched while they are read.
 *
 * @example
 * const reports = new Reports(client)
 * const { ready, blockers } = await reports.evidence(7, 'example-com', { target: 'quarantine' })
 */
export class Reports {
  readonly #calls: ReportCalls
  readonly #pause: number
  readonly #maxRequests: number
  readonly #sourceOf: SourceOf
  readonly #memory = new Map<string, Memory>()

  constructor(client: DmarcReportClient, options: ReportsOptions = {}) {
    this.#calls = new ReportCalls(client, options.routes ?? {})
    this.#pause = options.pause ?? 200
    this.#maxRequests = options.maxRequests ?? 500
    this.#sourceOf = options.sourceOf ?? (() => undefined)
  }

  /**
   * May the policy be tightened? Asks a server that announces `reports`. For any other, it reads the domain and its reports of the
   * last 60 days, 100 at a time, and judges them by the same rules; a later call of the same object asks only for
   * reports from seven days before the last one.
   *
   * @example
   * const { ready, blockers, next_record } = await reports.evidence(7, 'example-com', { target: 'reject' })
   * console.log(ready ? next_record : blockers.map(({ found, expected, fix }) => `${found}, expected ${expected}. ${fix}`))
   */
  evidence(accountId: IdOrSlug, domainId: IdOrSlug, options: EvidenceOptions): ApiPromise<Evidence> {
    return apiPromise(options, async ({ target, domain, answers, presumeRestNotMine, currentRecord, ...options }) => {
      if (await this.#calls.announced(options)) {
        const answer = await this.#calls.call(
          'getEvidence',
          { params: of(accountId, domainId), query: { target } },
          options,
        )
        return this.#calls.expected(readEvidence(answer.body, target), `the evidence for ${target}`, answer)
      }
      const { dmarcEvidence, mtaStsEvidence } = await fromVendor()
      const { clock } = this.#calls.client
      const facts = domain ?? (await this.#calls.client.domains.get(accountId, domainId, options))
      if (target === 'mta_sts_enforce') {
        return mtaStsEvidence(facts, await this.#tlsReports(accountId, domainId, facts, options), clock.now())
      }
      const word = { answers, presumeRestNotMine, currentRecord }
      // A parked domain sends no mail: no report could say anything.
      const all = facts.parked_domain ? [] : await this.#reports(accountId, domainId, facts, options)
      const read = [...new Map(all.flatMap((each) => (each ? [[each.key, each]] : []))).values()]
      const unread = all.filter((each) => !each).length
      return dmarcEvidence(target, facts, read, unread, word, clock.now())
    })
  }

  /** Totals of a period by day and class of source. Needs the extension `reports`; `days` also reads other servers. */
  totals(
    accountId: IdOrSlug,
    domainId: IdOrSlug,
    { from, to }: ReportPeriod = {},
    options: CallOptions = {},
  ): ApiPromise<ReportTotals> {
    return apiPromise(options, async (options) => {
      await this.#calls.mustAnnounce('totals of reports', options)
      const query = { from: from && checkDay('from', from), to: to && checkDay('to', to) }
      const answer = await this.#calls.call('getReportTotals', { params: of(accountId, domainId), query }, options)
      return this.#calls.expected(readTotals(answer.body), 'totals of reports', answer)
    })
  }

  /**
   * The days of a period, oldest first: `for await (const day of reports.days(7, 'example-com', { from: '2026-01-01' }))`. A server that
   * announces `reports` takes one request for each 400 days; any other takes one for each day, and tells nothing of classes and TLS.
   */
  async *days(
    accountId: IdOrSlug,
    domainId: IdOrSlug,
    period: ReportPeriod = {},
    options: CallOptions = {},
  ): AsyncGenerator<DayTotals, void, undefined> {
    const to = checkDay('to', period.to ?? dayOf(this.#calls.client.clock.now()))
    const from = checkDay('from', period.from ?? addDays(to, -29))
    const announced = await this.#calls.announced(options)
    const pace = this.#pace(options)
    for (let first = from; first <= to; ) {
      await pace()
      const last = announced ? earlier(addDays(first, mostDays - 1), to) : first
      if (announced) yield* (await this.totals(accountId, domainId, { from: first, to: last }, options)).days
      else yield dayTotals(first, await this.statistics(accountId, domainId, { from: first, to: first }, options))
      first = addDays(last, 1)
    }
  }

  /** Who sends mail for the domain, and why mail fails. Needs the extension `reports`. */
  sources(
    accountId: IdOrSlug,
    domainId: IdOrSlug,
    { from, to }: ReportPeriod = {},
    options: CallOptions = {},
  ): ApiPromise<ReportSources> {
    return apiPromise(options, async (options) => {
      await this.#calls.mustAnnounce('sources of mail', options)
      const query = { from: from && checkDay('from', from), to: to && checkDay('to', to) }
      const answer = await this.#calls.call('getReportSources', { params: of(accountId, domainId), query }, options)
      return this.#calls.expected(readSources(answer.body), 'sources of mail', answer)
    })
  }

  /** Says whether a source is the owner's, by its id (`source:192.0.2.0/24`); null takes the answer back. Needs the extension `reports`. */
  classifySource(
    accountId: IdOrSlug,
    domainId: IdOrSlug,
    source: string,
    kind: SourceKind | null,
    options: CallOptions = {},
  ): ApiPromise<void> {
    return apiPromise(options, async (options) => {
      await this.#calls.mustAnnounce('sources of mail', options)
      const params = { ...of(accountId, domainId), source }
      const answer = await this.#calls.call('updateReportSource', { params, body: { kind } }, options)
      const said = readAnswered(answer.body)
      const same = said && (said.kind ?? null) === kind && (text(said.id) ?? source) === source
      this.#calls.expected(same || undefined, `source ${source} with the kind ${kind}`, answer)
    })
  }

  /** Says that all candidates beyond the first 20 are not the owner's, or takes that back. Needs the extension `reports`. */
  presumeRestNotMine(
    accountId: IdOrSlug,
    domainId: IdOrSlug,
    presume: boolean,
    options: CallOptions = {},
  ): ApiPromise<void> {
    return apiPromise(options, async (options) => {
      await this.#calls.mustAnnounce('sources of mail', options)
      const call = { params: of(accountId, domainId), body: { presume_rest_not_mine: presume } }
      const answer = await this.#calls.call('updateReportSources', call, options)
      const said = flag(readAnswered(answer.body)?.presume_rest_not_mine)
      this.#calls.expected(said === presume || undefined, `presume_rest_not_mine: ${presume}`, answer)
    })
  }

  /** Reports that were set aside or lack trust, newest first. Needs the extension `reports`. */
  async *problems(
    accountId: IdOrSlug,
    domainId: IdOrSlug,
    options: CallOptions = {},
  ): AsyncGenerator<ReportProblem, void, undefined> {
    await this.#calls.mustAnnounce('problems with reports', options)
    yield* this.#list('listReportProblems', 'problems', 'problems', readProblem, accountId, domainId, {}, options)
  }

  /** The original of a problem, as it came in. Needs the extension `reports`. */
  rawReport(
    accountId: IdOrSlug,
    domainId: IdOrSlug,
    problemId: number,
    options: CallOptions = {},
  ): ApiPromise<RawReport> {
    return apiPromise(options, async (options) => {
      await this.#calls.mustAnnounce('problems with reports', options)
      const params = { ...of(accountId, domainId), id: problemId }
      const answer = await this.#calls.call('getRawReport', { params }, options)
      return this.#calls.expected(readRaw(answer.body), 'the original of a report', answer)
    })
  }

  /** Lets a report count that only lacks trust. Needs the extension `reports`. */
  acceptProblem(
    accountId: IdOrSlug,
    domainId: IdOrSlug,
    problemId: number,
    options: CallOptions = {},
  ): ApiPromise<ReportProblem> {
    return apiPromise(options, async (options) => {
      await this.#calls.mustAnnounce('problems with reports', options)
      const params = { ...of(accountId, domainId), id: problemId }
      const answer = await this.#calls.call('acceptReport', { params }, options)
      const problem = readProblem(answer.body)
      const accepted = problem?.id === problemId && problem.accepted_at !== null ? problem : undefined
      return this.#calls.expected(accepted, `problem ${problemId}, accepted`, answer)
    })
  }

  /** Aggregate reports, each with its XML where the server keeps it. */
  aggregateReports(
    accountId: IdOrSlug,
    domainId: IdOrSlug,
    { from, to, orgName }: AggregateReportsQuery = {},
    options: CallOptions = {},
  ): AsyncGenerator<AggregateReportEntry, void, undefined> {
    const query = {
      'q[date_begin_gteq]': from && checkDay('from', from),
      // Its name says "end" in the vendor's words; it filters the begin.
      'q[date_begin_lteq]': to && checkDay('to', to),
      'q[org_name_eq]': orgName,
    }
    const [operation, read] = ['listAggregateReports', readAggregateReport] as const
    return this.#list(operation, 'reports', 'aggregate reports', read, accountId, domainId, query, options)
  }

  /** One aggregate report with its records. */
  aggregateReport(
    accountId: IdOrSlug,
    domainId: IdOrSlug,
    reportId: number,
    options: CallOptions = {},
  ): ApiPromise<AggregateReportEntry> {
    return this.#one(
      'getAggregateReport',
      readAggregateReport,
      'an aggregate report',
      accountId,
      domainId,
      reportId,
      options,
    )
  }

  /** Records over all aggregate reports that begin on a day or later. They carry neither a day nor a report. */
  aggregateRecords(
    accountId: IdOrSlug,
    domainId: IdOrSlug,
    { from }: { from?: string | undefined } = {},
    options: CallOptions = {},
  ): AsyncGenerator<AggregateRecordEntry, void, undefined> {
    // This one route takes another form of day.
    const [year, month, day] = from === undefined ? [] : checkDay('from', from).split('-')
    const query = { 'q[agg_report_date_begin_gteq]': day && `${month}-${day}-${year}` }
    const [operation, read] = ['listAggregateRecords', readAggregateRecord] as const
    return this.#list(operation, 'records', 'records of reports', read, accountId, domainId, query, options)
  }

  /** Totals of a period as the vendor computes them: over all mail, mail of others included. */
  statistics(
    accountId: IdOrSlug,
    domainId: IdOrSlug,
    { from, to }: { from: string; to: string },
    options: CallOptions = {},
  ): ApiPromise<ReportStatistics> {
    return apiPromise(options, async (options) => {
      const query = { 'q[start_date]': checkDay('from', from), 'q[end_date]': checkDay('to', to) }
      const call = { params: of(accountId, domainId), query }
      const answer = await this.#calls.callEither('getAggregateStatistics', call, options)
      return this.#calls.expected(readStatistics(answer.body), 'totals of reports', answer)
    })
  }

  /** The largest sources of a period, at most 50, as the vendor names them. */
  topSources(
    accountId: IdOrSlug,
    domainId: IdOrSlug,
    { from, to, limit }: ReportPeriod & { limit?: number | undefined } = {},
    options: CallOptions = {},
  ): ApiPromise<TopSources> {
    return apiPromise(options, async (options) => {
      const query = {
        'q[start_date]': from && checkDay('from', from),
        'q[end_date]': to && checkDay('to', to),
        limit,
      }
      const answer = await this.#calls.callEither('getTopSources', { params: of(accountId, domainId), query }, options)
      return this.#calls.expected(readTopSources(answer.body), 'sources of mail', answer)
    })
  }

  /** Failure reports. They hold personal data. */
  failureReports(
    accountId: IdOrSlug,
    domainId: IdOrSlug,
    options: CallOptions = {},
  ): AsyncGenerator<FailureReportEntry, void, undefined> {
    const [operation, read] = ['listFailureReports', readFailureReport] as const
    return this.#list(operation, 'reports', 'failure reports', read, accountId, domainId, {}, options)
  }

  /** One failure report. */
  failureReport(
    accountId: IdOrSlug,
    domainId: IdOrSlug,
    reportId: number,
    options: CallOptions = {},
  ): ApiPromise<FailureReportEntry> {
    return this.#one('getFailureReport', readFailureReport, 'a failure report', accountId, domainId, reportId, options)
  }

  /** TLS reports, one entry for each policy of a report. */
  tlsReports(
    accountId: IdOrSlug,
    domainId: IdOrSlug,
    options: CallOptions = {},
  ): AsyncGenerator<TlsReportEntry, void, undefined> {
    const [operation, read] = ['listTlsReports', readTlsReport] as const
    return this.#list(operation, 'reports', 'TLS reports', read, accountId, domainId, {}, options)
  }

  /** One policy of a TLS report with its failures. */
  tlsReport(
    accountId: IdOrSlug,
    domainId: IdOrSlug,
    reportId: number,
    options: CallOptions = {},
  ): ApiPromise<TlsReportEntry> {
    return this.#one('getTlsReport', readTlsReport, 'a TLS report', accountId, domainId, reportId, options)
  }

  /** Failed sessions over all TLS reports. */
  tlsFailures(
    accountId: IdOrSlug,
    domainId: IdOrSlug,
    options: CallOptions = {},
  ): AsyncGenerator<TlsFailureEntry, void, undefined> {
    const read = (value: unknown) => {
      const raw = asObject(value)
      return raw && 'id' in raw ? readTlsFailure(raw) : undefined
    }
    return this.#list('listTlsFailures', 'failure-details', 'TLS failures', read, accountId, domainId, {}, options)
  }

  /** The reports of the last 60 days: all of them at first, then those that may be new. */
  async #reports(accountId: IdOrSlug, domainId: IdOrSlug, { address }: Pick<Domain, 'address'>, options: CallOptions) {
    const { readReport } = await fromVendor()
    const now = this.#calls.client.clock.now()
    const today = dayOf(now)
    const oldest = addDays(today, -evidenceDays)
    const key = `${accountId} ${domainId}`
    const known = this.#memory.get(key)
    const memory = known && known.since <= oldest ? known : { since: oldest, seen: oldest, reports: new Map() }
    const from = later(oldest, known === memory ? addDays(memory.seen, -lateDays) : oldest)
    const pace = this.#pace(options)
    const name = plain(address)
    for await (const entry of this.#listPaced(pace, accountId, domainId, { 'q[date_begin_gteq]': from }, options)) {
      if (memory.reports.has(entry.id) || !isOf(entry, name)) continue
      let report = readReport(entry, this.#sourceOf, now)
      if (!report && !entry.records) {
        await pace()
        const shown = await this.aggregateReport(accountId, domainId, entry.id, options)
        report = readReport({ ...entry, ...shown }, this.#sourceOf, now)
      }
      memory.reports.set(entry.id, report)
    }
    memory.seen = today
    const since = Date.parse(oldest) / 1000
    for (const [id, report] of memory.reports) if (report && report.report.end < since) memory.reports.delete(id)
    // The least recently asked goes first.
    this.#memory.delete(key)
    this.#memory.set(key, memory)
    for (const other of this.#memory.keys()) if (this.#memory.size > mostRemembered) this.#memory.delete(other)
    return [...memory.reports.values()]
  }

  #listPaced(
    pace: () => Promise<void>,
    accountId: IdOrSlug,
    domainId: IdOrSlug,
    query: Query,
    options: CallOptions,
  ): AsyncGenerator<AggregateReportEntry, void, undefined> {
    const [operation, read] = ['listAggregateReports', readAggregateReport] as const
    return this.#list(operation, 'reports', 'aggregate reports', read, accountId, domainId, query, options, pace)
  }

  /** TLS reports of the last 60 days, with the failures of the last 7. The list has no filter by day. */
  async #tlsReports(
    accountId: IdOrSlug,
    domainId: IdOrSlug,
    { address }: Pick<Domain, 'address'>,
    options: CallOptions,
  ) {
    const { tlsReportOf } = await fromVendor()
    const now = this.#calls.client.clock.now()
    const daysAgo = (days: number) => now - days * 86_400_000
    const pace = this.#pace(options)
    const [operation, read] = ['listTlsReports', readTlsReport] as const
    const pages = reportPages({
      key: 'reports',
      what: 'TLS reports',
      perPage,
      read,
      fetchPage: async (page) => {
        await pace()
        return this.#calls.call(operation, { params: of(accountId, domainId), query: page }, options)
      },
    })
    const entries: TlsReportEntry[] = []
    let before = Number.POSITIVE_INFINITY
    let newestFirst = true
    for await (const page of pages) {
      for (const entry of page) {
        const end = Date.parse(entry.end_datetime)
        newestFirst &&= end <= before
        before = end
        if (end >= daysAgo(evidenceDays) && plain(entry.policy_domain) === plain(address)) entries.push(entry)
      }
      // Nothing newer follows.
      if (newestFirst && before < daysAgo(evidenceDays)) break
    }
    const reports = []
    for (const entry of entries) {
      const recent = Date.parse(entry.end_datetime) >= daysAgo(8)
      // Only recent failures count, and rows in lists do not tell their kind.
      const silent = entry.raw_json.trim() === '' && entry.failure_details === undefined
      if (recent && silent && entry.total_failure_session_count > 0) {
        await pace()
        const shown = await this.tlsReport(accountId, domainId, entry.id, options)
        reports.push(tlsReportOf({ ...entry, ...shown }, now))
      } else reports.push(tlsReportOf(entry, now))
    }
    return reports
  }

  async *#list<Entry extends { id: number }>(
    operation: ReportOperationName,
    key: string,
    what: string,
    read: (value: unknown) => Entry | undefined,
    accountId: IdOrSlug,
    domainId: IdOrSlug,
    query: Query,
    options: CallOptions,
    pace: () => Promise<void> = this.#pace(options),
  ): AsyncGenerator<Entry, void, undefined> {
    const fetchPage = async (page: Query) => {
      await pace()
      return this.#calls.call(operation, { params: of(accountId, domainId), query: { ...query, ...page } }, options)
    }
    for await (const page of reportPages({ key, what, perPage, read, fetchPage })) yield* page
  }

  #one<Entry extends { id: number }>(
    operation: ReportOperationName,
    read: (value: unknown) => Entry | undefined,
    what: string,
    accountId: IdOrSlug,
    domainId: IdOrSlug,
    id: number,
    options: CallOptions,
  ): ApiPromise<Entry> {
    return apiPromise(options, async (options) => {
      const answer = await this.#calls.call(operation, { params: { ...of(accountId, domainId), id } }, options)
      const entry = read(answer.body)
      return this.#calls.expected(entry?.id === id ? entry : undefined, `${what} with id ${id}`, answer)
    })
  }

  /** Called before each request of one method: a pause after the first, and an end after the last that is allowed. */
  #pace({ signal }: CallOptions): () => Promise<void> {
    let requests = 0
    return async () => {
      requests++
      if (requests > this.#maxRequests) {
        throw new DmarcReportError(
          `More than ${this.#maxRequests} requests would be needed for these reports. Ask for a shorter period, or raise maxRequests.`,
        )
      }
      if (requests === 1 || this.#pause === 0) return
      await this.#calls.client.clock.sleep(this.#pause, signal).catch((cause) => {
        throw new AbortedError('Reading reports was aborted by the caller', { cause })
      })
    }
  }
}

/** Loaded before the first request that it is needed for. */
const fromVendor = () =>
  import('./from-vendor.ts').catch((cause) => {
    throw new DmarcReportError(
      `This server does not announce reports, and the package that judges reports could not be loaded (${cause instanceof Error ? cause.message : String(cause)}). Install @dmarc-as-code/reports beside this package.`,
      { cause },
    )
  })

const of = (accountId: IdOrSlug, domainId: IdOrSlug) => ({ account_id: accountId, domain_id: domainId })

const earlier = (a: string, b: string): string => (a < b ? a : b)
const later = (a: string, b: string): string => (a < b ? b : a)

/** Whether a report is about the domain or a name below it. */
function isOf({ policy_domain }: AggregateReportEntry, domain: string): boolean {
  const name = plain(policy_domain)
  return name === '' || name === domain || name.endsWith(`.${domain}`)
}

const dayTotals = (day: string, { total, compliant, none, quarantine, reject }: ReportStatistics): DayTotals => ({
  day,
  messages: total,
  passed: compliant,
  failed: Math.max(0, total - compliant),
  dispositions: { none, quarantine, reject },
})

function readRaw(value: unknown): RawReport | undefined {
  const raw = asObject(value)
  const content = text(raw?.content)
  if (content === undefined || !/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(content)) return undefined
  const bytes = Uint8Array.from(atob(content.replace(/\s/g, '')), (letter) => letter.charCodeAt(0))
  return { file_name: words(raw?.file_name), media_type: words(raw?.media_type), content: bytes }
}
