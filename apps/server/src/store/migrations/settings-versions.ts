import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Engine } from '../engine.ts'

/** The columns that people change. */
const settings = [
  'rua_report',
  'ruf_report',
  'mta_sts_report',
  'hosted_dmarc',
  'hosted_dmarc_config',
  'hosted_mta_sts',
  'mta_sts_mode',
  'mta_sts_mx',
  'mta_sts_mx_age',
] as const

/**
 * The version that clients see, which only changes of the settings raise, and which code keeps a domain. Processes of the
 * release before do not raise it while the upgrade is rolled out: a trigger does when they change a setting.
 */
export function settingsVersions(engine: Engine): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema
        .alterTable('domains')
        .addColumn('settings_version', 'integer', (column) => column.notNull().defaultTo(1))
        .execute()
      await db.schema.alterTable('domains').addColumn('managed_by_workspace', 'text').execute()
      await db.schema.alterTable('domains').addColumn('managed_by_label', 'text').execute()

      const distinct = engine === 'postgres' ? sql`is distinct from` : sql`is not`
      const changed = sql.join(
        settings.map((column) => sql`new.${sql.id(column)} ${distinct} old.${sql.id(column)}`),
        sql` or `,
      )
      if (engine === 'postgres') {
        await sql`create function raise_settings_version() returns trigger language plpgsql as $$
          begin
            new.settings_version := old.settings_version + 1;
            return new;
          end $$`.execute(db)
        await sql`create trigger domains_settings_version before update on domains for each row
          when (new.settings_version = old.settings_version and (${changed}))
          execute function raise_settings_version()`.execute(db)
      } else {
        // The update inside the new trigger is not one more update of the row.
        await sql`drop trigger domains_version`.execute(db)
        await sql`create trigger domains_version after update on domains
          when new.version = old.version and new.settings_version = old.settings_version
          begin update domains set version = old.version + 1 where id = old.id; end`.execute(db)
        await sql`create trigger domains_settings_version after update on domains
          when new.settings_version = old.settings_version and (${changed})
          begin update domains set settings_version = old.settings_version + 1 where id = old.id; end`.execute(db)
      }
    },
  }
}
