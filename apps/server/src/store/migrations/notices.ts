import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Engine } from '../engine.ts'

/** Notices to owners of domains, where they are sent, and what has been delivered. */
export function notices(engine: Engine): Migration {
  return {
    async up(db: Kysely<unknown>) {
      const table = (name: string) =>
        db.schema
          .createTable(name)
          .addColumn('id', engine === 'postgres' ? 'serial' : 'integer', (column) =>
            engine === 'postgres' ? column.primaryKey() : column.primaryKey().autoIncrement(),
          )
      await table('notice_targets')
        .addColumn('user_id', 'integer', (column) => column.notNull().references('users.id').onDelete('cascade'))
        .addColumn('channel', 'text', (column) => column.notNull())
        .addColumn('destination', 'text', (column) => column.notNull())
        .addColumn('secret', 'text')
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addUniqueConstraint('notice_targets_once', ['user_id', 'channel', 'destination'])
        .execute()
      await table('notices')
        .addColumn('domain_id', 'integer', (column) => column.notNull().references('domains.id').onDelete('cascade'))
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('topic', 'text', (column) => column.notNull())
        .addColumn('once', 'text', (column) => column.notNull())
        .addColumn('facts', 'text', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addUniqueConstraint('notices_once', ['domain_id', 'kind', 'once'])
        .execute()
      await db.schema
        .createTable('notice_deliveries')
        .addColumn('notice_id', 'integer', (column) => column.notNull().references('notices.id').onDelete('cascade'))
        .addColumn('target_id', 'integer', (column) =>
          column.notNull().references('notice_targets.id').onDelete('cascade'),
        )
        .addColumn('settled_at', 'bigint')
        .addColumn('failure', 'text')
        .addPrimaryKeyConstraint('notice_deliveries_once', ['target_id', 'notice_id'])
        .execute()
      await db.schema.createIndex('notice_deliveries_notice').on('notice_deliveries').column('notice_id').execute()
    },
  }
}
