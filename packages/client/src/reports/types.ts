import type { Open } from '../enumerations.ts'

/** Days of a period, both included; UTC, as `2026-03-02`. */
export interface ReportPeriod {
  /** @default 29 days before `to` */
  from?: string | undefined
  /** @default today */
  to?: string | undefined
}

/** What may be asked of the evidence. */
export type EvidenceTarget = 'quarantine' | 'reject' | 'mta_sts_enforce'
/** How a source is classed; see the README of `@dmarc-as-code/reports`, "Classes of sources". */
export type SourceClass = 'own' | 'forwarder' | 'candidate' | 'foreign'
/** What the owner said about a source. */
export type SourceKind = 'mine' | 'not_mine'

/** Messages, and how many of them passed by aligned DKIM or SPF. */
export interface PassedAndFailed {
  /** All. */
  messages: number
  /** Pass by aligned DKIM or SPF. */
  passed: number
}

/** One UTC day. Counts are messages. */
export interface DayTotals {
  /** `2026-03-02`. */
  day: string
  /** Aggregate reports that cover the day; undefined where the server does not tell. */
  reports?: number
  /** Who sent them. */
  reporters?: number
  /** All messages. */
  messages: number
  /** Pass by aligned DKIM or SPF, by the server's own judgement. */
  passed: number
  /** The others. */
  failed: number
  /** Failed, and the receiver gave a reason for not following the policy. */
  overridden?: number
  /** What receivers did. */
  dispositions: { none: number; quarantine: number; reject: number }
  /** By class of source; undefined where the server does not class sources. */
  classes?: Record<SourceClass, PassedAndFailed>
  /** Sessions with TLS; undefined where the server does not tell them by day. */
  tls?: { reports: number; successful_sessions: number; failed_sessions: number }
}

/** Totals of a period, day by day. */
export interface ReportTotals {
  /** The domain name. */
  domain: string
  /** The first day. */
  from: string
  /** The last day. */
  to: string
  /** One for each day, oldest first. */
  days: DayTotals[]
}

/** Why mail of a source fails, and what to do. */
export interface SourceFailure {
  /** In words: `reasonText('failure_cause', cause)`. */
  cause: Open<string>
  /** Messages; one may count under several causes. */
  messages: number
  /** Domains, keys or subdomains it is about. */
  about: string[]
  /** What to do next, one sentence. */
  next: string
}

/** One source in a period. Counts are messages. */
export interface ReportSource {
  /** The address by which it is classified: `source:` or `domain:` and a name. */
  id: string
  /** The name alone: a domain, an AS, or a network. */
  name: string
  /** Computed from the period. */
  class: Open<SourceClass>
  /** What the owner said; null: nothing. */
  kind: Open<SourceKind> | null
  /** All. */
  messages: number
  /** Pass by aligned DKIM or SPF. */
  passed: number
  /** Pass by aligned DKIM. */
  passed_by_dkim: number
  /** Pass by aligned SPF. */
  passed_by_spf: number
  /** Failed, and the receiver gave a reason for not following the policy. */
  overridden: number
  /** On which it was seen. */
  days: number
  /** `2026-03-02`; empty where the server does not tell. */
  first_day: string
  /** `2026-03-02`; empty where the server does not tell. */
  last_day: string
  /** Sources behind a candidate that is grouped by the domain it authenticates as. */
  sources: string[]
  /** Why its mail fails; empty where nothing fails, and in evidence. */
  causes: SourceFailure[]
}

/** Sources of a period. */
export interface ReportSources {
  /** The domain name. */
  domain: string
  /** The first day. */
  from: string
  /** The last day. */
  to: string
  /** Own sources, forwarders and candidates, most messages first. */
  sources: ReportSource[]
  /** All others: they authenticate as nobody, are never asked about and never block. */
  foreign: { sources: number; messages: number }
  /** Candidates without an answer beyond the first 20. */
  more_candidates: number
  /** Those are presumed not to be the owner's. */
  presume_rest_not_mine: boolean
}

/** Why a policy may not be tightened yet. */
export interface EvidenceBlocker {
  /** In words: `reasonText('policy_blocker', code)` or `reasonText('mta_sts_blocker', code)`. */
  code: Open<string>
  /** What was found. */
  found: string
  /** What is expected. */
  expected: string
  /** What to do. */
  fix: string
  /** Ids of the sources, names of the subdomains, or result types of TLS reports it is about. */
  about: string[]
}

/** The numbers behind the rules for `quarantine` and `reject`. */
export interface EvidenceNumbers {
  /** Days that were looked at: 30, or 60 where the volume of 30 is too low. */
  window_days: number
  /** Of the last 30. */
  days_covered: number
  /** Different ones in the last 30 days. */
  reporters: number
  /** Age of the newest report in days; null without one. */
  newest_days: number | null
  /** Days since the policy has been at least none, as reports saw it. */
  days_at_none: number
  /** Days since the policy has been at least quarantine. */
  days_at_quarantine: number
  /** Own mail; rates in percent, null without mail. */
  own: { messages: number; passed: number; rate: number | null; dkim_share: number | null }
  /** Messages a month that forwarding breaks once the policy is enforced. */
  expected_loss: number
}

/** The evidence about mail, for `quarantine` and `reject`. */
export interface DmarcEvidence {
  /** Behind the rules. */
  numbers: EvidenceNumbers
  /** Own sources, forwarders and candidates. */
  sources: ReportSource[]
  /** All others. */
  foreign: { sources: number; messages: number }
  /** The first 20, answered ones included. */
  candidates: ReportSource[]
  /** Without an answer, beyond those. */
  more_candidates: number
  /** Those are presumed not to be the owner's. */
  presume_rest_not_mine: boolean
  /** From domains below the domain, judged for `sp`. */
  subdomains: { header_from: string; messages: number; passed: number }[]
}

/** May a policy be tightened? */
export interface Evidence {
  /** The domain name. */
  domain: string
  /** What was asked. */
  target: EvidenceTarget
  /** ISO 8601, UTC. */
  computed_at: string
  /**
   * `server`: our server answered. `vendor-reports`: computed here from the reports of the vendor's API, which does not tell whether a
   * report was authenticated; it counts as trusted because the vendor accepted it.
   */
  origin: 'server' | 'vendor-reports'
  /** A parked domain sends no mail and needs no evidence. */
  parked: boolean
  /** Exactly where nothing blocks. */
  ready: boolean
  /** Why not. */
  blockers: EvidenceBlocker[]
  /** The DMARC record that may be published; null while blocked, for `mta_sts_enforce`, and where the current record is not known. */
  next_record: string | null
  /** The policy as the newest report saw it; null without one. */
  current_policy: Open<'none' | 'quarantine' | 'reject'> | null
  /** Reports that were looked at, by whether they count. */
  reports: { trusted: number; untrusted: number }
  /** Null for `mta_sts_enforce`. */
  dmarc: DmarcEvidence | null
  /** Null for `quarantine` and `reject`. Sessions that failed in the last 7 days and would lose mail. */
  mta_sts: { days: number; reporters: number; failed_sessions: number } | null
}

/** A report that was set aside, or lacks trust. */
export interface ReportProblem {
  /** Number of the problem. */
  id: number
  /** ISO 8601, UTC. */
  received_at: string
  /** In words: `reasonText('report_problem', code)` or `reasonText('report_intake', code)`. */
  code: Open<string>
  /** What is wrong. */
  message: string
  /** What to do. */
  fix: string
  /** Line of the text where it shows, from 1. */
  line: number | null
  /** Names of attachments and archive members, from the outside in. */
  path: string[]
  /** How it came in. */
  way: Open<'smtp' | 'https' | 'imap' | 'import'>
  /** The address in From of the mail that brought it. */
  from: string | null
  /** Of that mail. */
  subject: string | null
  /** Bytes of the original. */
  size: number
  /** The original can still be downloaded. */
  raw_available: boolean
  /** It was read and only lacks trust; `acceptProblem` makes it count. */
  acceptable: boolean
  /** ISO 8601, UTC; null where nobody accepted it. */
  accepted_at: string | null
}

/** The original of a problem. */
export interface RawReport {
  /** As it came in. */
  file_name: string
  /** As it came in. */
  media_type: string
  /** The bytes. */
  content: Uint8Array
}

/** An aggregate report as the vendor's routes show it. Unknown fields are kept. */
export interface AggregateReportEntry {
  /** Number of the report. */
  id: number
  /** The whole report; empty where the server does not have it, or leaves it out. */
  raw_xml: string
  /** Who reports. */
  org_name: string
  /** A contact of the reporter. */
  email: string
  /** Given by the reporter. */
  report_id: string
  /** ISO 8601, UTC. */
  date_begin: string
  /** ISO 8601, UTC. */
  date_end: string
  /** The domain whose record the reporter found. */
  policy_domain: string
  /** The policy that the reporter found. */
  domain_policy: string
  /** In show only. */
  records?: AggregateRecordEntry[]
}

/** A raw result of DKIM or SPF. */
export interface AuthResult {
  /** In lower case. */
  type: 'dkim' | 'spf'
  /** The domain that authenticated. */
  domain: string
  /** `pass`, `fail` and the like, in lower case. */
  result: string
  /** Empty for SPF. */
  selector: string
}

/** Messages of one address with the same results, as the vendor's routes show them. Unknown fields are kept. */
export interface AggregateRecordEntry {
  /** Number of the record. */
  id: number
  /** Messages. */
  count: number
  /** What the receiver did. */
  disposition: string
  /** `pass` or `fail`, in lower case. */
  dkim_status: string
  /** `pass` or `fail`, in lower case. */
  spf_status: string
  /** Empty where the receiver gave none. */
  reason: string
  /** In lower case. */
  header_from: string
  /** Who reported; where records of several reports are listed. */
  org_name?: string
  /** DKIM and SPF as they were, aligned or not. */
  auth_results: AuthResult[]
  /** The sender's address. */
  source_ip: string
  /** Its name in the DNS; null where it has none. */
  ptr: string | null
  /** Two letters, lower case. */
  country: string | null
}

/** Totals of a period, as the vendor computes them. Messages. */
export interface ReportStatistics {
  /** Pass by aligned DKIM or SPF. */
  compliant: number
  /** Do not, and should. */
  non_compliant: number
  /** Do not, and were forwarded. */
  forwarded: number
  /** May be more than the three above: there is a class that the vendor does not name. */
  total: number
  /** Delivered as if there were no policy. */
  none: number
  /** Put in quarantine. */
  quarantine: number
  /** Rejected. */
  reject: number
}

/** The largest sources of a period, as the vendor names them. */
export interface TopSources {
  /** How many there are in all. */
  total_sources: number
  /** At most 50. */
  sources: { source: string; total: number; compliant: number; non_compliant: number; compliance_rate: number }[]
}

/** A failure report. Unknown fields are kept. */
export interface FailureReportEntry {
  /** Number of the report. */
  id: number
  /** The feedback part. */
  raw_report: string
  /** Headers, and perhaps the body: personal data. */
  raw_original_message: string
}

/** One policy of a TLS report, in either spelling of the vendor's. Unknown fields are kept as they are. */
export interface TlsReportEntry {
  /** Number of the row. */
  id: number
  /** The whole report as JSON; empty where the server does not have it. */
  raw_json: string
  /** Who reports. */
  organization_name: string
  /** ISO 8601, UTC. */
  start_datetime: string
  /** ISO 8601, UTC. */
  end_datetime: string
  /** A contact of the reporter. */
  contact_info: string
  /** Given by the reporter. */
  report_id: string
  /** `sts`, `tlsa` or `no-policy-found`. */
  policy_type: string
  /** Lines of the policy. */
  policy_string: string[]
  /** The domain that the policy is of. */
  policy_domain: string
  /** Sessions. */
  total_successful_session_count: number
  /** Sessions. */
  total_failure_session_count: number
  /** In show only. */
  failure_details?: TlsFailureEntry[]
}

/** Failed sessions of one kind. */
export interface TlsFailureEntry {
  /** Number of the row. */
  id: number
  /** A word of RFC 8460 section 4.3. */
  result_type: string
  /** Null where the reporter does not say. */
  sending_mta_ip: string | null
  /** Null where the reporter does not say. */
  receiving_ip: string | null
  /** Null where the reporter does not say. */
  receiving_mx_hostname: string | null
  /** Sessions. */
  failed_session_count: number
}
