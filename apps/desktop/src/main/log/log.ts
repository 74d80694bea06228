import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Redactor } from '@dmarc-as-code/primitives'

const maximumBytes = 512 * 1024

/** A small log file for error reports. Two files at most; secrets are taken out before anything is written. */
export class Log {
  readonly path: string
  readonly #redactor: Redactor
  readonly #now: () => number

  constructor(path: string, redactor: Redactor, now: () => number) {
    this.path = path
    this.#redactor = redactor
    this.#now = now
    mkdirSync(dirname(path), { recursive: true })
  }

  write(message: string, error?: unknown): void {
    const detail = error === undefined ? '' : ` ${chain(error)}`
    const line = `${new Date(this.#now()).toISOString()} ${this.#redactor.text(message + detail).replaceAll('\n', ' ')}\n`
    try {
      if ((statSync(this.path, { throwIfNoEntry: false })?.size ?? 0) > maximumBytes)
        renameSync(this.path, `${this.path}.1`)
      appendFileSync(this.path, line, { mode: 0o600 })
    } catch {
      // A full or read-only disk must not take the app down with its log.
    }
  }
}

/** An error and what caused it, names and messages only. */
function chain(error: unknown): string {
  const parts: string[] = []
  for (let current = error; current !== undefined && parts.length < 5; ) {
    parts.push(current instanceof Error ? `${current.name}: ${current.message}` : String(current))
    current = current instanceof Error ? current.cause : undefined
  }
  return parts.join(' <- ')
}
