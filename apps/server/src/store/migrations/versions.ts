import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Engine } from '../engine.ts'

const tables = [
  { name: 'domains', key: 'id' },
  { name: 'hostings', key: 'key' },
] as const

/**
 * Versions of domains and hostings. Processes of the release before do not know the column while the upgrade is rolled
 * out: inserts get the default, and a trigger raises the version after each of their updates.
 */
export function versions(engine: Engine): Migration {
  return {
    async up(db: Kysely<unknown>) {
      for (const { name } of tables) {
        await db.schema
          .alterTable(name)
          .addColumn('version', 'integer', (column) => column.notNull().defaultTo(1))
          .execute()
      }
      if (engine === 'postgres') {
        await sql`create function raise_version() returns trigger language plpgsql as $$
          begin
            if new.version = old.version then new.version := old.version + 1; end if;
            return new;
          end $$`.execute(db)
      }
      for (const { name, key } of tables) {
        const [trigger, table] = [sql.id(`${name}_version`), sql.id(name)]
        await (engine === 'postgres'
          ? sql`create trigger ${trigger} before update on ${table} for each row execute function raise_version()`
          : sql`create trigger ${trigger} after update on ${table} when new.version = old.version
              begin update ${table} set version = old.version + 1 where ${sql.id(key)} = old.${sql.id(key)}; end`
        ).execute(db)
      }
    },
  }
}
