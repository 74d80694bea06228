import type { Selectable } from 'kysely'
import type { Db } from './open-store.ts'
import type { AuditEventTable } from './tables.ts'

/** What the audit log knows. */
export type AuditedObject = 'user' | 'account' | 'token' | 'tag' | 'domain' | 'membership' | 'notice_target'

/** Who makes a change, and from where. */
export interface Actor {
  /** Null for a command. */
  userId: number | null
  tokenId: number | null
  /** The client's address, or `user@host` of a command. */
  source: string
  requestId: string | null
}

type Fields = Readonly<Record<string, unknown>>

export interface Change {
  object: AuditedObject
  id: number | string
  /** What people know it by. */
  name: string
  /** The user whose object it is. */
  ownerId: number | null
  accountId?: number | null
  /** Null before a creation. Only what differs from `after` is stored. */
  before: Fields | null
  /** Null after a deletion. */
  after: Fields | null
}

export type AuditEvent = Selectable<AuditEventTable>

/** Notes a change, in the transaction that makes it. A change of nothing is not one. No secret belongs into its fields. */
export async function recordChange(tx: Db, action: string, actor: Actor, change: Change, now: number): Promise<void> {
  const { before, after } = differences(change.before, change.after)
  if (before !== null && after !== null && Object.keys(after).length + Object.keys(before).length === 0) return
  await tx
    .insertInto('audit_events')
    .values({
      at: now,
      actor_id: actor.userId,
      token_id: actor.tokenId,
      source: actor.source,
      request_id: actor.requestId,
      action,
      object: change.object,
      object_id: String(change.id),
      object_name: change.name,
      owner_id: change.ownerId,
      account_id: change.accountId ?? null,
      before: before && JSON.stringify(before),
      after: after && JSON.stringify(after),
    })
    .execute()
}

function differences(before: Fields | null, after: Fields | null): { before: Fields | null; after: Fields | null } {
  if (before === null || after === null) return { before, after }
  const differs = (key: string) => JSON.stringify(before[key] ?? null) !== JSON.stringify(after[key] ?? null)
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(differs)
  const pick = (fields: Fields) => Object.fromEntries(keys.map((key) => [key, fields[key] ?? null]))
  return { before: pick(before), after: pick(after) }
}

export interface AuditFilter {
  /** Only changes of what this user owns, or by them. */
  userId?: number
  /** Only changes in this account. */
  accountId?: number
  object?: { kind: AuditedObject; id: string }
  /** Milliseconds since 1970. */
  since?: number
  limit: number
  offset?: number
}

/** Changes, the latest first. */
export const auditEvents = (db: Db, filter: AuditFilter): Promise<AuditEvent[]> =>
  filtered(db, filter)
    .selectAll()
    .orderBy('id', 'desc')
    .limit(filter.limit)
    .offset(filter.offset ?? 0)
    .execute()

export async function countAuditEvents(db: Db, filter: Omit<AuditFilter, 'limit' | 'offset'>): Promise<number> {
  const { count } = await filtered(db, filter)
    .select((select) => select.fn.countAll<number | string>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

function filtered(db: Db, { userId, accountId, object, since }: Omit<AuditFilter, 'limit' | 'offset'>) {
  let query = db.selectFrom('audit_events')
  if (userId !== undefined) {
    query = query.where((where) => where.or([where('owner_id', '=', userId), where('actor_id', '=', userId)]))
  }
  if (accountId !== undefined) query = query.where('account_id', '=', accountId)
  if (object) query = query.where('object', '=', object.kind).where('object_id', '=', object.id)
  if (since !== undefined) query = query.where('at', '>=', since)
  return query
}

/** How long changes are kept, in milliseconds. */
export const auditKept = 400 * 86_400_000

export async function dropAuditEventsBefore(db: Db, at: number): Promise<void> {
  await db.deleteFrom('audit_events').where('at', '<', at).execute()
}

/** The users of an email address that only the audit log still knows: an address may have been given to several in turn. */
export async function auditedUsers(db: Db, email: string): Promise<number[]> {
  const rows = await db
    .selectFrom('audit_events')
    .select('object_id')
    .distinct()
    .where('object', '=', 'user')
    .where('object_name', '=', email)
    .execute()
  return rows.map(({ object_id }) => Number(object_id))
}

/** What names or locates a person in the fields of a change, or is in their words. */
const personal = [
  ...['email', 'destination', 'name', 'title', 'slug', 'member_of'],
  ...['tags', 'managed_by', 'allow_weaker', 'accept_risk'],
]

/** An email address in a text, such as a DMARC record with report addresses of its owner. */
const emailAddress = /[^\s"<>,;:!=]*@[^\s"<>,;:!=]*/g

/**
 * Takes out of the audit log what names or locates a user: their client addresses, their email address, the names that they gave
 * to accounts, tokens, tags and targets of notices, the reasons that they wrote, email addresses in the settings of their domains,
 * and their memberships of other people's accounts. That something was changed, when, by which number of user, and the names of
 * domains stay. Answers the number of changes that were rewritten.
 */
export async function erasePerson(tx: Db, userId: number): Promise<number> {
  const rows = await tx
    .selectFrom('audit_events')
    .selectAll()
    .where((where) =>
      where.or([
        where('owner_id', '=', userId),
        where('actor_id', '=', userId),
        where.and([where('object', '=', 'membership'), where('object_id', 'like', `% ${userId}`)]),
      ]),
    )
    .execute()
  for (const row of rows) {
    await tx
      .updateTable('audit_events')
      .set({ source: row.actor_id === userId ? null : row.source, ...erased(row, userId) })
      .where('id', '=', row.id)
      .execute()
  }
  return rows.length
}

function erased(row: AuditEvent, userId: number): Partial<Pick<AuditEvent, 'object_name' | 'before' | 'after'>> {
  const { object, owner_id, object_id, object_name } = row
  // A membership is the person's who gets access, whoever owns the account.
  const own = object === 'membership' ? object_id.endsWith(` ${userId}`) : owner_id === userId
  if (!own) return {}
  // The name of a domain is public, and tells what the numbers are about.
  return {
    object_name: object === 'domain' ? object_name : null,
    before: withoutPerson(row.before),
    after: withoutPerson(row.after),
  }
}

function withoutPerson(fields: string | null): string | null {
  if (fields === null) return null
  const kept: unknown = JSON.parse(fields, (key, value) => {
    if (personal.includes(key)) return null
    return typeof value === 'string' ? value.replace(emailAddress, '') : value
  })
  return JSON.stringify(kept)
}
