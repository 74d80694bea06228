import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** The record that a domain was last seen with, and targets of notices about the domains with one tag. */
export const reportAlerts: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('report_domains').addColumn('seen_record', 'text').execute()
    await db.schema
      .alterTable('notice_targets')
      .addColumn('tag_id', 'integer', (column) => column.references('tags.id').onDelete('cascade'))
      .execute()
  },
}
