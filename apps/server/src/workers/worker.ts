import type { FastifyBaseLogger } from 'fastify'
import type { Store } from '../store/open-store.ts'
import { type Claim, claimDue, nextDue, settle, type Task } from '../store/work.ts'

/** When the work is due next; `at` is null when it is done. */
export interface Next {
  at: number | null
  attempt: number
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
  /** Milliseconds an item may take before another worker may claim it. */
  lease: number
  /** Milliseconds between two polls for work scheduled by other processes. Default 2000. */
  poll?: number
  perform: (claim: Claim, signal: AbortSignal) => Promise<Next>
  log: FastifyBaseLogger
}

export interface Worker {
  /** Polls for due work at once. */
  wake: () => void
  /** Stops claiming, aborts work in progress, and waits for it. */
  stop: () => Promise<void>
}

/** Claims due work, performs it and schedules it again, until stopped. Failed work is retried with increasing delay. */
export function startWorker(options: WorkerOptions): Worker {
  const stopping = new AbortController()
  let awake: (() => void) | undefined
  let woken = false
  const pause = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds)
      awake = () => {
        clearTimeout(timer)
        resolve()
      }
      if (woken || stopping.signal.aborted) awake()
    })

  const done = (async () => {
    while (!stopping.signal.aborted) {
      woken = false
      const pauseFor = await round(options, stopping.signal)
      if (pauseFor > 0) await pause(pauseFor)
    }
  })()

  return {
    wake() {
      woken = true
      awake?.()
    },
    async stop() {
      stopping.abort()
      awake?.()
      await done
    },
  }
}

/** One round of work. Returns the milliseconds until there may be more. */
async function round(options: WorkerOptions, signal: AbortSignal): Promise<number> {
  const { store, task, owner, now, lease, concurrency, poll = 2000, log } = options
  try {
    const claims = await claimDue(store, task, { owner, now: now(), lease, limit: concurrency })
    await Promise.all(claims.map((claim) => carryOut(claim, options, signal)))
    if (claims.length > 0) return 0
    const due = await nextDue(store.db, task)
    return Math.min(poll, Math.max(20, (due ?? Number.POSITIVE_INFINITY) - now()))
  } catch (error) {
    log.error({ err: error, task }, 'could not claim work from the store')
    return poll
  }
}

async function carryOut(claim: Claim, options: WorkerOptions, signal: AbortSignal): Promise<void> {
  const { store, now, log, perform } = options
  let next: Next
  try {
    next = await perform(claim, signal)
  } catch (error) {
    if (!signal.aborted)
      log.error({ err: error, task: claim.task, subject: claim.subject }, 'background work failed; it is retried')
    next = { at: now() + retryDelay(claim.attempt, options.random()), attempt: claim.attempt + 1 }
  }
  await settle(store.db, claim, next)
}

/** 1 s, 2 s, 4 s, ... up to 5 minutes, reduced at random by up to half, in milliseconds. */
export const retryDelay = (attempt: number, random: number): number =>
  Math.min(300_000, 1000 * 2 ** Math.min(attempt, 10)) * (1 - random / 2)
