import type { Db, Store } from './open-store.ts'

/** `publish` writes a hosting's records to the zone, `verify` checks a domain's records, `sweep` cleans up. */
export type Task = 'publish' | 'verify' | 'sweep'

/** Work that one worker has claimed until its lease ends. */
export interface Claim {
  task: Task
  /** The hosting's key (`shared` for records of no single domain), the domain's id as text, or `all`. */
  subject: string
  attempt: number
  generation: number
}

/** Schedules work. Waiting work moves to the given time; work in progress is repeated. */
export async function schedule(tx: Db, task: Task, subject: string, at: number): Promise<void> {
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
export async function scheduleBy(tx: Db, task: Task, subject: string, at: number): Promise<void> {
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

export async function unschedule(tx: Db, task: Task, subject: string): Promise<void> {
  await tx.deleteFrom('work').where('task', '=', task).where('subject', '=', subject).execute()
}

export interface ClaimOptions {
  owner: string
  now: number
  /** Milliseconds after which other workers may claim the work. */
  lease: number
  limit: number
}

/**
 * Claims up to `limit` due rows without a lease. In one statement, so that two workers never claim the same row; the
 * rows of a worker that dies become free when its lease ends.
 */
export async function claimDue(store: Store, task: Task, options: ClaimOptions): Promise<Claim[]> {
  const { owner, now, lease, limit } = options
  let due = store.db
    .selectFrom('work')
    .select('subject')
    .where('task', '=', task)
    .where('next_check_at', '<=', now)
    .where('lease_until', '<=', now)
    .orderBy('next_check_at')
    .limit(limit)
  if (store.engine === 'postgres') due = due.forUpdate().skipLocked()
  // As a CTE: a subquery with LIMIT may be run more than once by PostgreSQL's planner and then take too many.
  const rows = await store.db
    .with('due', () => due)
    .updateTable('work')
    .set({ lease_until: now + lease, lease_owner: owner })
    .where('task', '=', task)
    .where('subject', 'in', (select) => select.selectFrom('due').select('due.subject'))
    .returning(['subject', 'attempt', 'generation'])
    .execute()
  return rows.map((row) => ({ task, ...row }))
}

/**
 * Ends a claim. With `at` null the work is done and the row is deleted. When the work was scheduled again in the
 * meantime, the row stays due and only the lease ends.
 */
export async function settle(db: Db, claim: Claim, next: { at: number | null; attempt: number }): Promise<void> {
  const free = { lease_until: 0, lease_owner: null }
  if (next.at === null) {
    await db
      .deleteFrom('work')
      .where('task', '=', claim.task)
      .where('subject', '=', claim.subject)
      .where('generation', '=', claim.generation)
      .execute()
  } else {
    await db
      .updateTable('work')
      .set({ ...free, next_check_at: next.at, attempt: next.attempt })
      .where('task', '=', claim.task)
      .where('subject', '=', claim.subject)
      .where('generation', '=', claim.generation)
      .execute()
  }
  await db
    .updateTable('work')
    .set(free)
    .where('task', '=', claim.task)
    .where('subject', '=', claim.subject)
    .where('generation', '>', claim.generation)
    .execute()
}

/** When the next row can be claimed: when it is due or its lease ends. Undefined when there is none. */
export async function nextDue(db: Db, task: Task): Promise<number | undefined> {
  const row = await db
    .selectFrom('work')
    .select((select) => {
      const claimable = select
        .case()
        .when('lease_until', '>', select.ref('next_check_at'))
        .then(select.ref('lease_until'))
        .else(select.ref('next_check_at'))
        .end()
      return select.fn.min(claimable).as('at')
    })
    .where('task', '=', task)
    .executeTakeFirst()
  return row?.at ?? undefined
}
