import type { Kysely } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
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
})

/**
 * Brings the database to the schema this version needs. Safe to run from several processes at once (one waits for
 * the other) and when there is nothing to do. Throws when a step fails; that step is rolled back.
 */
export async function migrate(db: Kysely<Tables>, engine: Engine): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations(engine) } })
  const { error, results } = await migrator.migrateToLatest()
  if (!error) return
  const failed = results?.find((result) => result.status === 'Error')?.migrationName
  if (failed) {
    const message = `Could not migrate the database: migration ${failed} failed and was rolled back.`
    throw new Error(message, { cause: error })
  }
  // Kysely's message for migrations in the database that this version does not know.
  if (error instanceof Error && error.message.includes('corrupted migrations')) {
    const message =
      'The database was written by a newer version of this server. Start that version, or restore a backup.'
    throw new Error(message, { cause: error })
  }
  throw error
}
