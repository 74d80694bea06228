import type { Kysely } from 'kysely'
import { type Migration, type MigrationResultSet, Migrator } from 'kysely/migration'
import type { Engine } from './engine.ts'
import { access } from './migrations/access.ts'
import { acmeState } from './migrations/acme-state.ts'
import { certificateOrders } from './migrations/certificate-orders.ts'
import { deletedDomains } from './migrations/deleted-domains.ts'
import { domainLists } from './migrations/domain-lists.ts'
import { firstTables } from './migrations/first-tables.ts'
import { hostedZone } from './migrations/hosted-zone.ts'
import { idempotencyKeys } from './migrations/idempotency-keys.ts'
import { notices } from './migrations/notices.ts'
import { reportAlerts } from './migrations/report-alerts.ts'
import { reports } from './migrations/reports.ts'
import { requestLimits } from './migrations/request-limits.ts'
import { settingsVersions } from './migrations/settings-versions.ts'
import { versions } from './migrations/versions.ts'
import { zoneComparisons } from './migrations/zone-comparisons.ts'
import type { Tables } from './tables.ts'

/** All schema changes, oldest first. Names sort in order; a released migration is never edited. */
const migrations = (engine: Engine): Record<string, Migration> => ({
  '0001-first-tables': firstTables(engine),
  '0002-idempotency-keys': idempotencyKeys,
  '0003-versions': versions(engine),
  '0004-settings-versions': settingsVersions(engine),
  '0005-request-limits': requestLimits,
  '0006-zone-comparisons': zoneComparisons,
  '0007-certificate-orders': certificateOrders,
  '0008-hosted-zone': hostedZone,
  '0009-acme-state': acmeState,
  '0010-reports': reports(engine),
  '0011-notices': notices(engine),
  '0012-access': access(engine),
  '0013-deleted-domains': deletedDomains,
  '0014-domain-lists': domainLists,
  '0015-report-alerts': reportAlerts,
})

/**
 * Brings the database to the schema this version needs. Safe to run from several processes at once (one waits for
 * the other) and when there is nothing to do. Throws when a step fails; that step is rolled back.
 */
export async function migrate(db: Kysely<Tables>, engine: Engine): Promise<void> {
  explain(await migratorOf(db, engine).migrateToLatest())
}

/**
 * Brings an empty database to the schema that it had after one migration, runs `fill`, and then brings it to the schema of this
 * version, with the data.
 *
 * @throws when this version does not know the migration
 */
export async function migrateFrom(
  db: Kysely<Tables>,
  engine: Engine,
  migration: string,
  fill: () => Promise<void>,
): Promise<void> {
  if (!Object.hasOwn(migrations(engine), migration)) throw new Error(newer)
  const migrator = migratorOf(db, engine)
  const present = (await migrator.getMigrations()).some(({ executedAt }) => executedAt !== undefined)
  // A database that has tables is filled only where it is as it was at the time.
  explain(present ? await migrator.migrateToLatest() : await migrator.migrateTo(migration))
  await fill()
  explain(await migrator.migrateToLatest())
}

const migratorOf = (db: Kysely<Tables>, engine: Engine): Migrator =>
  new Migrator({ db, provider: { getMigrations: async () => migrations(engine) } })

const newer = 'The database was written by a newer version of this server. Start that version, or restore a backup.'

function explain({ error, results }: MigrationResultSet): void {
  if (!error) return
  const failed = results?.find((result) => result.status === 'Error')?.migrationName
  if (failed) {
    const message = `Could not migrate the database: migration ${failed} failed and was rolled back.`
    throw new Error(message, { cause: error })
  }
  // Kysely's message for migrations in the database that this version does not know.
  if (error instanceof Error && error.message.includes('corrupted migrations')) {
    throw new Error(newer, { cause: error })
  }
  throw error
}
