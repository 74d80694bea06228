import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Engine } from '../engine.ts'

/**
 * Tokens that expire, users that are disabled or have quotas of their own, and the audit log. Its rows refer to nothing by
 * foreign key: they outlive what they are about.
 */
export function access(engine: Engine): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema.alterTable('tokens').addColumn('expires_at', 'bigint').execute()
      await db.schema.alterTable('tokens').addColumn('last_used_at', 'bigint').execute()
      await db.schema.alterTable('users').addColumn('disabled_at', 'bigint').execute()
      await db.schema.alterTable('users').addColumn('domain_quota', 'integer').execute()
      await db.schema
        .createTable('audit_events')
        .addColumn('id', engine === 'postgres' ? 'serial' : 'integer', (column) =>
          engine === 'postgres' ? column.primaryKey() : column.primaryKey().autoIncrement(),
        )
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addColumn('actor_id', 'integer')
        .addColumn('token_id', 'integer')
        .addColumn('source', 'text')
        .addColumn('request_id', 'text')
        .addColumn('action', 'text', (column) => column.notNull())
        .addColumn('object', 'text', (column) => column.notNull())
        .addColumn('object_id', 'text', (column) => column.notNull())
        .addColumn('object_name', 'text')
        .addColumn('owner_id', 'integer')
        .addColumn('account_id', 'integer')
        .addColumn('before', 'text')
        .addColumn('after', 'text')
        .execute()
      await db.schema.createIndex('audit_events_at').on('audit_events').column('at').execute()
      await db.schema.createIndex('audit_events_owner').on('audit_events').columns(['owner_id', 'id']).execute()
    },
  }
}
