import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Journal, JournalEntry, JournalStore } from '@dmarc-as-code/dns/apply'

/** Whose journals these are: those of another workspace or root module are no proof of anything here. */
export interface JournalScope {
  readonly workspace: string
  /** The root module. */
  readonly folder: string
}

/**
 * The engine's journals on disk, one file for each resource, from before the first change until Terraform has the result. What
 * a killed run replaced is found here by the next one, as far as it works for the same workspace on the same DNS service
 * (`target`).
 */
export class FileJournals {
  readonly #folder: string
  readonly #scope: JournalScope
  /** Files of this very process belong to resources that are being worked on. */
  readonly #own = new Set<string>()
  /** Files whose resource is done: Terraform gets the result. */
  readonly #finished = new Set<string>()
  #present: Promise<Set<string>> | undefined

  constructor(folder: string, scope: JournalScope) {
    this.#folder = folder
    this.#scope = scope
  }

  /** What runs that died have noted about these names, by name. */
  async recover(target: string, names: readonly string[]): Promise<Map<string, JournalEntry>> {
    const found = new Map<string, JournalEntry>()
    for (const file of await this.#ofDeadRuns(target)) {
      const journal = await this.#read(file)
      for (const entry of journal?.entries ?? []) if (names.includes(entry.name)) found.set(entry.name, entry)
    }
    return found
  }

  /** Where the engine keeps the journals of one resource. Only the newest counts; `kept` are entries from before it. */
  store(target: string, resource: string, kept: readonly JournalEntry[]): JournalStore {
    const journals = new Map<string, Journal>()
    return {
      save: async (journal) => {
        journals.set(journal.id, journal)
        const names = new Set(journal.entries.map(({ name }) => name))
        const entries = [...kept.filter(({ name }) => !names.has(name)), ...journal.entries]
        await this.#write(this.#fileOf(target, resource), { ...journal, entries })
      },
      load: async (id) => journals.get(id),
      // Unfinished runs of others are taken over, not refused.
      list: async () => [],
      unfinished: async () => [],
    }
  }

  /** The resource is done: its journal goes when Terraform has the result. */
  finished(target: string, resource: string): void {
    this.#finished.add(this.#fileOf(target, resource))
  }

  /** Terraform has all results of this process. Journals of changes that failed stay. */
  async settled(): Promise<void> {
    for (const file of this.#finished) await rm(join(this.#folder, file), { force: true }).catch(() => {})
  }

  /** The state holds it, or there is nothing left to hold. */
  async forget(target: string, resource: string): Promise<void> {
    const file = this.#fileOf(target, resource)
    if (!(await this.#list()).delete(file)) return
    await rm(join(this.#folder, file), { force: true })
  }

  /** Forgets the notes of dead runs about these names, which a note of this process has taken over. */
  async forgetRecovered(target: string, names: readonly string[]): Promise<void> {
    for (const file of await this.#ofDeadRuns(target)) {
      const journal = await this.#read(file)
      if (!journal?.entries.every(({ name }) => names.includes(name))) continue
      await rm(join(this.#folder, file), { force: true })
      ;(await this.#list()).delete(file)
    }
  }

  async #ofDeadRuns(target: string): Promise<string[]> {
    const prefix = this.#prefixOf(target)
    return [...(await this.#list())].filter((file) => file.startsWith(prefix) && !this.#own.has(file))
  }

  #prefixOf(target: string): string {
    const { workspace, folder } = this.#scope
    const hash = createHash('sha256')
      .update(JSON.stringify([target, workspace, folder]))
      .digest('hex')
      .slice(0, 32)
    return `dns-${hash}-`
  }

  #fileOf = (target: string, resource: string) => `${this.#prefixOf(target)}${resource}.json`

  #list(): Promise<Set<string>> {
    this.#present ??= readdir(this.#folder).then(
      (names) => new Set(names.filter((name) => name.startsWith('dns-') && name.endsWith('.json'))),
      () => new Set<string>(),
    )
    return this.#present
  }

  async #read(file: string): Promise<Journal | undefined> {
    try {
      const journal = JSON.parse(await readFile(join(this.#folder, file), 'utf8')) as Journal
      // A run that took everything back has left nothing to recover.
      const counts = journal.version === 1 && Array.isArray(journal.entries) && journal.state !== 'undone'
      return counts ? journal : undefined
    } catch {
      return undefined
    }
  }

  async #write(file: string, journal: Journal): Promise<void> {
    this.#own.add(file)
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    const beside = join(this.#folder, `${file}.${randomUUID()}.tmp`)
    const handle = await open(beside, 'w', 0o600)
    try {
      await handle.writeFile(JSON.stringify(journal))
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(beside, join(this.#folder, file))
    ;(await this.#list()).add(file)
  }
}
