import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What clients have created under an `Idempotency-Key`. */
export const idempotencyKeys: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('idempotency_keys')
      .addColumn('user_id', 'integer', (column) => column.notNull().references('users.id').onDelete('cascade'))
      .addColumn('key', 'text', (column) => column.notNull())
      .addColumn('operation', 'text', (column) => column.notNull())
      .addColumn('subject', 'text', (column) => column.notNull())
      .addColumn('object_id', 'integer')
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('idempotency_keys_once', ['user_id', 'key'])
      .execute()
    await db.schema.createIndex('idempotency_keys_by_age').on('idempotency_keys').column('created_at').execute()
  },
}
