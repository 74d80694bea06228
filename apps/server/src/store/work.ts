import { randomUUID } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import type { Engine } from './engine.ts'
import type { Db, Store } from './open-store.ts'

/**
 * `publish` writes a hosting's records to the zone after a change; `repair` does the same where the zone was found to
 * differ, in slots of its own, so that changes made by people never wait for it. `reconcile` compares the whole zone with
 * the store, `verify` checks a domain's records, `certificate` orders and renews the certificate of a policy host, `notify`
 * delivers notices to owners, `mail_hosts` compares MX records with the enforced policy, `sweep` cleans up, `report` reads a
 * mail that brought reports, `report-alerts` looks for what its owner should know of, `report-sweep` drops old reports,
 * `report-mailbox` takes mails out of an IMAP mailbox,
 * `status` looks at the records of a domain that is not hosted here.
 */
export type Task =
  | 'publish'
  | 'repair'
  | 'reconcile'
  | 'verify'
  | 'certificate'
  | 'notify'
  | 'mail_hosts'
  | 'sweep'
  | 'report'
  | 'report-alerts'
  | 'report-sweep'
  | 'report-mailbox'
  | 'status'

/** Work that one worker has claimed until its lease ends. */
export interface Claim {
  task: Task
  /** The hosting's key (`shared` for records of no single domain), the domain's id as text, or `all`. */
  subject: string
  attempt: number
  generation: number
  /** The fencing token: unique to this claim. */
  token: string
}

/** The claim's lease has ended, and another worker may have claimed the work: nothing may be written any more. */
export class LeaseLostError extends Error {
  constructor({ task, subject }: Claim) {
    super(`The lease of ${task} ${subject} has ended.`)
    this.name = 'LeaseLostError'
  }
}

/** The clock of the database in milliseconds since 1970, which all processes share. Leases are measured with it. */
export const databaseNow = (engine: Engine): RawBuilder<number> =>
  engine === 'postgres'
    ? sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`
    : sql<number>`cast((julianday('now') - 2440587.5) * 86400000 as integer)`

/** Whole milliseconds, as the column takes them: delays chosen at random have fractions, which PostgreSQL refuses. */
const whole = (at: number): number => Math.ceil(at)

/** Schedules work. Waiting work moves to the given time; work in progress is repeated. */
export async function schedule(tx: Db, task: Task, subject: string, time: number): Promise<void> {
  const at = whole(time)
  await tx
    .insertInto('work')
    .values({ task, subject, next_check_at: at, attempt: 0, generation: 0, lease_until: 0, lease_owner: null })
    .onConflict((conflict) =>
      conflict.columns(['task', 'subject']).doUpdateSet((row) => ({
        next_check_at: at,
        attempt: 0,
        generation: row('work.generation', '+', 1),
      })),
    )
    .execute()
}

/** Schedules work at the given time at the latest: waiting work that is due earlier keeps its time. */
export async function scheduleBy(tx: Db, task: Task, subject: string, time: number): Promise<void> {
  const at = whole(time)
  await tx
    .insertInto('work')
    .values({ task, subject, next_check_at: at, attempt: 0, generation: 0, lease_until: 0, lease_owner: null })
    .onConflict((conflict) =>
      conflict.columns(['task', 'subject']).doUpdateSet((row) => ({
        next_check_at: row
          .case()
          .when(row.and([row('work.lease_until', '=', 0), row('work.next_check_at', '<', at)]))
          .then(row.ref('work.next_check_at'))
          .else(at)
          .end(),
        attempt: 0,
        generation: row('work.generation', '+', 1),
      })),
    )
    .execute()
}

/** Schedules work unless it is scheduled or in progress already: that keeps its time. */
export async function scheduleOnce(tx: Db, task: Task, subject: string, time: number): Promise<void> {
  const at = whole(time)
  await tx
    .insertInto('work')
    .values({ task, subject, next_check_at: at, attempt: 0, generation: 0, lease_until: 0, lease_owner: null })
    .onConflict((conflict) => conflict.columns(['task', 'subject']).doNothing())
    .execute()
}

export async function unschedule(tx: Db, task: Task, subject: string): Promise<void> {
  await tx.deleteFrom('work').where('task', '=', task).where('subject', '=', subject).execute()
}

export interface ClaimOptions {
  /** Identifies the process in the lease. */
  owner: string
  /** Milliseconds since 1970: work due by then is claimed. */
  now: number
  /** Milliseconds after which other workers may claim the work. */
  lease: number
  limit: number
  /** Only these, as far as they are due. Default: those that are due first. */
  subjects?: readonly string[]
}

/**
 * Claims up to `limit` due rows without a lease. In one statement, so that two workers never claim the same row; the
 * rows of a worker that dies become free when its lease ends.
 */
export async function claimDue(store: Store, task: Task, options: ClaimOptions): Promise<Claim[]> {
  const { owner, now, lease, limit, subjects } = options
  const clock = databaseNow(store.engine)
  let due = store.db
    .selectFrom('work')
    .select('subject')
    .where('task', '=', task)
    .where('next_check_at', '<=', now)
    .where('lease_until', '<=', clock)
    .orderBy('next_check_at')
    .limit(limit)
  if (subjects) due = due.where('subject', 'in', subjects)
  if (store.engine === 'postgres') due = due.forUpdate().skipLocked()
  const token = `${owner} ${randomUUID()}`
  // As a CTE: a subquery with LIMIT may be run more than once by PostgreSQL's planner and then take too many.
  const rows = await store.db
    .with('due', () => due)
    .updateTable('work')
    .set({ lease_until: sql`${clock} + ${sql.lit(Math.ceil(lease))}`, lease_owner: token })
    .where('task', '=', task)
    .where('subject', 'in', (select) => select.selectFrom('due').select('due.subject'))
    .returning(['subject', 'attempt', 'generation'])
    .execute()
  return rows.map((row) => ({ task, ...row, token }))
}

/** A domain whose verification is due. */
export interface DueDomain {
  subject: string
  /** The user whose domain it is. */
  tenant: number
  address: string
}

/** The domains whose verification is due and not claimed, those that have waited longest first. */
export async function dueDomains(
  store: Store,
  options: { now: number; limit: number; exceptTenants: readonly number[] },
): Promise<DueDomain[]> {
  const domainId =
    store.engine === 'postgres' ? sql<number>`work.subject::integer` : sql<number>`cast(work.subject as integer)`
  let query = store.db
    .selectFrom('work')
    .innerJoin('domains', (join) => join.on('domains.id', '=', domainId))
    .select(['work.subject', 'domains.user_id as tenant', 'domains.address'])
    .where('work.task', '=', 'verify')
    .where('work.next_check_at', '<=', options.now)
    .where('work.lease_until', '<=', databaseNow(store.engine))
    .orderBy('work.next_check_at')
    .limit(options.limit)
  if (options.exceptTenants.length > 0) query = query.where('domains.user_id', 'not in', options.exceptTenants)
  return query.execute()
}

/**
 * Renews a lease, before every write outside the database.
 *
 * @throws {LeaseLostError} when the lease has ended or the work has been unscheduled
 */
export async function renewLease(store: Store, claim: Claim, lease: number): Promise<void> {
  const clock = databaseNow(store.engine)
  const { numUpdatedRows } = await store.db
    .updateTable('work')
    .set({ lease_until: sql`${clock} + ${sql.lit(Math.ceil(lease))}` })
    .where('task', '=', claim.task)
    .where('subject', '=', claim.subject)
    .where('lease_owner', '=', claim.token)
    .where('lease_until', '>', clock)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new LeaseLostError(claim)
}

/**
 * Ends a claim. With `at` null the work is done and the row is deleted. When the work was scheduled again in the
 * meantime, the row stays due and only the lease ends. False, with nothing changed, when another worker has claimed the
 * work since.
 */
export async function settle(db: Db, claim: Claim, next: { at: number | null; attempt: number }): Promise<boolean> {
  const { task, subject, token, generation } = claim
  const free = { lease_until: 0, lease_owner: null }
  const settled =
    next.at === null
      ? await db
          .deleteFrom('work')
          .where('task', '=', task)
          .where('subject', '=', subject)
          .where('lease_owner', '=', token)
          .where('generation', '=', generation)
          .executeTakeFirst()
          .then(({ numDeletedRows }) => numDeletedRows)
      : await db
          .updateTable('work')
          .set({ ...free, next_check_at: whole(next.at), attempt: next.attempt })
          .where('task', '=', task)
          .where('subject', '=', subject)
          .where('lease_owner', '=', token)
          .where('generation', '=', generation)
          .executeTakeFirst()
          .then(({ numUpdatedRows }) => numUpdatedRows)
  if (settled > 0n) return true
  const { numUpdatedRows } = await db
    .updateTable('work')
    .set(free)
    .where('task', '=', task)
    .where('subject', '=', subject)
    .where('lease_owner', '=', token)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** When the next row without a lease is due. Undefined when there is none. Leases that end are found by polling. */
export async function nextDue(db: Db, task: Task): Promise<number | undefined> {
  const row = await db
    .selectFrom('work')
    .select((select) => select.fn.min('next_check_at').as('at'))
    .where('task', '=', task)
    .where('lease_owner', 'is', null)
    .executeTakeFirst()
  return row?.at ?? undefined
}
