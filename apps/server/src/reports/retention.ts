import type { Store } from '../store/open-store.ts'
import { refillCredits } from './credits.ts'
import { dropOldRows } from './rows.ts'
import { endActivity } from './status.ts'

const day = 86_400_000
const hour = 3_600_000
const mailsKept = 90 * day
const reportsKept = 400 * day
const failuresKept = 30 * day
/** Mails dropped in one statement: each holds up to 25 MiB. */
const batch = 200

/**
 * Drops what is no longer kept, fills up credits where a month has begun, and ends the activity of domains without reports.
 * Totals are kept for ever.
 */
export async function sweepReports({ db, engine }: Store, now: number, signal?: AbortSignal): Promise<void> {
  await refillCredits(db, now)
  await endActivity(db, now)
  await dropOldRows(db, engine, now)
  await db
    .deleteFrom('report_failures')
    .where('received_at', '<', now - failuresKept)
    .execute()
  await db
    .deleteFrom('report_problems')
    .where('received_at', '<', now - reportsKept)
    .execute()
  await db
    .deleteFrom('reports')
    .where('end_at', '<', Math.floor((now - reportsKept) / 1000))
    .where('received_at', '<', now - reportsKept)
    .execute()
  for (;;) {
    signal?.throwIfAborted()
    const old = db
      .selectFrom('report_mails')
      .select('id')
      .where('received_at', '<', now - mailsKept)
      .limit(batch)
    const { numDeletedRows } = await db.deleteFrom('report_mails').where('id', 'in', old).executeTakeFirst()
    if (numDeletedRows < BigInt(batch)) return
  }
}

/** Milliseconds until the next full hour, so that a day or month that begins is seen at once. */
export const untilNextHour = (now: number): number => hour - (now % hour)
