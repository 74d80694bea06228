import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Deleted domains whose hosted records stay for a while, with what is needed to restore them. */
export const deletedDomains: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('deleted_domains')
      .addColumn('domain_id', 'integer', (column) => column.primaryKey())
      .addColumn('user_id', 'integer', (column) => column.notNull().references('users.id').onDelete('cascade'))
      .addColumn('hosting_key', 'text', (column) => column.notNull().unique().references('hostings.key'))
      .addColumn('address', 'text', (column) => column.notNull())
      .addColumn('deleted_at', 'bigint', (column) => column.notNull())
      .addColumn('kept_until', 'bigint', (column) => column.notNull())
      .addColumn('snapshot', 'text', (column) => column.notNull())
      .execute()
  },
}
