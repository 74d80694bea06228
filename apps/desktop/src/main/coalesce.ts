/** Runs a task once for any number of calls in the same moment: soon, but not for each of them. */
export class Coalescer {
  readonly #task: () => void
  #waiting = false

  constructor(task: () => void) {
    this.#task = task
  }

  soon(): void {
    if (this.#waiting) return
    this.#waiting = true
    setImmediate(() => {
      this.#waiting = false
      this.#task()
    })
  }
}
