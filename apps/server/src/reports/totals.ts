import { sql } from 'kysely'
import type { Db } from '../store/open-store.ts'
import type { DayTotalTable } from '../store/report-tables.ts'

/** What a row adds to the totals of its day. */
export type TotalKey = Omit<DayTotalTable, 'count'>

/** Sums rows up before they are written: a report has many rows of one source. */
export class TotalsDelta {
  readonly #counts = new Map<string, TotalKey & { count: number }>()

  add(key: TotalKey, count: number): void {
    const text = JSON.stringify(Object.values(key))
    const known = this.#counts.get(text)
    if (known) known.count += count
    else this.#counts.set(text, { ...key, count })
  }

  /** Adds to the stored totals. In one order, so that concurrent transactions wait instead of deadlocking. */
  async write(tx: Db): Promise<void> {
    const sorted = [...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, total]) => total)
    for (let from = 0; from < sorted.length; from += batch) {
      await tx
        .insertInto('day_totals')
        .values(sorted.slice(from, from + batch))
        .onConflict((conflict) =>
          conflict
            .columns([
              'domain_id',
              'day',
              'trusted',
              'source',
              'header_from',
              'disposition',
              'dkim',
              'spf',
              'overridden',
            ])
            .doUpdateSet({ count: sql`day_totals.count + excluded.count` }),
        )
        .execute()
    }
  }
}

/** Rows of one INSERT: SQLite takes 32,766 parameters. */
const batch = 500

/** Takes back what the rows of a report added. The rows must still be there. */
export async function subtractTotals(tx: Db, domainId: number, reportId: number): Promise<void> {
  const delta = new TotalsDelta()
  const rows = await tx
    .selectFrom('report_rows')
    .select(['day', 'trusted', 'source', 'header_from', 'disposition', 'dkim', 'spf', 'reasons', 'count'])
    .where('report_id', '=', reportId)
    .execute()
  for (const row of rows) delta.add(totalKey({ ...row, domain_id: domainId }), -row.count)
  await delta.write(tx)
  await tx.deleteFrom('day_totals').where('domain_id', '=', domainId).where('count', '<=', 0).execute()
}

interface Countable {
  domain_id: number
  day: number
  trusted: 0 | 1
  source: string
  header_from: string
  disposition: string | null
  dkim: string | null
  spf: string | null
  reasons: string
}

export const totalKey = (row: Countable): TotalKey => ({
  domain_id: row.domain_id,
  day: row.day,
  trusted: row.trusted,
  source: row.source,
  header_from: row.header_from,
  disposition: row.disposition ?? '',
  dkim: row.dkim ?? '',
  spf: row.spf ?? '',
  overridden: row.reasons === '[]' ? 0 : 1,
})
