import type { Db, Store } from './open-store.ts'

/** What the workers do. `publish` brings a hosting's records to the zone; `verify` looks at a domain's records; `sweep` tidies up. */
export type Task = 'publish' | 'verify' | 'sweep'

/** A piece of work one worker holds until its lease ends. */
export interface Claim {
  task: Task
  /** The hosting's key (`shared` for the records of no single domain), the domain's id as text, or `all`. */
  subject: string
  attempt: number
  generation: number
}

/** Asks for work at a time. Work that is waiting moves to that time; work under way is done once more. */
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

/** Asks for work at a time at the latest: work that waits for an earlier time keeps it. */
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
  /** Milliseconds after which others may take the work over. */
  lease: number
  limit: number
}

/**
 * Takes up to `limit` due rows that nobody holds. One statement: two workers never take the same row, and a worker that
 * dies loses its rows when the lease ends and nothing else.
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
 * Ends a claim. `nextCheckAt` null: nothing is left to do and the row goes. When somebody asked for the work again while
 * it was under way, the row stays due and only the lease ends.
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

/** When the next row can be claimed: when it falls due, or when its lease ends. Undefined when nothing waits. */
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
