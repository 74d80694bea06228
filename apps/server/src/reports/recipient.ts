import type { Db } from '../store/open-store.ts'

/**
 * The domain whose report address this is: `<id>.a@`, `<id>.f@` or `<id>.t@` the report host. The kind is not held against
 * the sender: what came in is decided by its content. Undefined for any other address.
 */
export async function domainOfRecipient(db: Db, address: string, reportHost: string): Promise<number | undefined> {
  const [, id, host] = /^([a-z0-9]{1,64})\.[aft]@(.+)$/.exec(address.toLowerCase()) ?? []
  if (id === undefined || host !== reportHost) return undefined
  return domainOfReportId(db, id)
}

/** The domain with this local part of its report addresses. */
export async function domainOfReportId(db: Db, reportId: string): Promise<number | undefined> {
  const row = await db.selectFrom('domains').select('id').where('report_id', '=', reportId).executeTakeFirst()
  return row?.id
}
