import { sql } from 'kysely'
import type { Store } from '../store/open-store.ts'
import { dayAt } from './day-number.ts'
import { lockReportDomain } from './report-domain.ts'
import { rowsKept } from './rows.ts'
import { countSessions } from './store-report.ts'

/** What became of the totals of one domain. Days are UTC days. */
export interface RebuiltTotals {
  domain: string
  /** Days whose totals were made anew. */
  days: number
  /** Days among them whose totals were others before. */
  changed: number
  /** Days that stay as they are, because reports about them were stored without single rows. */
  withoutRows: number
}

export interface RebuildOptions {
  /** Default: all. */
  domain?: string
  now: number
}

/**
 * Makes the totals of every domain again from the single rows and TLS reports that are kept, one domain in one transaction, so
 * that the server goes on beside it. Totals of days whose rows are gone stay: they are all that is left of them.
 */
export async function* rebuildTotals(store: Store, { domain, now }: RebuildOptions): AsyncGenerator<RebuiltTotals> {
  let query = store.db.selectFrom('domains').select(['id', 'address']).orderBy('id')
  if (domain !== undefined) query = query.where('address', '=', domain)
  for (const { id, address } of await query.execute()) {
    yield { domain: address, ...(await rebuildDomain(store, id, now)) }
  }
}

function rebuildDomain(store: Store, domainId: number, now: number): Promise<Omit<RebuiltTotals, 'domain'>> {
  const oldest = dayAt(now) - rowsKept
  return store.transaction(async (tx) => {
    await lockReportDomain(tx, store.engine, domainId)
    const reports = await tx
      .selectFrom('reports')
      .select(['kind', 'trusted', 'begin_at', 'end_at', 'rows_kept'])
      .where('domain_id', '=', domainId)
      .execute()
    const kept = new Set<number>()
    for (const { kind, begin_at, end_at, rows_kept } of reports) {
      if (kind !== 'aggregate' || rows_kept === 1) continue
      for (let day = dayAt(begin_at * 1000); day <= dayAt(end_at * 1000); day++) if (day > oldest) kept.add(day)
    }
    const sums = () =>
      tx
        .selectFrom('day_totals')
        .select(['day', sql<number | string>`sum(count)`.as('count')])
        .where('domain_id', '=', domainId)
        .where('day', '>', oldest)
        .groupBy('day')
        .execute()
    const before = new Map((await sums()).map(({ day, count }) => [day, Number(count)]))
    const skipped = [...kept]
    let removal = tx.deleteFrom('day_totals').where('domain_id', '=', domainId).where('day', '>', oldest)
    if (skipped.length > 0) removal = removal.where('day', 'not in', skipped)
    await removal.execute()
    const columns = ['domain_id', 'day', 'trusted', 'source', 'header_from'] as const
    const text = (column: 'disposition' | 'dkim' | 'spf') => sql<string>`coalesce(${sql.ref(column)}, '')`
    const overridden = sql<number>`case when reasons = '[]' then 0 else 1 end`
    let rows = tx
      .selectFrom('report_rows')
      .select(columns)
      .select([text('disposition').as('d'), text('dkim').as('k'), text('spf').as('s')])
      .select([overridden.as('o'), sql<number>`sum(count)`.as('c')])
      .where('domain_id', '=', domainId)
      .where('day', '>', oldest)
      .groupBy([...columns, text('disposition'), text('dkim'), text('spf'), overridden])
    if (skipped.length > 0) rows = rows.where('day', 'not in', skipped)
    await tx
      .insertInto('day_totals')
      .columns([...columns, 'disposition', 'dkim', 'spf', 'overridden', 'count'])
      .expression(rows)
      .execute()
    await rebuildSessions()
    const after = new Map((await sums()).map(({ day, count }) => [day, Number(count)]))
    const days = [...new Set([...before.keys(), ...after.keys()])].filter((day) => !kept.has(day))
    const changed = days.filter((day) => before.get(day) !== after.get(day)).length
    return { days: days.length, changed, withoutRows: kept.size }

    async function rebuildSessions(): Promise<void> {
      const firstKept = reports.reduce(
        (least, { kind, begin_at }) => (kind === 'tls' ? Math.min(least, dayAt(begin_at * 1000)) : least),
        Number.POSITIVE_INFINITY,
      )
      if (firstKept === Number.POSITIVE_INFINITY) return
      // Reports of earlier days are no longer kept.
      await tx.deleteFrom('tls_days').where('domain_id', '=', domainId).where('day', '>=', firstKept).execute()
      const stored = await tx
        .selectFrom('reports')
        .select(['trusted', 'content'])
        .where('domain_id', '=', domainId)
        .where('kind', '=', 'tls')
        .execute()
      for (const { trusted, content } of stored) await countSessions(tx, domainId, trusted, JSON.parse(content), 1)
    }
  })
}
