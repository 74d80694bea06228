import type { Sleep } from './http.ts'

/** Requests a second after the first refusal: less than the least that Route 53 gives an account nowadays (10). */
const firstRate = 7
const slowest = 0.5

/**
 * The pace of all requests of one account. Nothing waits until the service refuses one for coming too fast; from then on
 * they take turns, more slowly after each refusal and faster with every second without one.
 */
export class Pace {
  readonly #sleep: Sleep
  readonly #clock: () => number
  /** Requests a second. */
  #rate = Number.POSITIVE_INFINITY
  #next = Number.NEGATIVE_INFINITY
  #refusedAt = Number.NEGATIVE_INFINITY

  constructor(sleep: Sleep, clock: () => number) {
    this.#sleep = sleep
    this.#clock = clock
  }

  /** Waits for a turn. */
  async turn(signal: AbortSignal | undefined): Promise<void> {
    if (this.#rate === Number.POSITIVE_INFINITY) return
    const now = this.#clock()
    this.#next = Math.max(this.#next, now) + 1000 / this.#rate
    await this.#sleep(this.#next - now, signal)
  }

  /** A request got through. */
  passed(): void {
    // Half a request a second more with every second.
    this.#rate += 0.5 / this.#rate
  }

  /** A request was refused for coming too fast. Those refused within the same second are one sign, not many. */
  refused(): void {
    const now = this.#clock()
    if (now - this.#refusedAt < 1000) return
    this.#refusedAt = now
    this.#rate = this.#rate === Number.POSITIVE_INFINITY ? firstRate : Math.max(slowest, this.#rate * 0.7)
  }
}
