import { defaultLimits, type ReportLimits } from '../limits.ts'
import { ReportFault } from '../outcome.ts'

/** What one input may still cost, shared by everything that is unpacked from it. Going over throws a `ReportFault`. */
export class Budget {
  readonly limits: ReportLimits
  readonly #clock: () => number
  readonly #deadline: number
  readonly #signal: AbortSignal | undefined
  #unpacked = 0
  #members = 0

  /** `clock` returns milliseconds; only differences matter. */
  constructor(limits: Partial<ReportLimits> | undefined, clock: () => number, signal: AbortSignal | undefined) {
    this.limits = { ...defaultLimits, ...limits }
    this.#clock = clock
    this.#deadline = clock() + this.limits.milliseconds
    this.#signal = signal
  }

  /** Throws the signal's reason after an abort, `took-too-long` after the deadline. */
  check(): void {
    this.#signal?.throwIfAborted()
    if (this.#clock() > this.#deadline) throw new ReportFault('took-too-long', `${this.limits.milliseconds} ms`)
  }

  packed(bytes: number): void {
    if (bytes > this.limits.packedBytes) throw new ReportFault('packed-too-large', `${bytes} bytes`)
  }

  unpacked(bytes: number): void {
    this.#unpacked += bytes
    if (this.#unpacked > this.limits.unpackedBytes) {
      throw new ReportFault('unpacked-too-large', `more than ${this.limits.unpackedBytes} bytes`)
    }
    this.check()
  }

  member(): void {
    this.#members += 1
    if (this.#members > this.limits.members) {
      throw new ReportFault('too-many-members', `more than ${this.limits.members}`)
    }
  }
}
