import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Journal, JournalEntry, JournalStore } from '@dmarc-as-code/dns/apply'

/**
 * The engine's journals on disk, one file for each resource, from before the first change until Terraform has shown that its state
 * holds what was replaced. What a killed run replaced is found here by the next one.
 */
export class FileJournals {
  readonly #folder: string
  /** Files of this very process belong to resources that are being worked on. */
  readonly #own = new Set<string>()
  #present: Promise<Set<string>> | undefined

  constructor(folder: string) {
    this.#folder = folder
  }

  /** What runs that died have noted about these names, by name, and a way to forget their notes. */
  async recover(service: string, names: readonly string[]): Promise<Map<string, JournalEntry>> {
    const found = new Map<string, JournalEntry>()
    for (const file of await this.#list()) {
      if (this.#own.has(file)) continue
      const journal = await this.#read(file)
      if (journal?.service !== service) continue
      for (const entry of journal.entries) if (names.includes(entry.name)) found.set(entry.name, entry)
    }
    return found
  }

  /** Where the engine keeps the journals of one resource. Only the newest counts; `kept` are entries from before it. */
  store(resource: string, kept: readonly JournalEntry[]): JournalStore {
    const journals = new Map<string, Journal>()
    return {
      save: async (journal) => {
        journals.set(journal.id, journal)
        const names = new Set(journal.entries.map(({ name }) => name))
        const entries = [...kept.filter(({ name }) => !names.has(name)), ...journal.entries]
        await this.#write(fileOf(resource), { ...journal, entries })
      },
      load: async (id) => journals.get(id),
      // Unfinished runs of others are taken over, not refused.
      list: async () => [],
      unfinished: async () => [],
    }
  }

  /** The state holds it, or there is nothing left to hold. */
  async forget(resource: string): Promise<void> {
    const file = fileOf(resource)
    if (!(await this.#list()).delete(file)) return
    await rm(join(this.#folder, file), { force: true })
  }

  /** Forgets the notes of dead runs about these names, which a note of this process has taken over. */
  async forgetRecovered(names: readonly string[]): Promise<void> {
    for (const file of [...(await this.#list())]) {
      if (this.#own.has(file)) continue
      const journal = await this.#read(file)
      if (!journal?.entries.every(({ name }) => names.includes(name))) continue
      await rm(join(this.#folder, file), { force: true })
      ;(await this.#list()).delete(file)
    }
  }

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

const fileOf = (resource: string) => `dns-${resource}.json`
