import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** The orders at the certificate authority of the last hour, and the hostings that have had a certificate. */
export const certificateOrders: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('certificates')
      .addColumn('hosting_key', 'text', (column) => column.primaryKey().references('hostings.key').onDelete('cascade'))
      .addColumn('obtained_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('certificate_orders')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('user_id', 'integer')
      .addColumn('renewal', 'integer', (column) => column.notNull())
      .execute()
    await db.schema.createIndex('certificate_orders_at').on('certificate_orders').column('at').execute()
  },
}
