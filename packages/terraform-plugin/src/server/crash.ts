import { AsyncLocalStorage } from 'node:async_hooks'
import { messageOf } from '../error-text.ts'

/** Given to what was running when the provider crashed. */
export class CrashError extends Error {
  /** Whether this call's own code threw. */
  readonly culprit: boolean

  constructor(error: unknown, culprit: boolean) {
    super(messageOf(error), { cause: error })
    this.name = 'CrashError'
    this.culprit = culprit
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

  run<T>(run: () => T | Promise<T>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    const attempt: Attempt = { fail: reject }
    this.#running.add(attempt)
    this.#current.run(attempt, async () => run()).then(resolve, reject)
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
