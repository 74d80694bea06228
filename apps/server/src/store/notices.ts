import type { Selectable } from 'kysely'
import type { Db } from './open-store.ts'
import type { NoticeTargetTable } from './tables.ts'

export type NoticeTarget = Selectable<NoticeTargetTable>

export interface NewTarget {
  userId: number
  channel: NoticeTarget['channel']
  /** A URL, or an email address. */
  destination: string
  /** What webhooks are signed with, as it is stored. */
  secret: string | null
  /** Only notices about domains with this tag. Default: about all. */
  tagId?: number
  now: number
}

export const addTarget = (
  db: Db,
  { userId, channel, destination, secret, tagId, now }: NewTarget,
): Promise<NoticeTarget> =>
  db
    .insertInto('notice_targets')
    .values({ user_id: userId, channel, destination, secret, tag_id: tagId ?? null, created_at: now })
    .returningAll()
    .executeTakeFirstOrThrow()

/** The targets of a user, for all domains or for a tag. */
export const targetsOfUser = (db: Db, userId: number): Promise<NoticeTarget[]> =>
  db.selectFrom('notice_targets').selectAll().where('user_id', '=', userId).orderBy('id').execute()

/** The targets of a user for notices about one of their domains: those for all domains, and those for a tag that it carries. */
export const targetsOfDomain = (db: Db, userId: number, domainId: number): Promise<NoticeTarget[]> =>
  db
    .selectFrom('notice_targets')
    .selectAll()
    .where('user_id', '=', userId)
    .where((where) =>
      where.or([
        where('tag_id', 'is', null),
        where('tag_id', 'in', (select) =>
          select.selectFrom('domain_tags').select('tag_id').where('domain_id', '=', domainId),
        ),
      ]),
    )
    .orderBy('id')
    .execute()

/** The targets of a user with the number of notices that wait for delivery. */
export async function waitingTargets(db: Db, userId: number): Promise<(NoticeTarget & { waiting: number })[]> {
  const targets = await targetsOfUser(db, userId)
  if (targets.length === 0) return []
  const counts = await waitingByTarget(
    db,
    targets.map(({ id }) => id),
  )
  return targets.map((target) => ({ ...target, waiting: counts.get(target.id) ?? 0 }))
}

/** Every target with the email address of its user, the name of its tag and the number of notices that wait for delivery. */
export async function listTargets(
  db: Db,
): Promise<(NoticeTarget & { email: string; tag: string | null; waiting: number })[]> {
  const rows = await db
    .selectFrom('notice_targets')
    .innerJoin('users', 'users.id', 'notice_targets.user_id')
    .leftJoin('tags', 'tags.id', 'notice_targets.tag_id')
    .selectAll('notice_targets')
    .select(['users.email', 'tags.name as tag'])
    .orderBy('notice_targets.id')
    .execute()
  const counts = await waitingByTarget(db)
  return rows.map((row) => ({ ...row, waiting: counts.get(row.id) ?? 0 }))
}

async function waitingByTarget(db: Db, only?: readonly number[]): Promise<Map<number, number>> {
  const open = db
    .selectFrom('notice_deliveries')
    .select(['target_id', (select) => select.fn.countAll<number | string>().as('count')])
    .where('settled_at', 'is', null)
    .groupBy('target_id')
  const waiting = await (only ? open.where('target_id', 'in', only) : open).execute()
  return new Map(waiting.map(({ target_id, count }) => [target_id, Number(count)]))
}

export const findTarget = (db: Db, id: number): Promise<NoticeTarget | undefined> =>
  db.selectFrom('notice_targets').selectAll().where('id', '=', id).executeTakeFirst()

export async function removeTarget(db: Db, id: number): Promise<void> {
  await db.deleteFrom('notice_targets').where('id', '=', id).execute()
}

export interface NewNotice {
  domainId: number
  kind: string
  topic: string
  once: string
  /** JSON. */
  facts: string
  now: number
}

/** Stores a notice, with a delivery to each target. False when the domain has had the same. */
export async function addNotice(tx: Db, notice: NewNotice, targets: readonly NoticeTarget[]): Promise<boolean> {
  const { domainId, kind, topic, once, facts, now } = notice
  const added = await tx
    .insertInto('notices')
    .values({ domain_id: domainId, kind, topic, once, facts, created_at: now })
    .onConflict((conflict) => conflict.columns(['domain_id', 'kind', 'once']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!added) return false
  if (targets.length > 0) {
    const deliveries = targets.map(({ id }) => ({
      notice_id: added.id,
      target_id: id,
      settled_at: null,
      failure: null,
    }))
    await tx.insertInto('notice_deliveries').values(deliveries).execute()
  }
  return true
}

/** When the domain had its latest notice of a kind about a topic. */
export async function latestNotice(db: Db, domainId: number, kind: string, topic: string): Promise<number | undefined> {
  const row = await db
    .selectFrom('notices')
    .select((select) => select.fn.max('created_at').as('at'))
    .where('domain_id', '=', domainId)
    .where('kind', '=', kind)
    .where('topic', '=', topic)
    .executeTakeFirst()
  return row?.at ?? undefined
}

/** The oldest notice about a domain that a target has not been sent. */
export const nextDelivery = (db: Db, targetId: number, domainId: number) =>
  db
    .selectFrom('notice_deliveries')
    .innerJoin('notices', 'notices.id', 'notice_deliveries.notice_id')
    .innerJoin('domains', 'domains.id', 'notices.domain_id')
    .select(['notices.id', 'notices.kind', 'notices.facts', 'notices.created_at', 'domains.address'])
    .where('notice_deliveries.target_id', '=', targetId)
    .where('notice_deliveries.settled_at', 'is', null)
    .where('notices.domain_id', '=', domainId)
    .orderBy('notices.id')
    .executeTakeFirst()

/** Ends a delivery: sent, or given up for a reason. */
export async function settleDelivery(
  db: Db,
  delivery: { noticeId: number; targetId: number },
  failure: string | null,
  now: number,
): Promise<void> {
  await db
    .updateTable('notice_deliveries')
    .set({ settled_at: now, failure })
    .where('notice_id', '=', delivery.noticeId)
    .where('target_id', '=', delivery.targetId)
    .execute()
}

export async function dropNoticesBefore(db: Db, at: number): Promise<void> {
  await db.deleteFrom('notices').where('created_at', '<', at).execute()
}
