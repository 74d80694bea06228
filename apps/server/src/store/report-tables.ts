import type { Generated } from 'kysely'

/** A boolean. */
type Flag = 0 | 1

/** The tables about reports. Days count from 1970-01-01, UTC; times of reporting periods are seconds since 1970. */
export interface ReportTables {
  report_domains: ReportDomainTable
  report_mails: ReportMailTable
  reports: ReportTable
  report_rows: ReportRowTable
  day_totals: DayTotalTable
  tls_days: TlsDayTable
  report_failures: ReportFailureTable
  report_problems: ReportProblemTable
  source_answers: SourceAnswerTable
}

/** What is known of a domain's reports. The row is locked by whoever stores reports of the domain. */
export interface ReportDomainTable {
  domain_id: number
  /** When the last report came in that counts as evidence. */
  last_trusted_at: number | null
  presume_rest_not_mine: Generated<Flag>
  /** `off` or `enforce`. */
  evidence_gate: Generated<string>
  /** `2026-03`: the month the credits of a parked domain were last filled up for. */
  credits_month: string | null
  /** The domain's own DMARC record when it was looked at last; empty: it had none. Null before the first look. */
  seen_record: Generated<string | null>
}

/** What came in, as it came in. Kept for 90 days. */
export interface ReportMailTable {
  id: Generated<number>
  domain_id: number
  /** `smtp`, `https`, `imap`, `import`. */
  way: string
  received_at: number
  /** `waiting` until its reports are stored, then `done`. */
  state: string
  /** `mail`: by what authenticates the mail; `always`: the operator vouches for it; `never`. */
  trust: string
  client_address: string | null
  helo: string | null
  envelope_from: string | null
  from_address: string | null
  subject: string | null
  message_id: string | null
  /** JSON: what SPF, DKIM and DMARC said. */
  authentication: string | null
  sha256: string
  size: number
  raw: Buffer
}

export interface ReportTable {
  id: Generated<number>
  domain_id: number
  mail_id: number | null
  /** `aggregate` or `tls`. */
  kind: string
  /** A digest of kind, reporter, report id, policy domain, begin and end: a report counts once. */
  identity: string
  /** Of the unpacked report. */
  sha256: string
  /** Counts as evidence. */
  trusted: Flag
  reporter: string
  org_name: string
  email: string
  report_id: string
  policy_domain: string
  begin_at: number
  end_at: number
  /** JSON: the report without its records. */
  content: string
  records: number
  messages: number
  /** 0 where single rows are not kept: what is left are the totals. */
  rows_kept: Flag
  /** JSON. */
  warnings: string
  received_at: number
  updated_at: number
}

/** Messages of one day, address and result. Kept for 400 days. */
export interface ReportRowTable {
  id: Generated<number>
  report_id: number
  domain_id: number
  day: number
  source: string
  source_ip: string
  header_from: string
  envelope_from: string | null
  count: number
  disposition: string | null
  /** Aligned results; null where the reporter does not say. */
  dkim: string | null
  spf: string | null
  /** JSON array of types of override reasons. */
  reasons: string
  /** JSON: `dkim` and `spf`, the raw results. */
  auth: string
  trusted: Flag
  /** A digest of everything but day and count: two halves of a report have none in common. */
  digest: string
}

/** Kept for ever. Unknown results and dispositions are empty texts. */
export interface DayTotalTable {
  domain_id: number
  day: number
  trusted: Flag
  source: string
  header_from: string
  disposition: string
  dkim: string
  spf: string
  overridden: Flag
  count: number
}

export interface TlsDayTable {
  domain_id: number
  day: number
  trusted: Flag
  reports: number
  successful: number
  failed: number
}

/** Failure reports, without bodies and with hashed local parts. Kept for 30 days. */
export interface ReportFailureTable {
  id: Generated<number>
  domain_id: number
  mail_id: number | null
  sha256: string
  received_at: number
  /** JSON. */
  content: string
}

export interface ReportProblemTable {
  id: Generated<number>
  domain_id: number
  mail_id: number | null
  /** The report that was read and only lacks trust. */
  report_id: number | null
  code: string
  message: string
  line: number | null
  /** JSON array. */
  path: string
  way: string
  from_address: string | null
  subject: string | null
  size: number
  received_at: number
  accepted_at: number | null
}

/** What the owner said about a source or candidate, by its id. */
export interface SourceAnswerTable {
  domain_id: number
  source: string
  kind: string
  answered_at: number
}
