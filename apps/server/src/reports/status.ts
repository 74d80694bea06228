import type { Db } from '../store/open-store.ts'

/** A domain is active for so long after the last report that counts, in milliseconds. */
const activeFor = 7 * 86_400_000

/**
 * Notes that a report came in that counts, and that the domain is active. The status ends by `endActivity`, so that lists need
 * no look at reports.
 */
export async function noteTrustedReport(tx: Db, domainId: number, at: number): Promise<void> {
  await tx.updateTable('report_domains').set({ last_trusted_at: at }).where('domain_id', '=', domainId).execute()
  await tx
    .updateTable('domains')
    .set((row) => ({ dmarc_status: 'dmarc_active', version: row('version', '+', 1) }))
    .where('id', '=', domainId)
    .where('dmarc_status', '<>', 'dmarc_active')
    .execute()
}

/** Domains whose last report is a week old have a record that was seen, and are no longer active. Returns how many. */
export async function endActivity(db: Db, now: number): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('domains')
    .set((row) => ({ dmarc_status: 'dmarc_record_published', version: row('version', '+', 1) }))
    .where('dmarc_status', '=', 'dmarc_active')
    .where('id', 'not in', (select) =>
      select
        .selectFrom('report_domains')
        .select('domain_id')
        .where('last_trusted_at', '>', now - activeFor),
    )
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** Whether a report that counts has come in within a week. */
export async function isActive(db: Db, domainId: number, now: number): Promise<boolean> {
  const row = await db
    .selectFrom('report_domains')
    .select('last_trusted_at')
    .where('domain_id', '=', domainId)
    .executeTakeFirst()
  return (row?.last_trusted_at ?? 0) > now - activeFor
}
