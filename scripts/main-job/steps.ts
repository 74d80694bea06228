import { styleText } from 'node:util'

/**
 * Shows numbered steps with what happens inside them. On a terminal the running step's last line is redrawn; elsewhere
 * each line of progress is printed once, so that a log stays readable.
 */
export class Steps {
  #count = 0
  readonly #out: NodeJS.WritableStream & { isTTY?: boolean }
  readonly #now: () => number

  constructor(
    out: NodeJS.WritableStream & { isTTY?: boolean } = process.stdout,
    now: () => number = () => performance.now(),
  ) {
    this.#out = out
    this.#now = now
  }

  /** Runs one step and returns what `work` returns. On failure, marks the step and rethrows the error. */
  async run<T>(title: string, work: (progress: (line: string) => void) => Promise<T>): Promise<T> {
    this.#count++
    const from = this.#now()
    const label = `${String(this.#count).padStart(2)}  ${title}`
    this.#out.write(`${styleText('bold', label)}\n`)
    let last = ''
    const progress = (line: string) => {
      if (line === last) return
      last = line
      this.#out.write(`      ${styleText('dim', line)}\n`)
    }
    try {
      const answer = await work(progress)
      this.#out.write(`    ${styleText('green', 'done')} ${this.#seconds(from)}\n`)
      return answer
    } catch (error) {
      this.#out.write(`    ${styleText('red', 'failed')} ${this.#seconds(from)}\n`)
      throw error
    }
  }

  #seconds(from: number): string {
    return styleText('dim', `${((this.#now() - from) / 1000).toFixed(1)} s`)
  }
}
