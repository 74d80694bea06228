import { untilAborted } from '@dmarc-as-code/primitives'
import type { FastifyBaseLogger } from 'fastify'
import type { Store } from '../store/open-store.ts'
import { isConflict } from '../store/retry.ts'
import { type Claim, claimDue, nextDue, renewLease, scheduleBy, settle, type Task } from '../store/work.ts'

/** When the work is due next; `at` is null when it is done. */
export interface Next {
  at: number | null
  attempt: number
}

/** Work in progress. */
export interface Work extends Claim {
  /** Aborts when the worker stops, and before the lease ends. */
  signal: AbortSignal
  /**
   * Renews the lease. To be called before every write outside the database, so that a worker that was suspended beyond
   * its lease does not write what is out of date.
   *
   * @throws {LeaseLostError} when another worker may have claimed the work
   */
  renew: () => Promise<void>
}

export interface WorkerOptions {
  store: Store
  task: Task
  /** Identifies this process in the lease. */
  owner: string
  now: () => number
  random: () => number
  /** Maximum number of items worked on at the same time. */
  concurrency: number
  /** Milliseconds an item may take before another worker may claim it. It is aborted after three quarters of them. */
  lease: number
  /** Milliseconds between two polls for work scheduled by other processes. Default 2000. */
  poll?: number
  /** Chooses the work for free slots. Default: what is due first. */
  choose?: ChooseWork
  perform: (work: Work) => Promise<Next>
  log: FastifyBaseLogger
}

/** What to claim for free slots, beside what is in progress. */
export type ChooseWork = (
  free: number,
  running: ReadonlySet<string>,
) => Promise<{
  subjects: readonly string[]
  /** Work is due that may not have a free slot now. */
  heldBack: boolean
}>

export interface Worker {
  /** Polls for due work at once. */
  wake: () => void
  /** Stops claiming, aborts work in progress, and waits for it. */
  stop: () => Promise<void>
}

/**
 * Claims due work into free slots, performs it and schedules it again, until stopped. A slow item occupies its slot and
 * nothing else. Failed work is retried with increasing delay.
 */
export function startWorker(options: WorkerOptions): Worker {
  const { store, task, owner, now, lease, concurrency, poll = 2000, log } = options
  const stopping = new AbortController()
  const running = new Map<string, Promise<void>>()
  let awake: (() => void) | undefined
  let woken = false

  function wake(): void {
    woken = true
    awake?.()
  }

  /** Until woken, by a caller or by a slot that becomes free. */
  const pause = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds)
      awake = () => {
        clearTimeout(timer)
        resolve()
      }
      if (woken || stopping.signal.aborted) awake()
    })

  /** Fills the free slots. Returns the milliseconds until there may be more work. */
  async function fill(): Promise<number> {
    const free = concurrency - running.size
    if (free === 0) return poll
    // Measured from before the claim, so that it never ends later than the database sees it.
    const claimedAt = performance.now()
    const chosen = await options.choose?.(free, new Set(running.keys()))
    const wanted = chosen ? { subjects: chosen.subjects, limit: chosen.subjects.length } : { limit: free }
    const claims = wanted.limit > 0 ? await claimDue(store, task, { owner, now: now(), lease, ...wanted }) : []
    for (const claim of claims) {
      const item = perform(claim, claimedAt, options, stopping.signal).finally(() => {
        if (running.get(claim.subject) === item) running.delete(claim.subject)
        wake()
      })
      running.set(claim.subject, item)
    }
    if (claims.length === free) return poll
    if (chosen?.heldBack) return Math.min(poll, 1000)
    const due = await nextDue(store.db, task)
    return Math.min(poll, Math.max(20, (due ?? Number.POSITIVE_INFINITY) - now()))
  }

  const done = (async () => {
    while (!stopping.signal.aborted) {
      woken = false
      const pauseFor = await fill().catch((error) => {
        log.error({ err: error, task }, 'could not claim work from the store')
        return poll
      })
      await pause(pauseFor)
    }
    await Promise.all(running.values())
  })()

  return {
    wake,
    async stop() {
      stopping.abort()
      awake?.()
      await done
    },
  }
}

async function perform(claim: Claim, claimedAt: number, options: WorkerOptions, stop: AbortSignal): Promise<void> {
  const { store, now, log, lease } = options
  const { task, subject } = claim
  const deadline = AbortSignal.timeout(Math.max(0, Math.floor(claimedAt + 0.75 * lease - performance.now())))
  const signal = AbortSignal.any([stop, deadline])
  const renew = async () => {
    signal.throwIfAborted()
    await renewLease(store, claim, lease)
  }
  // A write that was under way at the deadline may still take effect, and replace a newer one: compare once more.
  const repeatAfter = async (running: Promise<unknown>) => {
    await running.catch(() => {})
    if (!stop.aborted)
      await scheduleBy(store.db, task, subject, now()).catch((error) =>
        log.error({ err: error, task, subject }, 'could not schedule work'),
      )
  }
  let next: Next
  try {
    const running = options.perform({ ...claim, signal, renew })
    // Work that ignores the signal loses its slot at the deadline.
    next = await untilAborted(running, deadline).catch((error) => {
      if (deadline.aborted) void repeatAfter(running)
      throw error
    })
  } catch (error) {
    if (!stop.aborted) {
      // Somebody's change came in between: nothing for an operator to look into.
      const level = isConflict(error) ? 'info' : 'error'
      log[level]({ err: error, task, subject }, 'background work failed; it is retried')
    }
    next = { at: now() + backoff(claim.attempt, options.random()), attempt: claim.attempt + 1 }
  }
  try {
    if (await settle(store.db, claim, next)) return
    // Another worker may have done the work meanwhile, and ours may have written over it: compare once more.
    await scheduleBy(store.db, task, subject, now())
  } catch (error) {
    log.error({ err: error, task, subject }, 'could not settle work in the store; it is repeated when its lease ends')
  }
}

/** 1 s, 2 s, 4 s, ... up to 5 minutes, reduced at random by up to half, in whole milliseconds. */
export const backoff = (attempt: number, random: number): number =>
  Math.round(Math.min(300_000, 1000 * 2 ** Math.min(attempt, 10)) * (1 - random / 2))
