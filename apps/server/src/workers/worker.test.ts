import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLogger } from '../config/logger.ts'
import { openStore, type Store } from '../store/open-store.ts'
import { type Claim, schedule } from '../store/work.ts'
import { type Next, retryDelay, startWorker, type Worker } from './worker.ts'

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

function start(perform: (claim: Claim, signal: AbortSignal) => Promise<Next>, poll = 60_000): void {
  worker = startWorker({
    store,
    task: 'verify',
    owner: 'me',
    now: Date.now,
    random: () => 0,
    concurrency: 4,
    lease: 60_000,
    poll,
    perform,
    log: createLogger('error', (line) => lines.push(line)),
  })
}

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
    expect([0, 1, 2, 20].map((attempt) => retryDelay(attempt, 0))).toEqual([1000, 2000, 4000, 300_000])
    expect(retryDelay(0, 1)).toBe(500)
  })

  it('aborts work in progress when it stops, and waits for it', async () => {
    let stopped = false
    await schedule(store.db, 'verify', 'a', Date.now())
    const started = new Promise<void>((resolve) => {
      start((_claim, signal) => {
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
})
