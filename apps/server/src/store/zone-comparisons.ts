import type { Selectable } from 'kysely'
import type { Db } from './open-store.ts'
import type { ZoneComparisonTable } from './tables.ts'

export type ZoneComparison = Selectable<ZoneComparisonTable>

export const zoneComparison = (db: Db, zone: string): Promise<ZoneComparison | undefined> =>
  db.selectFrom('zone_comparisons').selectAll().where('zone', '=', zone).executeTakeFirst()

/** Records a comparison that found no difference: with this serial, the zone holds what the store has with this digest. */
export async function saveZoneComparison(
  db: Db,
  zone: string,
  state: { compared_at: number; serial: number | null; digest: string | null },
): Promise<void> {
  await db
    .insertInto('zone_comparisons')
    .values({ zone, ...state })
    .onConflict((conflict) => conflict.column('zone').doUpdateSet(state))
    .execute()
}

/** Counts differences that were found in the zone and are repaired. */
export async function countRepairs(db: Db, zone: string, repairs: number): Promise<void> {
  await db
    .insertInto('zone_comparisons')
    .values({ zone, compared_at: null, serial: null, digest: null, repairs })
    .onConflict((conflict) =>
      conflict.column('zone').doUpdateSet((row) => ({ repairs: row('zone_comparisons.repairs', '+', repairs) })),
    )
    .execute()
}
