import type { WireReportProblem } from '@dmarc-as-code/client/contract'
import { type Reason, reasonText } from '@dmarc-as-code/records/reasons'
import type { Selectable } from 'kysely'
import { notFound } from '../../../rules/problem.ts'
import { numericId } from '../../../store/numeric-id.ts'
import type { Db } from '../../../store/open-store.ts'
import type { ReportProblemTable } from '../../../store/report-tables.ts'
import { isoTime } from '../../iso-time.ts'

export type ProblemRow = Selectable<ReportProblemTable> & {
  trusted: 0 | 1 | null
  reporter: string | null
}

/** Problems of a domain with the trust of the report they are about, newest first. */
export const problemsOf = (db: Db, domainId: number) =>
  db
    .selectFrom('report_problems')
    .leftJoin('reports', 'reports.id', 'report_problems.report_id')
    .selectAll('report_problems')
    .select(['reports.trusted', 'reports.reporter'])
    .where('report_problems.domain_id', '=', domainId)
    .orderBy('report_problems.id', 'desc')

/** @throws {Problem} 404 */
export async function problemOf(db: Db, domainId: number, reference: string): Promise<ProblemRow> {
  const id = numericId(reference)
  const row = id && (await problemsOf(db, domainId).where('report_problems.id', '=', id).executeTakeFirst())
  if (!row) throw notFound('problem', reference)
  return row
}

export const problemAnswer = (row: ProblemRow): WireReportProblem => ({
  id: row.id,
  received_at: isoTime(row.received_at),
  code: row.code as WireReportProblem['code'],
  message: row.message,
  fix: fixOf(row.code),
  line: row.line,
  path: JSON.parse(row.path),
  way: row.way as WireReportProblem['way'],
  from: row.from_address,
  subject: row.subject,
  size: row.size,
  raw_available: row.mail_id !== null,
  acceptable: row.trusted === 0,
  accepted_at: row.accepted_at === null ? null : isoTime(row.accepted_at),
})

function fixOf(code: string): string {
  const known =
    reasonText('report_intake', code as Reason<'report_intake'>) ??
    reasonText('report_problem', code as Reason<'report_problem'>)
  return known?.fix ?? ''
}
