import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Engine } from '../engine.ts'

/** The tables of the first release. Portable SQL; only the self-numbering keys are spelled differently per engine. */
export function firstTables(engine: Engine): Migration {
  return {
    async up(db: Kysely<unknown>) {
      // AUTOINCREMENT matters on SQLite: without it the number of a deleted last row would be given out again.
      const table = (name: string) =>
        db.schema
          .createTable(name)
          .addColumn('id', engine === 'postgres' ? 'serial' : 'integer', (column) =>
            engine === 'postgres' ? column.primaryKey() : column.primaryKey().autoIncrement(),
          )

      await table('users')
        .addColumn('email', 'text', (column) => column.notNull().unique())
        .addColumn('plan', 'text', (column) => column.notNull())
        .addColumn('parked_quota', 'integer')
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .execute()

      await table('accounts')
        .addColumn('user_id', 'integer', (column) => column.notNull().references('users.id'))
        .addColumn('title', 'text', (column) => column.notNull())
        .addColumn('slug', 'text', (column) => column.notNull().unique())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('updated_at', 'bigint', (column) => column.notNull())
        .execute()

      await table('user_accounts')
        .addColumn('account_id', 'integer', (column) => column.notNull().references('accounts.id').onDelete('cascade'))
        .addColumn('user_id', 'integer', (column) => column.notNull().references('users.id'))
        .addColumn('areas', 'text', (column) => column.notNull())
        .addUniqueConstraint('user_accounts_once', ['account_id', 'user_id'])
        .execute()

      await table('tokens')
        .addColumn('user_id', 'integer', (column) => column.notNull().references('users.id'))
        .addColumn('account_id', 'integer', (column) => column.references('accounts.id').onDelete('cascade'))
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('hash', 'text', (column) => column.notNull().unique())
        .addColumn('privileges', 'text', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('revoked_at', 'bigint')
        .execute()

      await table('tags')
        .addColumn('user_id', 'integer', (column) => column.notNull().references('users.id'))
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('color', 'text', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('updated_at', 'bigint', (column) => column.notNull())
        .addUniqueConstraint('tags_name', ['user_id', 'name'])
        .execute()

      await table('domains')
        .addColumn('user_id', 'integer', (column) => column.notNull().references('users.id'))
        .addColumn('address', 'text', (column) => column.notNull())
        .addColumn('rua_report', 'integer', (column) => column.notNull())
        .addColumn('ruf_report', 'integer', (column) => column.notNull())
        .addColumn('mta_sts_report', 'integer')
        .addColumn('parked_domain', 'integer', (column) => column.notNull())
        .addColumn('parked_domain_credits', 'integer')
        .addColumn('hosted_dmarc', 'integer', (column) => column.notNull())
        .addColumn('hosted_dmarc_config', 'text')
        .addColumn('hosted_mta_sts', 'integer', (column) => column.notNull())
        .addColumn('mta_sts_mode', 'text')
        .addColumn('mta_sts_mx', 'text')
        .addColumn('mta_sts_mx_age', 'integer')
        .addColumn('report_id', 'text', (column) => column.notNull().unique())
        .addColumn('dmarc_status', 'text', (column) => column.notNull())
        .addColumn('mta_sts_status', 'text', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('updated_at', 'bigint', (column) => column.notNull())
        .execute()
      await db.schema.createIndex('domains_user').on('domains').column('user_id').execute()

      await db.schema
        .createTable('domain_tags')
        .addColumn('domain_id', 'integer', (column) => column.notNull().references('domains.id').onDelete('cascade'))
        .addColumn('tag_id', 'integer', (column) => column.notNull().references('tags.id').onDelete('cascade'))
        .addPrimaryKeyConstraint('domain_tags_key', ['domain_id', 'tag_id'])
        .execute()
      await db.schema.createIndex('domain_tags_tag').on('domain_tags').column('tag_id').execute()

      await table('domain_accounts')
        .addColumn('account_id', 'integer', (column) => column.notNull().references('accounts.id'))
        .addColumn('domain_id', 'integer', (column) => column.notNull().references('domains.id').onDelete('cascade'))
        .addColumn('address', 'text', (column) => column.notNull())
        .addColumn('slug', 'text', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addUniqueConstraint('domain_accounts_address', ['account_id', 'address'])
        .addUniqueConstraint('domain_accounts_slug', ['account_id', 'slug'])
        .execute()
      await db.schema.createIndex('domain_accounts_domain').on('domain_accounts').column('domain_id').execute()

      await db.schema
        .createTable('hostings')
        .addColumn('key', 'text', (column) => column.primaryKey())
        .addColumn('domain_id', 'integer', (column) => column.unique().references('domains.id').onDelete('set null'))
        .addColumn('address', 'text', (column) => column.notNull())
        .addColumn('dmarc_record', 'text')
        .addColumn('tls_rpt_record', 'text')
        .addColumn('wanted_policy', 'text')
        .addColumn('live_policy', 'text')
        .addColumn('live_policy_at', 'bigint')
        .addColumn('first_served_at', 'bigint')
        .addColumn('keep_until', 'bigint', (column) => column.notNull().defaultTo(0))
        .addColumn('policy_cname_verified_at', 'bigint')
        .addColumn('published_at', 'bigint')
        .addColumn('retired_at', 'bigint')
        .execute()
      await db.schema.createIndex('hostings_address').on('hostings').column('address').execute()

      await db.schema
        .createTable('verifications')
        .addColumn('domain_id', 'integer', (column) => column.notNull().references('domains.id').onDelete('cascade'))
        .addColumn('service', 'text', (column) => column.notNull())
        .addColumn('summary', 'text', (column) => column.notNull())
        .addColumn('report', 'text', (column) => column.notNull())
        .addColumn('checked_at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('verifications_key', ['domain_id', 'service'])
        .execute()

      await table('observations')
        .addColumn('domain_id', 'integer', (column) => column.notNull().references('domains.id').onDelete('cascade'))
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addColumn('service', 'text', (column) => column.notNull())
        .addColumn('record', 'text', (column) => column.notNull())
        .addColumn('part', 'text', (column) => column.notNull())
        .addColumn('from_status', 'text')
        .addColumn('to_status', 'text', (column) => column.notNull())
        .addColumn('reason', 'text')
        .addColumn('found', 'text')
        .execute()
      await db.schema.createIndex('observations_domain').on('observations').columns(['domain_id', 'id']).execute()

      await db.schema
        .createTable('work')
        .addColumn('task', 'text', (column) => column.notNull())
        .addColumn('subject', 'text', (column) => column.notNull())
        .addColumn('next_check_at', 'bigint', (column) => column.notNull())
        .addColumn('attempt', 'integer', (column) => column.notNull().defaultTo(0))
        .addColumn('generation', 'integer', (column) => column.notNull().defaultTo(0))
        .addColumn('lease_until', 'bigint', (column) => column.notNull().defaultTo(sql`0`))
        .addColumn('lease_owner', 'text')
        .addPrimaryKeyConstraint('work_key', ['task', 'subject'])
        .execute()
      await db.schema.createIndex('work_due').on('work').columns(['task', 'next_check_at']).execute()
    },
  }
}
