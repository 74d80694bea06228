import { closeSync, fsyncSync, ftruncateSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { domainStates, type HistoryEntry } from '../../shared/model.ts'
import { reportAlertKinds } from '../../shared/report-alert.ts'
import { readFileIfThere, writeFileAtomically } from '../files/atomic-file.ts'

const entrySchema = z.object({
  at: z.string(),
  domain: z.string(),
  from: z.enum(domainStates).nullable(),
  to: z.enum(domainStates),
  because: z.string().optional(),
  alert: z.object({ kind: z.enum(reportAlertKinds), names: z.array(z.string()) }).optional(),
})

interface HistoryLimits {
  /** Newest entries kept per domain when the file is rewritten. */
  readonly perDomain: number
  /** Lines after which the file is rewritten. */
  readonly lines: number
}

const defaults: HistoryLimits = { perDomain: 200, lines: 20_000 }

/**
 * The changes of state of every domain, one JSON line each, in one file that is only appended to. An append is flushed
 * before it counts, so kill -9 loses nothing that was shown; a line cut short by a crash is dropped on the next start.
 * A database would need a native module and gain nothing at this size.
 */
export class HistoryStore {
  readonly #path: string
  readonly #limits: HistoryLimits
  readonly #byDomain = new Map<string, HistoryEntry[]>()
  #lines = 0
  #rewriteAfter: number
  #file: number

  constructor(path: string, limits: HistoryLimits = defaults) {
    this.#path = path
    this.#limits = limits
    this.#rewriteAfter = limits.lines
    mkdirSync(dirname(path), { recursive: true })
    const complete = this.#read(readFileIfThere(path) ?? '')
    this.#file = openSync(path, 'a', 0o600)
    ftruncateSync(this.#file, complete)
  }

  append(entries: readonly HistoryEntry[]): void {
    if (entries.length === 0) return
    writeSync(this.#file, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''))
    fsyncSync(this.#file)
    for (const entry of entries) this.#remember(entry)
    if (this.#lines > this.#rewriteAfter) this.#compact()
  }

  /** Oldest first. */
  of(domain: string): readonly HistoryEntry[] {
    return this.#byDomain.get(domain) ?? []
  }

  /** Of all domains, newest first. */
  latest(count: number): readonly HistoryEntry[] {
    return [...this.#byDomain.values()]
      .flatMap((entries) => entries.slice(-count))
      .sort((a, b) => b.at.localeCompare(a.at))
      .slice(0, count)
  }

  /** The state each domain had at the last entry. */
  lastStates(): Map<string, HistoryEntry> {
    return new Map(
      [...this.#byDomain].flatMap(([domain, entries]) => entries.slice(-1).map((entry) => [domain, entry])),
    )
  }

  close(): void {
    closeSync(this.#file)
  }

  /** Returns how many bytes of the file are complete lines. A line that is not an entry is skipped, not fatal. */
  #read(text: string): number {
    const end = text.lastIndexOf('\n') + 1
    for (const line of text.slice(0, end).split('\n')) {
      const entry = parse(line)
      if (entry) this.#remember(entry)
    }
    return Buffer.byteLength(text.slice(0, end))
  }

  #remember(entry: HistoryEntry): void {
    const entries = this.#byDomain.get(entry.domain)
    if (entries) entries.push(entry)
    else this.#byDomain.set(entry.domain, [entry])
    this.#lines++
  }

  #compact(): void {
    for (const [domain, entries] of this.#byDomain) this.#byDomain.set(domain, entries.slice(-this.#limits.perDomain))
    const kept = [...this.#byDomain.values()].flat().sort((a, b) => a.at.localeCompare(b.at))
    closeSync(this.#file)
    writeFileAtomically(this.#path, kept.map((entry) => `${JSON.stringify(entry)}\n`).join(''))
    this.#file = openSync(this.#path, 'a', 0o600)
    this.#lines = kept.length
    // Many domains keep more than the limit between them; without room to grow, every line would rewrite the file.
    this.#rewriteAfter = Math.max(this.#limits.lines, 2 * kept.length)
  }
}

function parse(line: string): HistoryEntry | undefined {
  if (line === '') return undefined
  try {
    const { because, alert, ...entry } = entrySchema.parse(JSON.parse(line))
    return { ...entry, ...(because === undefined ? {} : { because }), ...(alert ? { alert } : {}) }
  } catch {
    return undefined
  }
}
