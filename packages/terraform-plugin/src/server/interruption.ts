/**
 * Ends the calls of a connection early: all of them, when Terraform is interrupted or gone. A list of what runs, and not
 * signals combined by `AbortSignal.any`: thousands of those cost more than the calls themselves.
 */
export class Interruption {
  readonly #running = new Set<AbortController>()
  #reason: Error | undefined

  /** Runs a call, which `stop` aborts. */
  async run<T>(abort: AbortController, call: () => Promise<T>): Promise<T> {
    this.#begin(abort)
    try {
      return await call()
    } finally {
      this.#running.delete(abort)
    }
  }

  /** The same for a call that answers with a stream. */
  async *stream<T>(abort: AbortController, events: AsyncIterable<T>): AsyncIterable<T> {
    this.#begin(abort)
    try {
      yield* events
    } finally {
      this.#running.delete(abort)
    }
  }

  /** Aborts what is running and what is still to come. */
  stop(reason: Error): void {
    this.#reason ??= reason
    for (const abort of this.#running) abort.abort(this.#reason)
  }

  #begin(abort: AbortController): void {
    if (this.#reason) abort.abort(this.#reason)
    this.#running.add(abort)
  }
}
