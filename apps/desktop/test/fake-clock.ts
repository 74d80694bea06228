import type { Clock } from '../src/main/clock.ts'

/** A clock that only moves when told. */
export class FakeClock implements Clock {
  #now = Date.parse('2026-01-01T00:00:00Z')
  #timers: { due: number; callback: () => void }[] = []

  now(): number {
    return this.#now
  }

  after(delay: number, callback: () => void): () => void {
    const timer = { due: this.#now + delay, callback }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer)
    }
  }

  /** Milliseconds until the next timer, or undefined when none is set. */
  get nextIn(): number | undefined {
    const due = Math.min(...this.#timers.map((timer) => timer.due))
    return Number.isFinite(due) ? due - this.#now : undefined
  }

  get timers(): number {
    return this.#timers.length
  }

  /** Moves on, running what falls due, and lets promises settle in between. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds
    for (;;) {
      const next = this.#timers.filter((timer) => timer.due <= end).sort((a, b) => a.due - b.due)[0]
      if (!next) break
      this.#timers = this.#timers.filter((timer) => timer !== next)
      this.#now = Math.max(this.#now, next.due)
      next.callback()
      await settle()
    }
    this.#now = end
    await settle()
  }
}

/** Lets everything that waits on promises alone run. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
}
