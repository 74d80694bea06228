import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** The domains of an account in the order of lists, so that a page reads its own rows only. */
export const domainLists: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createIndex('domain_accounts_list')
      .on('domain_accounts')
      .columns(['account_id', 'domain_id'])
      .execute()
  },
}
