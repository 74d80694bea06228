import type { HostedZone, RecordSet, ServiceId } from './types.ts'

export type JournalState =
  /** Written before the first change. Found on disk without a living run, it means a crash. */
  'applying' | 'applied' | 'undoing' | 'undone'

/** What happened, or may have happened, at one name. */
export interface JournalEntry {
  zone: HostedZone
  name: string
  /** Exactly what stood there. */
  before: RecordSet[]
  /** What was to stand there. */
  after: RecordSet[]
  /** Whether a record that was already there became ours. */
  adopted: boolean
  /** True once an undo has restored this name, while others of the journal are left. */
  restored?: boolean
}

/** Enough to put everything back, and nothing secret: no credentials, only record contents. Plain JSON. */
export interface Journal {
  version: 1
  id: string
  service: ServiceId
  /** `DnsAdapter.identity` of the adapter that wrote it. */
  identity?: string
  /** ISO 8601. */
  startedAt: string
  state: JournalState
  /** The reason in words for which the run was allowed to weaken what was live. */
  allowWeaker?: string
  /** The reason in words for which an undo was allowed to go back to what protects less. */
  undoAllowedWeaker?: string
  /** When a write was given up whose answer had not come, ISO 8601: it may have taken effect later. */
  unknownSince?: string
  entries: JournalEntry[]
}

/** Where journals live. `save` resolves only once the journal would survive a crash of the machine. */
export interface JournalStore {
  save(journal: Journal): Promise<void>
  load(id: string): Promise<Journal | undefined>
  /** Newest first. */
  list(): Promise<Journal[]>
  /** Those of runs that have not ended, or died, for stores that know without reading all. Default: from `list`. */
  unfinished?(): Promise<Journal[]>
}

/** Whether the run behind a journal has not ended, or died. */
export function isUnfinished(journal: Journal): boolean {
  return journal.state === 'applying' || journal.state === 'undoing'
}

/** Keeps journals for the life of the process. For tests, and for callers that keep `ApplyResult.journal` themselves. */
export function memoryJournalStore(): Required<JournalStore> {
  const journals = new Map<string, Journal>()
  return {
    async save(journal) {
      journals.set(journal.id, structuredClone(journal))
    },
    async load(id) {
      return structuredClone(journals.get(id))
    },
    async list() {
      return newestFirst([...journals.values()].map((journal) => structuredClone(journal)))
    },
    async unfinished() {
      return [...journals.values()].filter(isUnfinished).map((journal) => structuredClone(journal))
    },
  }
}

export function newestFirst(journals: Journal[]): Journal[] {
  return journals.sort((left, right) => (left.startedAt < right.startedAt ? 1 : -1))
}
