import type { Io } from './io.ts'

/** Counts on standard error, drawn over itself on a terminal. Silent elsewhere, and for short runs. */
export function startProgress(io: Io, total: number, what: string): { step(): void; end(): void } {
  if (total < 20 || !io.terminal) return { step() {}, end() {} }
  let done = 0
  const every = Math.max(1, Math.floor(total / 200))
  return {
    step() {
      done++
      if (done % every !== 0 && done !== total) return
      io.err(`\r\x1b[K${done} of ${total} ${what}`)
    },
    end() {
      io.err('\r\x1b[K')
    },
  }
}
