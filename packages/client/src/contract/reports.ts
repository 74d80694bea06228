import { dmarcPolicies } from '@dmarc-as-code/records'
import { reasonsOf } from '@dmarc-as-code/records/reasons'
import * as z from 'zod'
import type { reportRoutes } from '../report-routes.ts'
import type { Operation } from './operations.ts'
import { flag, id, idOrSlug, pageMeta, pageQuery, timestamp } from './values.ts'

/** Ours: what may be asked of the evidence. */
export const evidenceTargets = ['quarantine', 'reject', 'mta_sts_enforce'] as const
/** How a source is classed; see the README of `@dmarc-as-code/reports`, "Classes of sources". */
export const sourceClasses = ['own', 'forwarder', 'candidate', 'foreign'] as const
/** What the owner said about a source. */
export const sourceKinds = ['mine', 'not_mine'] as const
/** How a report came in. */
export const reportWays = ['smtp', 'https', 'imap', 'import'] as const

/** A UTC day, `2026-03-02`. */
const day = z.iso.date()
const count = z.int().min(0)
/** Percent, 0 to 100. */
const percent = z.number().min(0).max(100)

/** Both days belong to the period. Default: the last 30 days up to today, UTC. At most 400 days. */
export const reportPeriod = z.strictObject({ from: day.optional(), to: day.optional() })
export type ReportPeriod = z.output<typeof reportPeriod>

const period = { from: day, to: day }

const passedAndFailed = z.object({
  messages: count,
  /** Pass by aligned DKIM or SPF. */
  passed: count,
})

/** One UTC day. Counts are messages of trusted reports: anybody can send the others. */
const dayTotals = z.object({
  day,
  /** Aggregate reports that cover the day, and who sent them. */
  reports: count,
  reporters: count,
  messages: count,
  passed: count,
  failed: count,
  /** Failed, and the receiver gave a reason for not following the policy. */
  overridden: count,
  /** What receivers did. `none` includes the disposition `pass` of RFC 9990 and reports that do not say. */
  dispositions: z.object({ none: count, quarantine: count, reject: count }),
  /** Of reports without trust, which are in no other number. */
  untrusted_messages: count,
  /** By class of source; the class is that of the whole period. */
  classes: z.object({
    own: passedAndFailed,
    forwarder: passedAndFailed,
    candidate: passedAndFailed,
    foreign: passedAndFailed,
  }),
  /** Sessions of TLS reports, of those without trust as well. */
  tls: z.object({ reports: count, successful_sessions: count, failed_sessions: count }),
})

/** `GET reports/daily`: one entry for each day of the period, also for days without a report; oldest first. */
export const reportTotals = z.object({ domain: z.string(), ...period, days: z.array(dayTotals) })
export type WireReportTotals = z.output<typeof reportTotals>

/** Why mail of a source fails, and what to do: `reasonText('failure_cause', cause)`. */
const failureCause = z.object({
  cause: z.enum(reasonsOf('failure_cause')),
  /** Messages; one may count under several causes. */
  messages: count,
  /** Domains, `selector@domain` of keys, or subdomains it is about; at most 5. */
  about: z.array(z.string()),
  /** What to do next, one sentence. */
  next: z.string(),
})

/** One source in the period. Counts are messages. */
export const reportSource = z.object({
  /** `source:` or `domain:` and a name; the address of the route that classifies it. */
  id: z.string(),
  /** The name alone, for people: a domain, an AS, or a network. */
  name: z.string(),
  class: z.enum(sourceClasses),
  /** What the owner said; null: nothing. */
  kind: z.enum(sourceKinds).nullable(),
  messages: count,
  passed: count,
  passed_by_dkim: count,
  passed_by_spf: count,
  /** Failed, and the receiver gave a reason for not following the policy. */
  overridden: count,
  days: count,
  first_day: day,
  last_day: day,
  /** Sources behind a candidate that is grouped by the domain it authenticates as; at most 20. */
  sources: z.array(z.string()),
  /** Empty where nothing fails; most messages first. */
  causes: z.array(failureCause),
})
export type WireReportSource = z.output<typeof reportSource>

/** `GET reports/sources`. By trusted reports only. */
export const reportSources = z.object({
  domain: z.string(),
  ...period,
  /** Own sources, forwarders and candidates, most messages first. */
  sources: z.array(reportSource),
  /** All others: they authenticate as nobody, are never asked about and never block. */
  foreign: z.object({ sources: count, messages: count }),
  /** Candidates beyond the first 20 that have no answer; `presume_rest_not_mine` answers them at once. */
  more_candidates: count,
  presume_rest_not_mine: z.boolean(),
})
export type WireReportSources = z.output<typeof reportSources>

/** `PUT reports/sources/:source`. Null takes the answer back. */
export const updateReportSourceBody = z.strictObject({ kind: z.enum(sourceKinds).nullable() })
export type UpdateReportSourceBody = z.output<typeof updateReportSourceBody>

/** `PUT reports/sources`. */
export const updateReportSourcesBody = z.strictObject({ presume_rest_not_mine: flag })
export type UpdateReportSourcesBody = z.output<typeof updateReportSourcesBody>

/** What was said about one source: the source as sent, with the answer that holds now. */
export const answeredSource = z.object({ id: z.string(), kind: z.enum(sourceKinds).nullable() })
export type WireAnsweredSource = z.output<typeof answeredSource>

export const answeredSources = z.object({ presume_rest_not_mine: z.boolean() })
export type WireAnsweredSources = z.output<typeof answeredSources>

export const evidenceQuery = z.strictObject({ target: z.enum(evidenceTargets) })
export type EvidenceQuery = z.output<typeof evidenceQuery>

/** Why a policy may not be tightened yet. */
const evidenceBlocker = z.object({
  code: z.enum([...reasonsOf('policy_blocker'), ...reasonsOf('mta_sts_blocker')]),
  /** Plain text each: what was found, what is expected, and what to do. */
  found: z.string(),
  expected: z.string(),
  fix: z.string(),
  /** Ids of the sources, names of the subdomains, or result types of TLS reports it is about. */
  about: z.array(z.string()),
})
export type WireEvidenceBlocker = z.output<typeof evidenceBlocker>

const evidenceSource = reportSource.omit({ causes: true })

/** The numbers behind the rules for `quarantine` and `reject`. */
const dmarcNumbers = z.object({
  /** Days that were looked at: 30, or 60 where the volume of 30 is too low. */
  window_days: count,
  days_covered: count,
  reporters: count,
  /** Age of the newest report in days; null without one. */
  newest_days: count.nullable(),
  days_at_none: count,
  days_at_quarantine: count,
  own: z.object({
    messages: count,
    passed: count,
    rate: percent.nullable(),
    dkim_share: percent.nullable(),
  }),
  /** Messages a month that forwarding breaks once the policy is enforced. */
  expected_loss: count,
})

/** `GET evidence?target=...`: may the policy be tightened to the target? By trusted reports only. */
export const evidence = z.object({
  domain: z.string(),
  target: z.enum(evidenceTargets),
  computed_at: timestamp,
  /** A parked domain sends no mail and needs no evidence. */
  parked: z.boolean(),
  ready: z.boolean(),
  /** Empty exactly where it is ready. */
  blockers: z.array(evidenceBlocker),
  /**
   * The DMARC record that may be published, made of the hosted or live one; for `mta_sts_enforce` null. Null while blocked, and
   * where the current record cannot be read.
   */
  next_record: z.string().nullable(),
  /** The policy in force as the newest trusted report saw it; null without one. */
  current_policy: z.enum(dmarcPolicies).nullable(),
  /** Reports of the last 60 days by whether they count. */
  reports: z.object({ trusted: count, untrusted: count }),
  /** Null for `mta_sts_enforce`. */
  dmarc: z
    .object({
      numbers: dmarcNumbers,
      sources: z.array(evidenceSource),
      foreign: z.object({ sources: count, messages: count }),
      /** The first 20 candidates, answered ones included. */
      candidates: z.array(evidenceSource),
      more_candidates: count,
      presume_rest_not_mine: z.boolean(),
      /** From domains below the domain, judged for `sp`. */
      subdomains: z.array(z.object({ header_from: z.string(), messages: count, passed: count })),
    })
    .nullable(),
  /** Null for `quarantine` and `reject`. Sessions that failed in the last 7 days and would lose mail. */
  mta_sts: z.object({ days: count, reporters: count, failed_sessions: count }).nullable(),
})
export type WireEvidence = z.output<typeof evidence>

/** What was set aside, or came in without trust. */
export const reportProblem = z.object({
  id,
  received_at: timestamp,
  /** In words: `reasonText('report_problem', code)`, `reasonText('report_intake', code)`. */
  code: z.enum([...reasonsOf('report_problem'), ...reasonsOf('report_intake')]),
  message: z.string(),
  fix: z.string(),
  /** Line of the text where it shows, from 1. */
  line: z.int().positive().nullable(),
  /** Names of attachments and archive members, from the outside in. */
  path: z.array(z.string()),
  way: z.enum(reportWays),
  /** The address in From of the mail that brought it; null where there was no mail. */
  from: z.string().nullable(),
  subject: z.string().nullable(),
  /** Bytes of the original. */
  size: count,
  /** Whether the original can still be downloaded; it is kept for 90 days. */
  raw_available: z.boolean(),
  /** A report that was read and only lacks trust; `accept` makes it count. */
  acceptable: z.boolean(),
  accepted_at: timestamp.nullable(),
})
export type WireReportProblem = z.output<typeof reportProblem>

/** Newest first. */
export const reportProblemList = z.object({
  problems: z.array(reportProblem),
  meta: pageMeta('total_problems').optional(),
})
export type WireReportProblemList = z.output<typeof reportProblemList>

/** The original as it came in. */
export const rawReport = z.object({
  file_name: z.string(),
  media_type: z.string(),
  size: count,
  sha256: z.string(),
  /** Base64. */
  content: z.string(),
})
export type WireRawReport = z.output<typeof rawReport>

// From here on the vendor's shapes, see its pages docs.dmarcreport.com/api/2.0/.

const authResult = z.object({
  id,
  type: z.enum(['Dkim', 'Spf']),
  domain: z.string(),
  result: z.string(),
  /** Empty for SPF. */
  selector: z.string(),
  created_at: timestamp,
  updated_at: timestamp,
})

const emailService = z.object({
  id,
  name: z.string(),
  ptr_domain: z.string(),
  service_type: z.string(),
  supports_dkim: z.boolean(),
  supports_spf: z.boolean(),
  supports_dmarc: z.boolean(),
  data_source: z.string(),
})

const ipAddress = z.object({
  id,
  sane_source_ip: z.string(),
  /** The number of block lists that name it; null: nobody looked. */
  blacklisted: z.int().nullable(),
  ptr: z.string().nullable(),
  /** Two letters, lower case. */
  country: z.string().nullable(),
  created_at: timestamp,
  updated_at: timestamp,
  email_service: emailService.nullable(),
})

const aggregateRecord = z.object({
  id,
  count,
  /** `none`, `quarantine` or `reject`; `pass` of RFC 9990 is `none`. */
  disposition: z.string(),
  /** Aligned results. */
  dkim_status: z.enum(['pass', 'fail']),
  spf_status: z.enum(['pass', 'fail']),
  /** Types of override reasons, separated by commas; empty without one. */
  reason: z.string(),
  header_from: z.string(),
  dmarc_compliance: z.enum(['Compliant', 'Non-compliant', 'Forwarded']),
  is_in_spf_record: z.boolean(),
  created_at: timestamp,
  updated_at: timestamp,
  auth_results: z.array(authResult),
  ip_address: ipAddress,
})

const reportShape = {
  id,
  /** Empty where the original is no longer kept. */
  raw_xml: z.string(),
  org_name: z.string(),
  email: z.string(),
  extra_contact_info: z.string(),
  report_id: z.string(),
  date_begin: timestamp,
  date_end: timestamp,
  policy_domain: z.string(),
  dkim_alignment: z.enum(['r', 's']),
  spf_alignment: z.enum(['r', 's']),
  domain_policy: z.string(),
  subdomain_policy: z.string(),
  percentage: z.int(),
  domain_id: id,
  records_count: count.nullable(),
  report_email_message_id: z.string().nullable(),
  created_at: timestamp,
  updated_at: timestamp,
}

/** The vendor counts the entries of every list of reports as `total_reports`. */
const reportsMeta = pageMeta('total_reports')

export const aggregateReportList = z.object({ reports: z.array(z.object(reportShape)), meta: reportsMeta })
export type WireAggregateReportList = z.output<typeof aggregateReportList>

export const aggregateReport = z.object({ ...reportShape, records: z.array(aggregateRecord) })
export type WireAggregateReport = z.output<typeof aggregateReport>

export const aggregateRecordList = z.object({
  records: z.array(aggregateRecord.extend({ org_name: z.string() })),
  meta: reportsMeta,
})
export type WireAggregateRecordList = z.output<typeof aggregateRecordList>

/** Messages. What is neither compliant nor non-compliant nor forwarded was sent by sources that authenticate as nobody. */
export const aggregateStatistics = z.object({
  compliant: count,
  non_compliant: count,
  forwarded: count,
  total: count,
  none: count,
  quarantine: count,
  reject: count,
  spf_count: count,
  dkim_count: count,
  reject_count: count,
})
export type WireAggregateStatistics = z.output<typeof aggregateStatistics>

export const topSources = z.object({
  domain: z.string(),
  period: z.object({ start_date: day, end_date: day }),
  total_sources: count,
  sources: z.array(
    z.object({
      /** The PTR domain, or `Unknown`. */
      source: z.string(),
      total: count,
      compliant: count,
      non_compliant: count,
      /** Percent with one decimal. */
      compliance_rate: percent,
    }),
  ),
})
export type WireTopSources = z.output<typeof topSources>

export const failureReport = z.object({
  id,
  domain_id: id,
  /** The feedback part; personal data is left out. */
  raw_report: z.string(),
  /** Headers of the original message with hashed local parts; never the body. */
  raw_original_message: z.string(),
  arrival_date: timestamp.nullable(),
  delivery_result: z.string().nullable(),
  feedback_type: z.string(),
  from_address: z.string().nullable(),
  ip_address: z.string().nullable(),
  message_id: z.string().nullable(),
  reported_domain: z.string(),
  subject: z.string().nullable(),
  created_at: timestamp,
  updated_at: timestamp,
})
export type WireFailureReport = z.output<typeof failureReport>

export const failureReportList = z.object({ reports: z.array(failureReport), meta: reportsMeta })
export type WireFailureReportList = z.output<typeof failureReportList>

/** One policy of a TLS report, as lists have it: counts and `policy_string` are texts. */
export const tlsReportRow = z.object({
  id,
  domain_id: id,
  raw_json: z.string(),
  organization_name: z.string(),
  start_datetime: timestamp,
  end_datetime: timestamp,
  contact_info: z.string(),
  report_id: z.string(),
  policy_type: z.string(),
  /** A JSON array. */
  policy_string: z.string(),
  policy_domain: z.string(),
  policy_host: z.string(),
  total_successful_session_count: z.string(),
  total_failure_session_count: z.string(),
  report_email_message_id: z.string().nullable(),
})
export type WireTlsReportRow = z.output<typeof tlsReportRow>

export const tlsReportList = z.object({ reports: z.array(tlsReportRow), meta: reportsMeta })
export type WireTlsReportList = z.output<typeof tlsReportList>

const tlsFailure = z.object({
  id,
  result_type: z.string(),
  sending_mta_ip: z.string().nullable(),
  receiving_ip: z.string().nullable(),
  receiving_mx_hostname: z.string().nullable(),
  failed_session_count: count,
})

/** One policy of a TLS report, as `show` has it: hyphens, numbers and a list. */
export const tlsReport = z.object({
  id,
  'domain-id': id,
  'raw-json': z.string(),
  'organization-name': z.string(),
  'start-datetime': timestamp,
  'end-datetime': timestamp,
  'contact-info': z.string(),
  'report-id': z.string(),
  'policy-type': z.string(),
  'policy-string': z.array(z.string()),
  'policy-domain': z.string(),
  'policy-host': z.string(),
  'total-successful-session-count': count,
  'total-failure-session-count': count,
  'failure-details': z.array(tlsFailure),
})
export type WireTlsReport = z.output<typeof tlsReport>

export const tlsFailureList = z.object({ 'failure-details': z.array(tlsFailure), meta: reportsMeta })
export type WireTlsFailureList = z.output<typeof tlsFailureList>

/** The vendor documents at most 100 entries a page; lists of reports always have pages, 25 entries each by default. */
const reportPage = { page: pageQuery.shape.page, per: z.coerce.number().int().min(1).max(100).optional() }
const pageOnly = z.object(reportPage)

export const aggregateReportsQuery = z.object({
  ...reportPage,
  'q[org_name_eq]': z.string().optional(),
  'q[date_begin_gteq]': day.optional(),
  /** Filters the begin as well. */
  'q[date_begin_lteq]': day.optional(),
})
export type AggregateReportsQuery = z.output<typeof aggregateReportsQuery>

/** `mm-dd-yyyy`, as this one route takes it; ISO days are taken as well. */
const eitherDay = z.string().regex(/^(\d{2}-\d{2}-\d{4}|\d{4}-\d{2}-\d{2})$/, 'must be a day, e.g. 03-02-2026')

export const aggregateRecordsQuery = z.object({
  ...reportPage,
  'q[agg_report_date_begin_gteq]': eitherDay.optional(),
  'q[agg_report_date_end_gteq]': eitherDay.optional(),
  'q[agg_report_date_begin_lteq]': eitherDay.optional(),
  'q[agg_report_org_name_eq]': z.string().optional(),
  'q[ip_address_source_ip_eq]': z.string().optional(),
  'q[disposition_eq]': z.enum(['none', 'quarantine', 'reject']).optional(),
})
export type AggregateRecordsQuery = z.output<typeof aggregateRecordsQuery>

export const reportFilters = ['last_7_days', 'last_10_days', 'last_15_days', 'last_30_days'] as const

export const aggregateStatisticsQuery = z
  .object({
    'q[start_date]': day.optional(),
    'q[end_date]': day.optional(),
    filter: z.enum(reportFilters).optional(),
  })
  .refine((query) => query.filter !== undefined || (query['q[start_date]'] && query['q[end_date]']), {
    path: ['q[start_date]'],
    error: 'expected q[start_date] and q[end_date], or filter',
  })
export type AggregateStatisticsQuery = z.output<typeof aggregateStatisticsQuery>

export const topSourcesQuery = z.object({
  'q[start_date]': day.optional(),
  'q[end_date]': day.optional(),
  filter: z.enum(reportFilters).optional(),
  limit: z.coerce.number().int().min(1).max(50).optional(),
})
export type TopSourcesQuery = z.output<typeof topSourcesQuery>

const ofDomain = z.object({ account_id: idOrSlug, domain_id: idOrSlug })
const inDomain = ofDomain.extend({ id: idOrSlug })

/** What the operations of `reportRoutes` take and answer. */
export const reportOperations = {
  getReportTotals: {
    summary: 'Messages by day and class of source',
    params: ofDomain,
    query: reportPeriod,
    status: 200,
    response: reportTotals,
  },
  getReportSources: {
    summary: 'Who sends mail for the domain, and why mail fails',
    params: ofDomain,
    query: reportPeriod,
    status: 200,
    response: reportSources,
  },
  updateReportSources: {
    summary: 'Presume that all candidates beyond the first 20 are not yours, or take that back',
    params: ofDomain,
    body: updateReportSourcesBody,
    status: 200,
    response: answeredSources,
  },
  updateReportSource: {
    summary: 'Say whether a source is yours',
    params: ofDomain.extend({ source: z.string().min(1).max(255) }),
    body: updateReportSourceBody,
    status: 200,
    response: answeredSource,
  },
  getEvidence: {
    summary: 'Whether the policy may be tightened',
    params: ofDomain,
    query: evidenceQuery,
    status: 200,
    response: evidence,
  },
  listReportProblems: {
    summary: 'Reports that were set aside or lack trust',
    params: ofDomain,
    query: pageQuery,
    status: 200,
    response: reportProblemList,
  },
  getRawReport: { summary: 'The original of a problem', params: inDomain, status: 200, response: rawReport },
  acceptReport: {
    summary: 'Let a report without trust count',
    params: inDomain,
    status: 200,
    response: reportProblem,
  },
  listAggregateReports: {
    summary: 'Aggregate reports',
    params: ofDomain,
    query: aggregateReportsQuery,
    status: 200,
    response: aggregateReportList,
  },
  getAggregateReport: {
    summary: 'One aggregate report with its records',
    params: inDomain,
    status: 200,
    response: aggregateReport,
  },
  listAggregateRecords: {
    summary: 'Records over all aggregate reports',
    params: ofDomain,
    query: aggregateRecordsQuery,
    status: 200,
    response: aggregateRecordList,
  },
  getAggregateStatistics: {
    summary: 'Totals of a period',
    params: ofDomain,
    query: aggregateStatisticsQuery,
    status: 200,
    response: aggregateStatistics,
  },
  getTopSources: {
    summary: 'The largest sources of a period',
    params: ofDomain,
    query: topSourcesQuery,
    status: 200,
    response: topSources,
  },
  listFailureReports: {
    summary: 'Failure reports',
    params: ofDomain,
    query: pageOnly,
    status: 200,
    response: failureReportList,
  },
  getFailureReport: { summary: 'One failure report', params: inDomain, status: 200, response: failureReport },
  listTlsReports: {
    summary: 'TLS reports, one entry for each policy',
    params: ofDomain,
    query: pageOnly,
    status: 200,
    response: tlsReportList,
  },
  getTlsReport: { summary: 'One policy of a TLS report', params: inDomain, status: 200, response: tlsReport },
  listTlsFailures: {
    summary: 'Failed sessions over all TLS reports',
    params: ofDomain,
    query: pageOnly,
    status: 200,
    response: tlsFailureList,
  },
} as const satisfies Record<keyof typeof reportRoutes, Operation>
