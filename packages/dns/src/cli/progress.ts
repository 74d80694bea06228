import type { Io } from './io.ts'

/** Counts on standard error: drawn over itself on a terminal, a line every tenth elsewhere. Silent for short runs. */
export function startProgress(io: Io, total: number, what: string): { step(): void; end(): void } {
  if (total < 20) return { step() {}, end() {} }
  let done = 0
  const every = io.terminal ? Math.max(1, Math.floor(total / 200)) : Math.ceil(total / 10)
  return {
    step() {
      done++
      if (done % every !== 0 && done !== total) return
      const text = `${done} of ${total} ${what}`
      io.err(io.terminal ? `\r\x1b[K${text}` : `${text}\n`)
    },
    end() {
      if (io.terminal) io.err('\r\x1b[K')
    },
  }
}
