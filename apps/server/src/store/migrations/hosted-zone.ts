import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** The hosted zone as it is served, and its changes, which responders follow and secondaries transfer. */
export const hostedZone: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('zones')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('serial', 'bigint', (column) => column.notNull())
      .addColumn('journal_start', 'bigint', (column) => column.notNull())
      .addColumn('complete', 'integer', (column) => column.notNull().defaultTo(0))
      .execute()
    await db.schema
      .createTable('zone_names')
      .addColumn('zone', 'text', (column) => column.notNull().references('zones.name').onDelete('cascade'))
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('records', 'text', (column) => column.notNull())
      .addColumn('configured', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('zone_names_pk', ['zone', 'name'])
      .execute()
    await db.schema
      .createTable('zone_changes')
      .addColumn('zone', 'text', (column) => column.notNull().references('zones.name').onDelete('cascade'))
      .addColumn('serial', 'bigint', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('before', 'text', (column) => column.notNull())
      .addColumn('after', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('zone_changes_pk', ['zone', 'serial', 'name'])
      .execute()
    await db.schema.createIndex('zone_changes_at').on('zone_changes').column('at').execute()
  },
}
