import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What replicas share of certificates: accounts at certificate authorities, certificates, proofs, failures. */
export const acmeState: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('acme_state')
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('value', 'text', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint')
      .addPrimaryKeyConstraint('acme_state_pk', ['kind', 'name'])
      .execute()
    await db.schema.createIndex('acme_state_updated').on('acme_state').columns(['kind', 'updated_at']).execute()
    await db.schema.createIndex('acme_state_expires').on('acme_state').column('expires_at').execute()
  },
}
