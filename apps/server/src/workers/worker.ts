import type { FastifyBaseLogger } from 'fastify'
import type { Store } from '../store/open-store.ts'
import { type Claim, claimDue, nextDue, settle, type Task } from '../store/work.ts'

/** When to look at a piece of work again; `at` null: it is done. */
export interface Next {
  at: number | null
  attempt: number
}

export interface WorkerOptions {
  store: Store
  task: Task
  /** Names this process in the lease. */
  owner: string
  now: () => number
  random: () => number
  /** Pieces of work at the same time. */
  concurrency: number
  /** Milliseconds a piece may take before another worker takes it over. */
  lease: number
  /** Milliseconds between two looks for work of other processes. Default 2000. */
  poll?: number
  perform: (claim: Claim, signal: AbortSignal) => Promise<Next>
  log: FastifyBaseLogger
}

export interface Worker {
  /** There is something to do: do not wait for the next round. */
  wake: () => void
  /** Stops claiming, tells work under way to stop, and waits for it. */
  stop: () => Promise<void>
}

/** Claims due work, performs it, writes when it is due next; forever. Failed work comes back later and later. */
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

/** One round of work. Answers for how long there is nothing to do. */
async function round(options: WorkerOptions, signal: AbortSignal): Promise<number> {
  const { store, task, owner, now, lease, concurrency, poll = 2000, log } = options
  try {
    const claims = await claimDue(store, task, { owner, now: now(), lease, limit: concurrency })
    await Promise.all(claims.map((claim) => carryOut(claim, options, signal)))
    if (claims.length > 0) return 0
    const due = await nextDue(store.db, task)
    return Math.min(poll, Math.max(20, (due ?? Number.POSITIVE_INFINITY) - now()))
  } catch (error) {
    log.error({ err: error, task }, 'the store did not answer the worker')
    return poll
  }
}

async function carryOut(claim: Claim, options: WorkerOptions, signal: AbortSignal): Promise<void> {
  const { store, now, log, perform } = options
  let next: Next
  try {
    next = await perform(claim, signal)
  } catch (error) {
    if (!signal.aborted) log.error({ err: error, task: claim.task, subject: claim.subject }, 'the work failed')
    next = { at: now() + retryDelay(claim.attempt, options.random()), attempt: claim.attempt + 1 }
  }
  await settle(store.db, claim, next)
}

/** 1 s, 2 s, 4 s, ... up to 5 minutes, with up to half of it taken off at random, in milliseconds. */
export const retryDelay = (attempt: number, random: number): number =>
  Math.min(300_000, 1000 * 2 ** Math.min(attempt, 10)) * (1 - random / 2)
