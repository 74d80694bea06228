import { sql } from 'kysely'
import type { Engine } from '../store/engine.ts'
import type { Db } from '../store/open-store.ts'

export type Row = Readonly<Record<string, unknown>>

const batch = 500

/** The rows of a table in batches, within the transaction `tx`, so that all tables are as of one moment. */
export async function* readRows(tx: Db, engine: Engine, table: string): AsyncGenerator<readonly Row[]> {
  if (engine === 'postgres') {
    await sql`declare backup_rows no scroll cursor for select * from ${sql.table(table)}`.execute(tx)
    for (;;) {
      const { rows } = await sql<Row>`fetch ${sql.lit(batch)} from backup_rows`.execute(tx)
      if (rows.length === 0) break
      yield rows
    }
    await sql`close backup_rows`.execute(tx)
    return
  }
  for (let after = 0; ; ) {
    // A table without numbered rows of its own has a rowid all the same.
    const { rows } = await sql<Row & { backup_rowid: number }>`
      select rowid as backup_rowid, * from ${sql.table(table)} where rowid > ${after} order by rowid limit ${batch}`.execute(
      tx,
    )
    const last = rows.at(-1)
    if (!last) return
    after = last.backup_rowid
    yield rows.map(({ backup_rowid, ...row }) => row)
  }
}

/** A row as one line of JSON; bytes as `{"$base64": "..."}`. */
export const rowLine = (table: string, row: Row): string =>
  JSON.stringify([table, Object.fromEntries(Object.entries(row).map(([key, value]) => [key, encoded(value)]))])

const encoded = (value: unknown): unknown =>
  value instanceof Uint8Array ? { $base64: Buffer.from(value).toString('base64') } : value

/** @throws {Error} when the line is not one of a backup */
export function parseRowLine(line: string): { table: string; row: Row } {
  const parsed: unknown = JSON.parse(line)
  if (!Array.isArray(parsed) || typeof parsed[0] !== 'string' || typeof parsed[1] !== 'object' || parsed[1] === null) {
    throw new Error('A line of the backup is not a row.')
  }
  const entries = Object.entries(parsed[1] as Row).map(([key, value]) => [key, decoded(value)])
  return { table: parsed[0], row: Object.fromEntries(entries) }
}

function decoded(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const { $base64 } = value as { $base64?: unknown }
  if (typeof $base64 !== 'string') throw new Error('A value of the backup has an unknown form.')
  return Buffer.from($base64, 'base64')
}
