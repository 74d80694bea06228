import type { Clock } from '../clock.ts'

/** A clock that moves only when a test moves it. Starts at 2026-01-01T00:00:00Z. */
export class FakeClock implements Clock {
  /** The sleeps that were begun, in milliseconds, in order. */
  readonly slept: number[] = []
  #now: number
  #timers = new Set<{ due: number; ring(): void }>()

  constructor(start: number = Date.UTC(2026, 0, 1)) {
    this.#now = start
  }

  now(): number {
    return this.#now
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      this.slept.push(ms)
      const onAbort = () => {
        this.#timers.delete(timer)
        reject(signal?.reason)
      }
      const timer = {
        due: this.#now + Math.max(0, ms),
        ring: () => {
          signal?.removeEventListener('abort', onAbort)
          resolve()
        },
      }
      this.#timers.add(timer)
      signal?.addEventListener('abort', onAbort, { once: true })
    })
  }

  /** How many sleeps are under way. */
  get timers(): number {
    return this.#timers.size
  }

  /** Milliseconds until the next sleep ends, or undefined when nothing sleeps. */
  get nextIn(): number | undefined {
    const due = Math.min(...Array.from(this.#timers, (timer) => timer.due))
    return Number.isFinite(due) ? due - this.#now : undefined
  }

  /** Moves on, ends the sleeps that fall due in their order, and lets what waits for them run in between. */
  async advance(ms: number): Promise<void> {
    await settle()
    const end = this.#now + ms
    for (;;) {
      const [next] = [...this.#timers].filter((timer) => timer.due <= end).sort((a, b) => a.due - b.due)
      if (!next) break
      this.#timers.delete(next)
      this.#now = Math.max(this.#now, next.due)
      next.ring()
      await settle()
    }
    this.#now = end
  }
}

/** Lets everything run that waits for promises alone. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
}
