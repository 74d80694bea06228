import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** When the hosted zone was last compared with the store, in what state, and how many differences were repaired. */
export const zoneComparisons: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('zone_comparisons')
      .addColumn('zone', 'text', (column) => column.primaryKey())
      .addColumn('compared_at', 'bigint')
      .addColumn('serial', 'bigint')
      .addColumn('digest', 'text')
      .addColumn('repairs', 'integer', (column) => column.notNull().defaultTo(0))
      .execute()
  },
}
