import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Db, Store } from './open-store.ts'
import { databaseNow } from './work.ts'

/** How many orders the whole installation makes at the certificate authority. */
export interface OrderLimits {
  /** Orders in any hour. */
  perHour: number
  /** Those of them that are kept free for renewals. */
  forRenewals: number
}

/** Milliseconds that an order counts for. */
const hour = 3_600_000

const allowed = ({ perHour, forRenewals }: OrderLimits, renewal: boolean): number =>
  renewal ? perHour : perHour - forRenewals

async function ordersSince(db: Db, since: number): Promise<number> {
  const { count } = await db
    .selectFrom('certificate_orders')
    .select((select) => select.fn.countAll().as('count'))
    .where('at', '>', since)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** How many more orders may be made now: renewals, and first certificates. */
export async function roomForOrders(
  db: Db,
  limits: OrderLimits,
  now: number,
): Promise<{ renewals: number; first: number }> {
  const made = await ordersSince(db, now - hour)
  const left = (renewal: boolean) => Math.max(0, allowed(limits, renewal) - made)
  return { renewals: left(true), first: left(false) }
}

/**
 * Counts an order that is about to be made. Undefined when it may be; else nothing is counted, and the answer is when an
 * order leaves the hour that is counted, in milliseconds since 1970.
 */
export async function takeOrder(
  store: Store,
  order: { tenant: number | null; renewal: boolean; limits: OrderLimits; now: number },
): Promise<number | undefined> {
  const { tenant, renewal, limits, now } = order
  const most = allowed(limits, renewal)
  return store.transaction(async (tx) => {
    // Two processes must not both take the last one. On SQLite transactions are serial anyway.
    if (store.engine === 'postgres') await sql`lock table certificate_orders in exclusive mode`.execute(tx)
    await tx
      .deleteFrom('certificate_orders')
      .where('at', '<=', now - hour)
      .execute()
    if ((await ordersSince(tx, now - hour)) < most) {
      await tx
        .insertInto('certificate_orders')
        .values({ id: randomUUID(), at: now, user_id: tenant, renewal: renewal ? 1 : 0 })
        .execute()
      return undefined
    }
    const leaves = await tx
      .selectFrom('certificate_orders')
      .select('at')
      .orderBy('at', 'desc')
      .offset(most - 1)
      .limit(1)
      .executeTakeFirstOrThrow()
    return leaves.at + hour
  })
}

/** Records that the policy host of a hosting has a certificate. */
export async function recordCertificate(db: Db, key: string, now: number): Promise<void> {
  await db
    .insertInto('certificates')
    .values({ hosting_key: key, obtained_at: now })
    .onConflict((conflict) => conflict.column('hosting_key').doUpdateSet({ obtained_at: now }))
    .execute()
}

/** When the first certificate of a hosting is ordered; undefined where it has had one, or none is to be ordered. */
export async function firstOrderAt(db: Db, key: string): Promise<number | undefined> {
  const row = await db
    .selectFrom('work')
    .leftJoin('certificates', 'certificates.hosting_key', 'work.subject')
    .select(['work.next_check_at', 'certificates.obtained_at'])
    .where('work.task', '=', 'certificate')
    .where('work.subject', '=', key)
    .executeTakeFirst()
  return row && row.obtained_at === null ? row.next_check_at : undefined
}

/** A certificate whose order is due. */
export interface DueOrder {
  /** The key of the hosting. */
  subject: string
  renewal: 0 | 1
}

/**
 * The orders that are due and not claimed: renewals before first certificates, and those of a tenant that has made few orders in
 * the last hour before those of one that has made many, however many names it has.
 */
export async function dueOrders(
  store: Store,
  { now, limit, renewalsOnly }: { now: number; limit: number; renewalsOnly: boolean },
): Promise<DueOrder[]> {
  const { rows } = await sql<DueOrder>`
    select subject, renewal from (
      select work.subject, work.next_check_at,
        case when certificates.hosting_key is null then 0 else 1 end as renewal,
        coalesce(recent.made, 0) + row_number() over (
          partition by case when certificates.hosting_key is null then 0 else 1 end, domains.user_id
          order by work.next_check_at, work.subject
        ) as turn
      from work
      left join hostings on hostings.key = work.subject
      left join domains on domains.id = hostings.domain_id
      left join certificates on certificates.hosting_key = work.subject
      left join (
        select user_id, count(*) as made from certificate_orders where "at" > ${now - hour} group by user_id
      ) recent on recent.user_id = domains.user_id
      where work.task = 'certificate' and work.next_check_at <= ${now} and work.lease_until <= ${databaseNow(store.engine)}
        ${renewalsOnly ? sql`and certificates.hosting_key is not null` : sql``}
    ) due
    order by renewal desc, turn, next_check_at, subject
    limit ${limit}`.execute(store.db)
  return rows
}
