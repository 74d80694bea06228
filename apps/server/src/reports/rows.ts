import { createHash } from 'node:crypto'
import { type AggregateRecord, type AggregateReport, networkOf, splitByDay } from '@dmarc-as-code/reports'
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Engine } from '../store/engine.ts'
import type { Db } from '../store/open-store.ts'
import type { ReportRowTable } from '../store/report-tables.ts'
import { dayAt, dayNumber, dayText } from './day-number.ts'

/** Days that single rows are kept. */
export const rowsKept = 400

export type RowWithoutReport = Omit<Selectable<ReportRowTable>, 'report_id' | 'trusted' | 'domain_id' | 'id'>

/** The rows of a record: one for each UTC day of the report's period. */
export function rowsOf(report: Pick<AggregateReport, 'metadata'>, record: AggregateRecord): RowWithoutReport[] {
  const { begin, end } = report.metadata.dateRange
  const { disposition, dkim, spf, reasons } = record.policyEvaluated
  const row = {
    source: networkOf(record.sourceIp),
    source_ip: record.sourceIp,
    header_from: clean(record.identifiers.headerFrom),
    envelope_from: record.identifiers.envelopeFrom === undefined ? null : clean(record.identifiers.envelopeFrom),
    disposition: disposition ?? null,
    dkim: dkim ?? null,
    spf: spf ?? null,
    reasons: JSON.stringify([...new Set(reasons.map(({ type }) => clean(type)))].slice(0, 10)),
    auth: JSON.stringify({
      dkim: record.authResults.dkim.map(({ domain, selector, result }) => ({
        domain: clean(domain),
        ...(selector === undefined ? {} : { selector: clean(selector) }),
        result,
      })),
      spf: record.authResults.spf.map(({ domain, result }) => ({ domain: clean(domain), result })),
    }),
  }
  const to = record.identifiers.envelopeTo ?? ''
  const digest = createHash('sha256')
    .update(JSON.stringify([row, to]))
    .digest('base64url')
    .slice(0, 22)
  return splitByDay(begin, end, record.count).map(({ day, count }) => ({ ...row, day: dayNumber(day), count, digest }))
}

/** PostgreSQL stores no NUL, which JSON can write as an escape. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing control characters is the purpose
export const clean = (text: string): string => text.replace(/\u0000/g, '').slice(0, 1000)

/** Rows of one INSERT: SQLite takes 32,766 parameters. */
const batch = 1000

export async function insertRows(tx: Db, rows: readonly Insertable<ReportRowTable>[]): Promise<void> {
  for (let from = 0; from < rows.length; from += batch) {
    await tx
      .insertInto('report_rows')
      .values(rows.slice(from, from + batch))
      .execute()
  }
}

/** Where rows of days without a partition are. */
const restored = 'report_rows_default'

const partition = (day: number) => `report_rows_${dayText(day).replaceAll('-', '')}`

/**
 * Creates what rows of these days need before a transaction inserts them: on PostgreSQL a partition for each day, so that a
 * day is dropped as a whole. Outside the transaction, because it blocks readers while it lasts.
 */
export async function prepareDays(db: Db, engine: Engine, days: Iterable<number>, now: number): Promise<void> {
  if (engine !== 'postgres') return
  const wanted = [...new Set(days)].filter((day) => day > dayAt(now) - rowsKept)
  const known = new Set(await partitions(db))
  for (const day of wanted) {
    if (known.has(partition(day))) continue
    await sql`create table if not exists ${sql.table(partition(day))} partition of report_rows for values in (${sql.lit(day)})`
      .execute(db)
      .catch((error: unknown) => {
        // Another process has created it at the same moment; or a restored backup has rows of the day, which stay where they are.
        if (!['23505', '42P07', '42P17', '23514'].includes(String((error as { code?: unknown }).code))) throw error
      })
  }
}

/** Drops the rows of days that are no longer kept. */
export async function dropOldRows(db: Db, engine: Engine, now: number): Promise<void> {
  const oldest = dayAt(now) - rowsKept
  if (engine === 'postgres') {
    const last = partition(oldest)
    const old = (await partitions(db)).filter((name) => name !== restored && name <= last)
    for (const name of old) await sql`drop table if exists ${sql.table(name)}`.execute(db)
    await sql`delete from ${sql.table(restored)} where day <= ${sql.lit(oldest)}`.execute(db)
  } else await db.deleteFrom('report_rows').where('day', '<=', oldest).execute()
}

async function partitions(db: Db): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select child.relname as name from pg_inherits
    join pg_class child on child.oid = pg_inherits.inhrelid
    join pg_class parent on parent.oid = pg_inherits.inhparent
    where parent.relname = 'report_rows' and pg_table_is_visible(parent.oid)`.execute(db)
  return rows.map(({ name }) => name)
}
