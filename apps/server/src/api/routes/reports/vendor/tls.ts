import type { TlsFailure, TlsPolicy, TlsReport } from '@dmarc-as-code/reports'
import { writeTlsReport } from '@dmarc-as-code/reports'
import type { Selectable } from 'kysely'
import { notFound } from '../../../../rules/problem.ts'
import type { Db } from '../../../../store/open-store.ts'
import type { ReportTable } from '../../../../store/report-tables.ts'
import { domainOf } from '../../../access.ts'
import { isoTime } from '../../../iso-time.ts'
import { route } from '../../../route.ts'
import { pageOrFirst } from './page.ts'

/** One policy of a report is one entry of the vendor's lists: its number is that of the report and its place in it. */
const perReport = 1000
/** Reports behind the lists, the newest: they are read as a whole. */
const mostReports = 5000

interface Entry {
  id: number
  row: Selectable<ReportTable>
  report: TlsReport
  policy: TlsPolicy
}

async function entriesOf(db: Db, domainId: number): Promise<Entry[]> {
  const rows = await db
    .selectFrom('reports')
    .selectAll()
    .where('domain_id', '=', domainId)
    .where('kind', '=', 'tls')
    .orderBy('begin_at', 'desc')
    .orderBy('id', 'desc')
    .limit(mostReports)
    .execute()
  return rows.flatMap((row) => {
    const report = JSON.parse(row.content) as TlsReport
    return report.policies
      .slice(0, perReport)
      .map((policy, index) => ({ id: row.id * perReport + index, row, report, policy }))
  })
}

const failureAnswer = ({ id }: Entry, failure: TlsFailure, index: number) => ({
  id: id * perReport + index,
  result_type: failure.resultType,
  sending_mta_ip: failure.sendingMtaIp ?? null,
  receiving_ip: failure.receivingIp ?? null,
  receiving_mx_hostname: failure.receivingMxHostname ?? null,
  failed_session_count: failure.failedSessions,
})

export const listTlsReports = route('listTlsReports', {
  privilege: 'read',
  description:
    'One entry for each policy of a report, newest first, 25 a page. Counts are texts, as the vendor has them.',
  async handle({ caller, params, query }, { store }) {
    const { domain } = await domainOf(store.db, caller, params.account_id, params.domain_id)
    const page = pageOrFirst(query)
    const entries = await entriesOf(store.db, domain.id)
    const reports = entries.slice(page.offset, page.offset + page.limit).map(({ id, row, report, policy }) => ({
      id,
      domain_id: domain.id,
      raw_json: writeTlsReport(report),
      organization_name: row.org_name,
      start_datetime: isoTime(row.begin_at * 1000),
      end_datetime: isoTime(row.end_at * 1000),
      contact_info: row.email,
      report_id: row.report_id,
      policy_type: policy.type,
      policy_string: JSON.stringify(policy.policyString),
      policy_domain: policy.domain,
      policy_host: policy.mxHosts.join(', '),
      total_successful_session_count: String(policy.successfulSessions),
      total_failure_session_count: String(policy.failedSessions),
      report_email_message_id: null,
    }))
    return { reports, meta: { ...page.meta(entries.length), total_reports: entries.length } }
  },
})

export const getTlsReport = route('getTlsReport', {
  privilege: 'read',
  description: 'One policy of a report with its failures. Names have hyphens, as the vendor has them.',
  async handle({ caller, params }, { store }) {
    const { domain } = await domainOf(store.db, caller, params.account_id, params.domain_id)
    const entry = (await entriesOf(store.db, domain.id)).find(({ id }) => String(id) === params.id)
    if (!entry) throw notFound('TLS report', params.id)
    const { id, row, report, policy } = entry
    return {
      id,
      'domain-id': domain.id,
      'raw-json': writeTlsReport(report),
      'organization-name': row.org_name,
      'start-datetime': isoTime(row.begin_at * 1000),
      'end-datetime': isoTime(row.end_at * 1000),
      'contact-info': row.email,
      'report-id': row.report_id,
      'policy-type': policy.type,
      'policy-string': [...policy.policyString],
      'policy-domain': policy.domain,
      'policy-host': policy.mxHosts.join(', '),
      'total-successful-session-count': policy.successfulSessions,
      'total-failure-session-count': policy.failedSessions,
      'failure-details': policy.failures.map((failure, index) => failureAnswer(entry, failure, index)),
    }
  },
})

export const listTlsFailures = route('listTlsFailures', {
  privilege: 'read',
  description: 'Failed sessions over all TLS reports, newest first, 25 a page. `meta.total_reports` counts failures.',
  async handle({ caller, params, query }, { store }) {
    const { domain } = await domainOf(store.db, caller, params.account_id, params.domain_id)
    const page = pageOrFirst(query)
    const failures = (await entriesOf(store.db, domain.id)).flatMap((entry) =>
      entry.policy.failures.map((failure, index) => failureAnswer(entry, failure, index)),
    )
    return {
      'failure-details': failures.slice(page.offset, page.offset + page.limit),
      meta: { ...page.meta(failures.length), total_reports: failures.length },
    }
  },
})
