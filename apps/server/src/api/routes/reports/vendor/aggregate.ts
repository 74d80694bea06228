import { dayNumber } from '../../../../reports/day-number.ts'
import { notFound } from '../../../../rules/problem.ts'
import { numericId } from '../../../../store/numeric-id.ts'
import { domainOf } from '../../../access.ts'
import { route } from '../../../route.ts'
import { pageOrFirst } from './page.ts'
import { messageIds, type Row, recordAnswer, reportAnswer, xmlOf } from './report-answer.ts'

const daySeconds = 86_400
/** Rows of all reports of a list together that are written as XML; a report beyond it has an empty `raw_xml`. */
const mostRows = 20_000
/** Records in the answer for one report; `records` has them all, page by page. */
const mostRecords = 10_000

export const listAggregateReports = route('listAggregateReports', {
  privilege: 'read',
  description:
    'Trusted reports and others, newest first, 25 a page. `raw_xml` is written anew from the stored rows; it is empty where they are no longer kept, or are too many for a list.',
  async handle({ caller, params, query }, { store }) {
    const { domain } = await domainOf(store.db, caller, params.account_id, params.domain_id)
    const page = pageOrFirst(query)
    let wanted = store.db.selectFrom('reports').where('domain_id', '=', domain.id).where('kind', '=', 'aggregate')
    const name = query['q[org_name_eq]']
    const [from, to] = [query['q[date_begin_gteq]'], query['q[date_begin_lteq]']]
    if (name !== undefined) wanted = wanted.where('org_name', '=', name)
    if (from !== undefined) wanted = wanted.where('begin_at', '>=', dayNumber(from) * daySeconds)
    if (to !== undefined) wanted = wanted.where('begin_at', '<', (dayNumber(to) + 1) * daySeconds)
    const { count } = await wanted
      .select((select) => select.fn.countAll<number | string>().as('count'))
      .executeTakeFirstOrThrow()
    const reports = await wanted
      .selectAll()
      .orderBy('begin_at', 'desc')
      .orderBy('id', 'desc')
      .limit(page.limit)
      .offset(page.offset)
      .execute()
    let left = mostRows
    const written = reports.filter(({ records, rows_kept }) => {
      if (rows_kept === 0 || records > left) return false
      left -= records
      return true
    })
    const ids = written.map(({ id }) => id)
    const rows: Row[] =
      ids.length === 0
        ? []
        : await store.db.selectFrom('report_rows').selectAll().where('report_id', 'in', ids).orderBy('id').execute()
    const byReport = Map.groupBy(rows, ({ report_id }) => report_id)
    const messages = await messageIds(store.db, reports)
    const meta = { ...page.meta(Number(count)), total_reports: Number(count) }
    return {
      reports: reports.map((report) => {
        const own = byReport.get(report.id)
        return reportAnswer(report, own ? xmlOf(report, own) : '', messages.get(report.id) ?? null)
      }),
      meta,
    }
  },
})

export const getAggregateReport = route('getAggregateReport', {
  privilege: 'read',
  description: 'One report with its first 10,000 records. A report of several days has a record for each day.',
  async handle({ caller, params }, { store }) {
    const { domain } = await domainOf(store.db, caller, params.account_id, params.domain_id)
    const report = await store.db
      .selectFrom('reports')
      .selectAll()
      .where('domain_id', '=', domain.id)
      .where('kind', '=', 'aggregate')
      .where('id', '=', numericId(params.id) ?? 0)
      .executeTakeFirst()
    if (!report) throw notFound('report', params.id)
    const rows = await store.db
      .selectFrom('report_rows')
      .selectAll()
      .where('report_id', '=', report.id)
      .orderBy('id')
      .limit(mostRecords)
      .execute()
    const messages = await messageIds(store.db, [report])
    const xml = rows.length < mostRecords && report.rows_kept === 1 ? xmlOf(report, rows) : ''
    return {
      ...reportAnswer(report, xml, messages.get(report.id) ?? null),
      records: rows.map((row) => recordAnswer(row, report.received_at)),
    }
  },
})

export const listAggregateRecords = route('listAggregateRecords', {
  privilege: 'read',
  description: 'Records over all aggregate reports, newest first, 25 a page. `meta.total_reports` counts records.',
  async handle({ caller, params, query }, { store }) {
    const { domain } = await domainOf(store.db, caller, params.account_id, params.domain_id)
    const page = pageOrFirst(query)
    let wanted = store.db
      .selectFrom('report_rows')
      .innerJoin('reports', 'reports.id', 'report_rows.report_id')
      .where('report_rows.domain_id', '=', domain.id)
    const seconds = (day: string | undefined) => day && dayNumber(isoDay(day)) * daySeconds
    const begin = seconds(query['q[agg_report_date_begin_gteq]'])
    const end = seconds(query['q[agg_report_date_end_gteq]'])
    const last = seconds(query['q[agg_report_date_begin_lteq]'])
    if (begin) wanted = wanted.where('reports.begin_at', '>=', begin)
    if (end) wanted = wanted.where('reports.end_at', '>=', end)
    if (last) wanted = wanted.where('reports.begin_at', '<', last + daySeconds)
    const name = query['q[agg_report_org_name_eq]']
    const ip = query['q[ip_address_source_ip_eq]']
    const disposition = query['q[disposition_eq]']
    if (name !== undefined) wanted = wanted.where('reports.org_name', '=', name)
    if (ip !== undefined) wanted = wanted.where('report_rows.source_ip', '=', ip)
    if (disposition !== undefined) wanted = wanted.where('report_rows.disposition', '=', disposition)
    const { count } = await wanted
      .select((select) => select.fn.countAll<number | string>().as('count'))
      .executeTakeFirstOrThrow()
    const rows = await wanted
      .selectAll('report_rows')
      .select(['reports.org_name', 'reports.received_at'])
      .orderBy('report_rows.day', 'desc')
      .orderBy('report_rows.id', 'desc')
      .limit(page.limit)
      .offset(page.offset)
      .execute()
    return {
      records: rows.map((row) => ({ ...recordAnswer(row, row.received_at), org_name: row.org_name })),
      meta: { ...page.meta(Number(count)), total_reports: Number(count) },
    }
  },
})

/** `mm-dd-yyyy` as `yyyy-mm-dd`. */
function isoDay(day: string): string {
  const [, month, date, year] = /^(\d{2})-(\d{2})-(\d{4})$/.exec(day) ?? []
  return year === undefined ? day : `${year}-${month}-${date}`
}
