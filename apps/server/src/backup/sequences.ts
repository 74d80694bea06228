import { sql } from 'kysely'
import type { Engine } from '../store/engine.ts'
import type { Db } from '../store/open-store.ts'

/**
 * The highest number that each table with numbered rows has ever given out: the number of a deleted row must not be given out
 * again after a restore.
 */
export async function readSequences(db: Db, engine: Engine): Promise<Record<string, number>> {
  const { rows } = await (engine === 'postgres'
    ? sql<{ name: string; seq: number | null }>`
        select c.relname as name, pg_sequence_last_value(s.oid::regclass) as seq from pg_class s
        join pg_depend d on d.objid = s.oid and d.deptype = 'a' join pg_class c on c.oid = d.refobjid
        where s.relkind = 'S'`
    : sql<{ name: string; seq: number | null }>`select name, seq from sqlite_sequence`
  ).execute(db)
  return Object.fromEntries(rows.flatMap(({ name, seq }) => (seq === null ? [] : [[name, Number(seq)]])))
}

export async function writeSequences(db: Db, engine: Engine, last: Readonly<Record<string, number>>): Promise<void> {
  for (const [table, number] of Object.entries(last)) {
    if (number < 1) continue
    if (engine === 'postgres') {
      await sql`select setval(pg_get_serial_sequence(${table}, 'id'), ${number})`.execute(db)
      continue
    }
    const { numAffectedRows = 0n } =
      await sql`update sqlite_sequence set seq = ${number} where name = ${table}`.execute(db)
    if (numAffectedRows === 0n) {
      await sql`insert into sqlite_sequence (name, seq) values (${table}, ${number})`.execute(db)
    }
  }
}
