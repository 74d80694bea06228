import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Engine } from '../engine.ts'

/** Mails that bring reports, the reports, their rows and totals, and what people said about sources. */
export function reports(engine: Engine): Migration {
  const bytes = engine === 'postgres' ? 'bytea' : 'blob'
  return {
    async up(db: Kysely<unknown>) {
      const table = (name: string) =>
        db.schema
          .createTable(name)
          .addColumn('id', engine === 'postgres' ? 'serial' : 'integer', (column) =>
            engine === 'postgres' ? column.primaryKey() : column.primaryKey().autoIncrement(),
          )
      const ofDomain = (name: string) =>
        table(name).addColumn('domain_id', 'integer', (column) =>
          column.notNull().references('domains.id').onDelete('cascade'),
        )

      await db.schema
        .createTable('report_domains')
        .addColumn('domain_id', 'integer', (column) => column.primaryKey().references('domains.id').onDelete('cascade'))
        .addColumn('last_trusted_at', 'bigint')
        .addColumn('presume_rest_not_mine', 'integer', (column) => column.notNull().defaultTo(0))
        .addColumn('evidence_gate', 'text', (column) => column.notNull().defaultTo('off'))
        .addColumn('credits_month', 'text')
        .execute()

      await ofDomain('report_mails')
        .addColumn('way', 'text', (column) => column.notNull())
        .addColumn('received_at', 'bigint', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('trust', 'text', (column) => column.notNull())
        .addColumn('client_address', 'text')
        .addColumn('helo', 'text')
        .addColumn('envelope_from', 'text')
        .addColumn('from_address', 'text')
        .addColumn('subject', 'text')
        .addColumn('message_id', 'text')
        .addColumn('authentication', 'text')
        .addColumn('sha256', 'text', (column) => column.notNull())
        .addColumn('size', 'integer', (column) => column.notNull())
        .addColumn('raw', sql.raw(bytes), (column) => column.notNull())
        .execute()
      await db.schema.createIndex('report_mails_age').on('report_mails').column('received_at').execute()
      await db.schema
        .createIndex('report_mails_domain')
        .on('report_mails')
        .columns(['domain_id', 'received_at'])
        .execute()

      await ofDomain('reports')
        .addColumn('mail_id', 'integer', (column) => column.references('report_mails.id').onDelete('set null'))
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('identity', 'text', (column) => column.notNull())
        .addColumn('sha256', 'text', (column) => column.notNull())
        .addColumn('trusted', 'integer', (column) => column.notNull())
        .addColumn('reporter', 'text', (column) => column.notNull())
        .addColumn('org_name', 'text', (column) => column.notNull())
        .addColumn('email', 'text', (column) => column.notNull())
        .addColumn('report_id', 'text', (column) => column.notNull())
        .addColumn('policy_domain', 'text', (column) => column.notNull())
        .addColumn('begin_at', 'bigint', (column) => column.notNull())
        .addColumn('end_at', 'bigint', (column) => column.notNull())
        .addColumn('content', 'text', (column) => column.notNull())
        .addColumn('records', 'integer', (column) => column.notNull())
        .addColumn('messages', 'bigint', (column) => column.notNull())
        .addColumn('rows_kept', 'integer', (column) => column.notNull())
        .addColumn('warnings', 'text', (column) => column.notNull())
        .addColumn('received_at', 'bigint', (column) => column.notNull())
        .addColumn('updated_at', 'bigint', (column) => column.notNull())
        .addUniqueConstraint('reports_once', ['domain_id', 'identity'])
        .execute()
      await db.schema.createIndex('reports_period').on('reports').columns(['domain_id', 'kind', 'begin_at']).execute()
      await db.schema.createIndex('reports_mail').on('reports').column('mail_id').execute()
      await db.schema.createIndex('reports_age').on('reports').column('end_at').execute()

      // No foreign keys: days are dropped as a whole, and what is left of a deleted domain goes with them.
      const rowColumns = (id: string) => sql`
        (id ${sql.raw(id)}, report_id integer not null, domain_id integer not null, day integer not null,
         source text not null, source_ip text not null, header_from text not null, envelope_from text, count bigint not null,
         disposition text, dkim text, spf text, reasons text not null, auth text not null, trusted integer not null,
         digest text not null)`
      await (engine === 'postgres'
        ? sql`create table report_rows ${rowColumns('bigserial')} partition by list (day)`
        : sql`create table report_rows ${rowColumns('integer primary key autoincrement')}`
      ).execute(db)
      // Takes the rows of days without a partition, such as those of a restored backup.
      if (engine === 'postgres')
        await sql`create table report_rows_default partition of report_rows default`.execute(db)
      await db.schema.createIndex('report_rows_day').on('report_rows').columns(['domain_id', 'day']).execute()
      await db.schema.createIndex('report_rows_report').on('report_rows').column('report_id').execute()

      await db.schema
        .createTable('day_totals')
        .addColumn('domain_id', 'integer', (column) => column.notNull().references('domains.id').onDelete('cascade'))
        .addColumn('day', 'integer', (column) => column.notNull())
        .addColumn('trusted', 'integer', (column) => column.notNull())
        .addColumn('source', 'text', (column) => column.notNull())
        .addColumn('header_from', 'text', (column) => column.notNull())
        .addColumn('disposition', 'text', (column) => column.notNull())
        .addColumn('dkim', 'text', (column) => column.notNull())
        .addColumn('spf', 'text', (column) => column.notNull())
        .addColumn('overridden', 'integer', (column) => column.notNull())
        .addColumn('count', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('day_totals_key', [
          'domain_id',
          'day',
          'trusted',
          'source',
          'header_from',
          'disposition',
          'dkim',
          'spf',
          'overridden',
        ])
        .execute()

      await db.schema
        .createTable('tls_days')
        .addColumn('domain_id', 'integer', (column) => column.notNull().references('domains.id').onDelete('cascade'))
        .addColumn('day', 'integer', (column) => column.notNull())
        .addColumn('trusted', 'integer', (column) => column.notNull())
        .addColumn('reports', 'integer', (column) => column.notNull())
        .addColumn('successful', 'bigint', (column) => column.notNull())
        .addColumn('failed', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('tls_days_key', ['domain_id', 'day', 'trusted'])
        .execute()

      await ofDomain('report_failures')
        .addColumn('mail_id', 'integer', (column) => column.references('report_mails.id').onDelete('set null'))
        .addColumn('sha256', 'text', (column) => column.notNull())
        .addColumn('received_at', 'bigint', (column) => column.notNull())
        .addColumn('content', 'text', (column) => column.notNull())
        .addUniqueConstraint('report_failures_once', ['domain_id', 'sha256'])
        .execute()
      await db.schema.createIndex('report_failures_age').on('report_failures').column('received_at').execute()

      await ofDomain('report_problems')
        .addColumn('mail_id', 'integer', (column) => column.references('report_mails.id').onDelete('set null'))
        .addColumn('report_id', 'integer', (column) => column.references('reports.id').onDelete('set null'))
        .addColumn('code', 'text', (column) => column.notNull())
        .addColumn('message', 'text', (column) => column.notNull())
        .addColumn('line', 'integer')
        .addColumn('path', 'text', (column) => column.notNull())
        .addColumn('way', 'text', (column) => column.notNull())
        .addColumn('from_address', 'text')
        .addColumn('subject', 'text')
        .addColumn('size', 'integer', (column) => column.notNull())
        .addColumn('received_at', 'bigint', (column) => column.notNull())
        .addColumn('accepted_at', 'bigint')
        .execute()
      await db.schema.createIndex('report_problems_domain').on('report_problems').columns(['domain_id', 'id']).execute()

      await db.schema
        .createTable('source_answers')
        .addColumn('domain_id', 'integer', (column) => column.notNull().references('domains.id').onDelete('cascade'))
        .addColumn('source', 'text', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('answered_at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('source_answers_key', ['domain_id', 'source'])
        .execute()
    },
  }
}
