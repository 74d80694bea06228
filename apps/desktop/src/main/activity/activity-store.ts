import { z } from 'zod'
import { activityKinds, activityStates } from '../../shared/activity.ts'
import { readFileIfThere, writeFileAtomically } from '../files/atomic-file.ts'

/** One thing that Undo does, last step first. */
const undoStepSchema = z.discriminatedUnion('type', [
  /** Restores the records of a journal, with the stored credentials of its zone. */
  z.object({ type: z.literal('journal'), journalId: z.string(), zone: z.string(), connectionId: z.string() }),
  z.object({
    type: z.literal('hosting'),
    key: z.string(),
    service: z.enum(['dmarc', 'mta-sts']),
    on: z.boolean(),
  }),
  /** Publishes the DMARC record that the service had before. */
  z.object({ type: z.literal('dmarc-record'), key: z.string(), record: z.string() }),
  z.object({
    type: z.literal('mta-sts-policy'),
    key: z.string(),
    policy: z.object({ mode: z.string(), mx: z.array(z.string()), days: z.number() }),
  }),
])

/** Hosting that ends once resolvers have forgotten the CNAMEs that led to it. */
const postponedEndSchema = z.object({
  /** ISO 8601, UTC. */
  until: z.string(),
  connectionId: z.string(),
  key: z.string(),
  part: z.enum(['dmarc', 'mta-sts', 'domain']),
  cnames: z.array(z.object({ name: z.string(), target: z.string() })),
})

const entrySchema = z.object({
  id: z.string(),
  at: z.string(),
  kind: z.enum(activityKinds),
  domains: z.array(z.object({ key: z.string(), title: z.string() })),
  state: z.enum(activityStates),
  undo: z.array(undoStepSchema),
  /** Why the person consented to weaken the protection. */
  reason: z.string().optional(),
  /** Why the person tightened a policy without evidence. */
  acceptedRisk: z.string().optional(),
  /** Kept though nothing of it can be undone. */
  final: z.boolean().optional(),
  postponed: postponedEndSchema.optional(),
})

const fileSchema = z.object({ version: z.literal(1), entries: z.array(z.unknown()) })

export type UndoStep = z.output<typeof undoStepSchema>
export type PostponedEnd = z.output<typeof postponedEndSchema>
export type ActivityEntry = z.output<typeof entrySchema>

const maximumEntries = 500

/** The changes the app made, newest first, in a file of its own. Holds no secrets and no record contents. */
export class ActivityStore {
  readonly #path: string
  #entries: readonly ActivityEntry[]

  constructor(path: string) {
    this.#path = path
    this.#entries = parse(readFileIfThere(path))
  }

  get entries(): readonly ActivityEntry[] {
    return this.#entries
  }

  get(id: string): ActivityEntry | undefined {
    return this.#entries.find((entry) => entry.id === id)
  }

  /** Adds an entry, or replaces the one with its id. It is on disk when this returns. */
  put(entry: ActivityEntry): void {
    const others = this.#entries.filter((other) => other.id !== entry.id)
    const index = this.#entries.findIndex((other) => other.id === entry.id)
    this.#save(index < 0 ? [entry, ...others] : others.toSpliced(index, 0, entry))
  }

  remove(id: string): void {
    this.#save(this.#entries.filter((entry) => entry.id !== id))
  }

  #save(entries: readonly ActivityEntry[]): void {
    const kept = entries.slice(0, maximumEntries)
    writeFileAtomically(this.#path, `${JSON.stringify({ version: 1, entries: kept }, null, 2)}\n`)
    this.#entries = kept
  }
}

/** An entry of a newer version, or a damaged one, costs that entry only. */
function parse(text: string | undefined): ActivityEntry[] {
  try {
    const file = fileSchema.parse(JSON.parse(text ?? ''))
    return file.entries.flatMap((entry) => entrySchema.safeParse(entry).data ?? [])
  } catch {
    return []
  }
}
