import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What processes share of the limits: the budgets of tokens, and what a creation was asked for under its key. */
export const requestLimits: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('token_budgets')
      .addColumn('token_id', 'integer', (column) => column.primaryKey().references('tokens.id').onDelete('cascade'))
      .addColumn('window', 'bigint', (column) => column.notNull())
      .addColumn('leased', 'integer', (column) => column.notNull())
      .execute()
    await db.schema.alterTable('idempotency_keys').addColumn('fingerprint', 'text').execute()
  },
}
