import type { WireAggregateReport, WireAggregateReportList } from '@dmarc-as-code/client/contract'
import { type AggregateRecord, type AggregateReport, writeAggregate } from '@dmarc-as-code/reports'
import type { Selectable } from 'kysely'
import type { Db } from '../../../../store/open-store.ts'
import type { ReportRowTable, ReportTable } from '../../../../store/report-tables.ts'
import { isoTime } from '../../../iso-time.ts'

type WireReport = WireAggregateReportList['reports'][0]
type WireRecord = WireAggregateReport['records'][0]
export type Row = Selectable<ReportRowTable>

/** A stored report in the vendor's shape; `rawXml` is written anew from its rows. */
export function reportAnswer(report: Selectable<ReportTable>, rawXml: string, messageId: string | null): WireReport {
  const { metadata, policyPublished } = JSON.parse(report.content) as AggregateReport
  const { p, sp, pct, adkim, aspf } = policyPublished
  return {
    id: report.id,
    raw_xml: rawXml,
    org_name: report.org_name,
    email: report.email,
    extra_contact_info: metadata.extraContactInfo?.text ?? '',
    report_id: report.report_id,
    date_begin: isoTime(report.begin_at * 1000),
    date_end: isoTime(report.end_at * 1000),
    policy_domain: report.policy_domain,
    dkim_alignment: adkim ?? 'r',
    spf_alignment: aspf ?? 'r',
    domain_policy: p ?? 'none',
    subdomain_policy: sp ?? p ?? 'none',
    percentage: pct ?? 100,
    domain_id: report.domain_id,
    records_count: report.records,
    report_email_message_id: messageId,
    created_at: isoTime(report.received_at),
    updated_at: isoTime(report.updated_at),
  }
}

/** One row in the vendor's shape. What nobody looked up is null. */
export function recordAnswer(row: Row, at: number): WireRecord {
  const auth = JSON.parse(row.auth) as AggregateRecord['authResults']
  const [dkim, spf] = [row.dkim === 'pass', row.spf === 'pass']
  const reasons = JSON.parse(row.reasons) as string[]
  const times = { created_at: isoTime(at), updated_at: isoTime(at) }
  const results = [
    ...auth.dkim.map(({ domain, selector, result }) => ({
      type: 'Dkim' as const,
      domain,
      result,
      selector: selector ?? '',
    })),
    ...auth.spf.map(({ domain, result }) => ({ type: 'Spf' as const, domain, result, selector: '' })),
  ]
  return {
    id: row.id,
    count: row.count,
    disposition: row.disposition === 'quarantine' || row.disposition === 'reject' ? row.disposition : 'none',
    dkim_status: dkim ? 'pass' : 'fail',
    spf_status: spf ? 'pass' : 'fail',
    reason: reasons.join(', '),
    header_from: row.header_from,
    dmarc_compliance: dkim || spf ? 'Compliant' : reasons.length > 0 ? 'Forwarded' : 'Non-compliant',
    is_in_spf_record: spf,
    ...times,
    auth_results: results.map((result, index) => ({ id: row.id * 1000 + index, ...result, ...times })),
    ip_address: {
      id: row.id,
      sane_source_ip: row.source_ip,
      blacklisted: null,
      ptr: null,
      country: null,
      ...times,
      email_service: null,
    },
  }
}

/** The XML of a report, written anew: reports come in many forms, and this is the same for all of them. */
export function xmlOf(report: Selectable<ReportTable>, rows: readonly Row[]): string {
  const records = new Map<string, AggregateRecord>()
  for (const row of rows) {
    const known = records.get(row.digest)
    // The days of a record are one record again.
    if (known) records.set(row.digest, { ...known, count: known.count + row.count })
    else records.set(row.digest, recordOf(row))
  }
  return [...writeAggregate(JSON.parse(report.content) as AggregateReport, records.values())].join('')
}

const recordOf = (row: Row): AggregateRecord => ({
  sourceIp: row.source_ip,
  count: row.count,
  policyEvaluated: {
    ...(row.disposition === null ? {} : { disposition: row.disposition as 'none' }),
    ...(row.dkim === null ? {} : { dkim: row.dkim as 'pass' }),
    ...(row.spf === null ? {} : { spf: row.spf as 'pass' }),
    reasons: (JSON.parse(row.reasons) as string[]).map((type) => ({ type })),
  },
  identifiers: {
    headerFrom: row.header_from,
    ...(row.envelope_from === null ? {} : { envelopeFrom: row.envelope_from }),
  },
  authResults: JSON.parse(row.auth),
  extensions: [],
})

/** The Message-IDs of the mails that brought reports, by report. */
export async function messageIds(db: Db, reports: readonly Selectable<ReportTable>[]): Promise<Map<number, string>> {
  const mails = reports.flatMap(({ mail_id }) => (mail_id === null ? [] : [mail_id]))
  if (mails.length === 0) return new Map()
  const rows = await db.selectFrom('report_mails').select(['id', 'message_id']).where('id', 'in', mails).execute()
  const byMail = new Map(rows.map(({ id, message_id }) => [id, message_id]))
  return new Map(
    reports.flatMap(({ id, mail_id }) => {
      const messageId = byMail.get(mail_id ?? 0)
      return messageId ? [[id, messageId] as const] : []
    }),
  )
}
