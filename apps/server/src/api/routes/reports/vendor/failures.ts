import type { WireFailureReport } from '@dmarc-as-code/client/contract'
import type { FailureReport } from '@dmarc-as-code/reports'
import type { Selectable } from 'kysely'
import { notFound } from '../../../../rules/problem.ts'
import { numericId } from '../../../../store/numeric-id.ts'
import type { ReportFailureTable } from '../../../../store/report-tables.ts'
import { domainOf } from '../../../access.ts'
import { isoTime } from '../../../iso-time.ts'
import { route } from '../../../route.ts'
import { pageOrFirst } from './page.ts'

export const listFailureReports = route('listFailureReports', {
  privilege: 'read',
  description: 'Newest first, 25 a page. Bodies are never kept, local parts of addresses are hashed. Kept for 30 days.',
  async handle({ caller, params, query }, { store }) {
    const { domain } = await domainOf(store.db, caller, params.account_id, params.domain_id)
    const page = pageOrFirst(query)
    const wanted = store.db.selectFrom('report_failures').where('domain_id', '=', domain.id)
    const { count } = await wanted
      .select((select) => select.fn.countAll<number | string>().as('count'))
      .executeTakeFirstOrThrow()
    const rows = await wanted.selectAll().orderBy('id', 'desc').limit(page.limit).offset(page.offset).execute()
    const meta = { ...page.meta(Number(count)), total_reports: Number(count) }
    return { reports: rows.map((row) => failureAnswer(row, domain.address)), meta }
  },
})

export const getFailureReport = route('getFailureReport', {
  privilege: 'read',
  description: 'One failure report.',
  async handle({ caller, params }, { store }) {
    const { domain } = await domainOf(store.db, caller, params.account_id, params.domain_id)
    const row = await store.db
      .selectFrom('report_failures')
      .selectAll()
      .where('domain_id', '=', domain.id)
      .where('id', '=', numericId(params.id) ?? 0)
      .executeTakeFirst()
    if (!row) throw notFound('failure report', params.id)
    return failureAnswer(row, domain.address)
  },
})

function failureAnswer(row: Selectable<ReportFailureTable>, address: string): WireFailureReport {
  const report = JSON.parse(row.content) as FailureReport
  const header = (name: string) => report.headers.find((field) => field.name.toLowerCase() === name)?.value ?? null
  const feedback: [string, string | number | undefined][] = [
    ['Feedback-Type', 'auth-failure'],
    ['Auth-Failure', report.authFailure],
    ['Authentication-Results', report.authenticationResults],
    ['Identity-Alignment', report.identityAlignment],
    ['Source-IP', report.sourceIp],
    ['Original-Mail-From', report.originalMailFrom],
    ['Reported-Domain', report.reportedDomains[0]],
    ['Incidents', report.incidents],
    ['Delivery-Result', report.deliveryResult],
  ]
  const at = isoTime(row.received_at)
  return {
    id: row.id,
    domain_id: row.domain_id,
    raw_report: feedback.flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}\r\n`])).join(''),
    raw_original_message: report.headers.map(({ name, value }) => `${name}: ${value}\r\n`).join(''),
    arrival_date: report.arrivalDate === undefined ? null : isoTime(report.arrivalDate),
    delivery_result: report.deliveryResult ?? null,
    feedback_type: 'auth-failure',
    from_address: header('from'),
    ip_address: report.sourceIp ?? null,
    message_id: header('message-id'),
    reported_domain: report.headerFrom ?? report.reportedDomains[0] ?? address,
    subject: header('subject'),
    created_at: at,
    updated_at: at,
  }
}
