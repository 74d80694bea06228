/** Lines that are written at any time and read one after the other, until the writer ends. */
export class ProgressQueue implements AsyncIterable<string> {
  readonly #lines: string[] = []
  #ended = false
  #wake: (() => void) | undefined

  push(line: string): void {
    if (this.#ended) return
    this.#lines.push(line)
    this.#wake?.()
  }

  end(): void {
    this.#ended = true
    this.#wake?.()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<string> {
    for (;;) {
      for (let line = this.#lines.shift(); line !== undefined; line = this.#lines.shift()) yield line
      if (this.#ended) return
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
      this.#wake = undefined
    }
  }
}
