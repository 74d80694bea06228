/** How long a failure stands for everybody who asks. */
const FAILURE_STANDS_MS = 10_000

/**
 * One answer for all who ask, until it is forgotten. A failure stands for a while: a thousand resources would otherwise
 * meet it one after the other, each with its retries, and a plan without a server would take minutes to say so.
 */
export class SharedAnswer<T> {
  #answer: Promise<T> | undefined

  get(ask: () => Promise<T>): Promise<T> {
    if (this.#answer) return this.#answer
    const answer = ask()
    this.#answer = answer
    answer.catch(() => {
      const forget = () => {
        if (this.#answer === answer) this.#answer = undefined
      }
      setTimeout(forget, FAILURE_STANDS_MS).unref()
    })
    return answer
  }

  forget(): void {
    this.#answer = undefined
  }
}
