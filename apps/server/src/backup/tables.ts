import { sql } from 'kysely'
import type { Db, Store } from '../store/open-store.ts'

/** Kysely's own tables, which migrations write. */
const ofMigrations = new Set(['kysely_migration', 'kysely_migration_lock'])

/** Every table of the store, those that others refer to first. */
export async function tablesInOrder(store: Store): Promise<string[]> {
  const found = await store.db.introspection.getTables()
  // The rows of partitions are those of their table.
  const left = new Set([...ofMigrations, ...(store.engine === 'postgres' ? await partitions(store.db) : [])])
  const names = found.map(({ name }) => name).filter((name) => !left.has(name) && !name.startsWith('sqlite_'))
  const references = await (store.engine === 'postgres' ? ofPostgres(store.db) : ofSqlite(store.db, names))
  const ordered: string[] = []
  const visit = (name: string, path: readonly string[]) => {
    if (ordered.includes(name) || path.includes(name) || !names.includes(name)) return
    for (const { from, to } of references) if (from === name) visit(to, [...path, name])
    ordered.push(name)
  }
  for (const name of names.sort()) visit(name, [])
  return ordered
}

interface Reference {
  from: string
  to: string
}

async function partitions(db: Db): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select relname as name from pg_class where relispartition`.execute(db)
  return rows.map(({ name }) => name)
}

async function ofPostgres(db: Db): Promise<Reference[]> {
  const { rows } = await sql<Reference>`
    select referencing.relname as "from", referenced.relname as "to" from pg_constraint
    join pg_class referencing on referencing.oid = conrelid
    join pg_class referenced on referenced.oid = confrelid
    where contype = 'f'`.execute(db)
  return rows
}

async function ofSqlite(db: Db, names: readonly string[]): Promise<Reference[]> {
  const found: Reference[] = []
  for (const from of names) {
    const { rows } = await sql<{ table: string }>`select "table" from pragma_foreign_key_list(${from})`.execute(db)
    found.push(...rows.map(({ table }) => ({ from, to: table })))
  }
  return found
}
