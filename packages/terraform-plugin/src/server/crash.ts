import { AsyncLocalStorage } from 'node:async_hooks'
import { setImmediate as macrotask } from 'node:timers/promises'
import { messageOf } from '../error-text.ts'

/** Given to what was running when the provider crashed. */
export class CrashError extends Error {
  /** Whether this call's own code threw. */
  readonly culprit: boolean
  /** Whether the call had begun by then. */
  readonly begun: boolean

  constructor(error: unknown, culprit: boolean, begun = true) {
    super(messageOf(error), { cause: error })
    this.name = 'CrashError'
    this.culprit = culprit
    this.begun = begun
  }
}

interface Attempt {
  fail(error: CrashError): void
}

/**
 * The functions of the author that run in this process. An error thrown where nothing waits for it belongs to none of their
 * promises: this ends the function it came from, and at last all others, so that each call is still answered.
 */
class Attempts {
  readonly #current = new AsyncLocalStorage<Attempt>()
  readonly #running = new Set<Attempt>()
  #refusal: CrashError | undefined

  /** What calls are answered with that come after a crash. */
  get refusal(): CrashError | undefined {
    return this.#refusal
  }

  /** Refuses what has not begun yet, since the process ends. */
  refuse(error: unknown): void {
    this.#refusal ??= new CrashError(error, false, false)
  }

  /**
   * Runs a function of the author. What it left behind, such as a rejection that nobody waits for, throws only after it has
   * returned: the loop turns once before its value counts. `late` gets such an error, beside the value: what was made is there.
   */
  run<T>(run: () => T | Promise<T>, late: (error: CrashError) => void): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    const attempt: Attempt = { fail: reject }
    this.#running.add(attempt)
    const settle = async (value: T) => {
      attempt.fail = (error) => error.culprit && late(error)
      await macrotask()
      resolve(value)
    }
    this.#current.run(attempt, async () => run()).then(settle, reject)
    return promise.finally(() => this.#running.delete(attempt))
  }

  /** To be called by the handler of the error. Where Node does not know whose error it is, none ends. */
  failCulprit(error: unknown): void {
    this.#current.getStore()?.fail(new CrashError(error, true))
  }

  failAll(error: unknown): void {
    for (const attempt of this.#running) attempt.fail(new CrashError(error, false))
  }
}

/** Of this process: a crash is no matter of one connection. */
export const attempts = new Attempts()
