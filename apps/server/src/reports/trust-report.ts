import type { Engine } from '../store/engine.ts'
import type { Db } from '../store/open-store.ts'
import { lockReportDomain } from './report-domain.ts'
import { endActivity, noteTrustedReport } from './status.ts'
import { countSessions } from './store-report.ts'
import { subtractTotals, TotalsDelta, totalKey } from './totals.ts'

/** Lets a report count that came in without trust: its rows and totals move. Does nothing for one that counts already. */
export async function trustReport(
  tx: Db,
  engine: Engine,
  domainId: number,
  reportId: number,
  now: number,
): Promise<void> {
  const { last_trusted_at } = await lockReportDomain(tx, engine, domainId)
  const report = await tx
    .updateTable('reports')
    .set({ trusted: 1 })
    .where('id', '=', reportId)
    .where('domain_id', '=', domainId)
    .where('trusted', '=', 0)
    .returningAll()
    .executeTakeFirst()
  if (!report) return
  if (report.kind === 'tls') {
    const content = JSON.parse(report.content)
    await countSessions(tx, domainId, 0, content, -1)
    await countSessions(tx, domainId, 1, content, 1)
  } else {
    await subtractTotals(tx, domainId, reportId)
    await tx.updateTable('report_rows').set({ trusted: 1 }).where('report_id', '=', reportId).execute()
    const delta = new TotalsDelta()
    const rows = await tx.selectFrom('report_rows').selectAll().where('report_id', '=', reportId).execute()
    for (const row of rows) delta.add(totalKey(row), row.count)
    await delta.write(tx)
  }
  // When it came in, not when it was accepted: only that says whether reports still arrive.
  if (report.kind === 'aggregate' && report.received_at > (last_trusted_at ?? 0)) {
    await noteTrustedReport(tx, domainId, report.received_at)
    await endActivity(tx, now)
  }
}
