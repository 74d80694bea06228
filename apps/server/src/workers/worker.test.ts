import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLogger } from '../config/logger.ts'
import { openStore, type Store } from '../store/open-store.ts'
import { schedule } from '../store/work.ts'
import { backoff, type Next, startWorker, type Work, type Worker } from './worker.ts'

let store: Store
let worker: Worker | undefined
let lines: string[]

beforeEach(async () => {
  store = await openStore(':memory:')
  lines = []
})
afterEach(async () => {
  await worker?.stop()
  await store.close()
})

function start(perform: (work: Work) => Promise<Next>): void {
  worker = startWorker({ ...settings(), perform })
}

const settings = () =>
  ({
    store,
    task: 'verify',
    owner: 'me',
    now: Date.now,
    random: () => 0,
    concurrency: 4,
    lease: 60_000,
    poll: 60_000,
    log: createLogger('error', (line) => lines.push(line)),
  }) as const

describe('a worker', () => {
  it('performs due work, and work it is woken for', async () => {
    const done: string[] = []
    await schedule(store.db, 'verify', 'first', Date.now())
    start(async ({ subject }) => {
      done.push(subject)
      return { at: null, attempt: 0 }
    })
    await expect.poll(() => done).toEqual(['first'])
    await schedule(store.db, 'verify', 'second', Date.now())
    worker?.wake()
    await expect.poll(() => done).toEqual(['first', 'second'])
    await expect.poll(() => store.db.selectFrom('work').selectAll().execute()).toEqual([])
  })

  it('retries failed work with increasing delay and logs the error', async () => {
    await schedule(store.db, 'verify', 'a', Date.now())
    start(() => Promise.reject(new Error('no answer')))
    await expect
      .poll(async () => (await store.db.selectFrom('work').selectAll().executeTakeFirst())?.attempt)
      .toBeGreaterThanOrEqual(1)
    expect(lines.join()).toContain('no answer')
    expect([0, 1, 2, 20].map((attempt) => backoff(attempt, 0))).toEqual([1000, 2000, 4000, 300_000])
    expect(backoff(0, 1)).toBe(500)
    expect(backoff(3, 0.123_456)).toBe(7506)
  })

  it('aborts work in progress when it stops, and waits for it', async () => {
    let stopped = false
    await schedule(store.db, 'verify', 'a', Date.now())
    const started = new Promise<void>((resolve) => {
      start(({ signal }) => {
        resolve()
        return new Promise((_done, fail) =>
          signal.addEventListener('abort', () => {
            stopped = true
            fail(signal.reason)
          }),
        )
      })
    })
    await started
    await worker?.stop()
    expect(stopped).toBe(true)
    // It counts as not done: whoever starts next does it.
    expect(await store.db.selectFrom('work').select('lease_until').execute()).toEqual([{ lease_until: 0 }])
  })

  it('goes on with other work while one item is slow', async () => {
    const done: string[] = []
    for (const subject of ['slow', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) {
      await schedule(store.db, 'verify', subject, Date.now())
    }
    start(({ subject, signal }) => {
      done.push(subject)
      if (subject !== 'slow') return Promise.resolve({ at: null, attempt: 0 })
      return new Promise((_, fail) => signal.addEventListener('abort', () => fail(signal.reason)))
    })
    await expect.poll(() => done.length).toBe(9)
  })

  it('aborts work before its lease ends, and frees the slot of work that ignores it', async () => {
    await schedule(store.db, 'verify', 'stuck', Date.now())
    let aborted = false
    const started: string[] = []
    worker = startWorker({
      ...settings(),
      concurrency: 1,
      lease: 200,
      perform: ({ subject, signal }) => {
        started.push(subject)
        if (subject === 'next') return Promise.resolve({ at: null, attempt: 0 })
        signal.addEventListener('abort', () => {
          aborted = true
        })
        return new Promise(() => {})
      },
    })
    await expect.poll(() => aborted).toBe(true)
    await schedule(store.db, 'verify', 'next', Date.now())
    worker.wake()
    await expect.poll(() => started).toContain('next')
    expect(lines.join()).toContain('it is retried')
  })

  it('repeats work whose lease was lost, because a late write may have replaced a newer one', async () => {
    await schedule(store.db, 'verify', 'a', Date.now())
    let rounds = 0
    start(async () => {
      rounds += 1
      // Another worker takes the work over and finishes it while this one is suspended.
      if (rounds === 1) await store.db.deleteFrom('work').execute()
      return { at: null, attempt: 0 }
    })
    await expect.poll(() => rounds).toBe(2)
  })
})
