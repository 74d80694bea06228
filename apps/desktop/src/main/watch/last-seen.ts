import { z } from 'zod'
import type { AccountView, DomainSummary } from '../../shared/model.ts'
import { domainStates } from '../../shared/model.ts'
import { readFileIfThere, writeFileAtomically } from '../files/atomic-file.ts'

export interface Seen {
  readonly accounts: readonly AccountView[]
  readonly domains: readonly DomainSummary[]
}

// Only what the app's own code relies on when it starts; the rest is replaced by the first answer of the service.
const fileSchema = z.object({
  version: z.literal(1),
  connections: z.record(z.string(), z.object({ accounts: z.array(z.unknown()), domains: z.array(z.unknown()) })),
})

const accountSchema = z.looseObject({ connectionId: z.string(), accountId: z.number(), title: z.string() })
const domainSchema = z.looseObject({
  key: z.string(),
  address: z.string(),
  title: z.string(),
  tags: z.array(z.looseObject({ name: z.string() })),
  state: z.enum(domainStates),
  records: z.array(z.looseObject({ kind: z.string(), name: z.string(), why: z.string() })),
})

/** What was known when the app last ran, so that it shows something at once and while offline. Holds no secrets. */
export class LastSeenFile {
  readonly #path: string
  #written = ''

  constructor(path: string) {
    this.#path = path
  }

  /** Damaged or foreign content counts as nothing known: it is only a memory. */
  read(): ReadonlyMap<string, Seen> {
    try {
      const { connections } = fileSchema.parse(JSON.parse(readFileIfThere(this.#path) ?? ''))
      return new Map(
        Object.entries(connections).map(([id, { accounts, domains }]) => [
          id,
          { accounts: readable(accountSchema, accounts), domains: readable(domainSchema, domains) } as unknown as Seen,
        ]),
      )
    } catch {
      return new Map()
    }
  }

  write(seen: ReadonlyMap<string, Seen>): void {
    const text = JSON.stringify({ version: 1, connections: Object.fromEntries(seen) })
    if (text === this.#written) return
    writeFileAtomically(this.#path, text)
    this.#written = text
  }
}

/** An entry that cannot be read costs that entry only. */
function readable<Value>(schema: z.ZodType<Value>, entries: readonly unknown[]): Value[] {
  return entries.flatMap((entry) => schema.safeParse(entry).data ?? [])
}
