import { z } from 'zod'
import type { DomainEvidence } from '../../shared/reports.ts'
import { readFileIfThere, writeFileAtomically } from '../files/atomic-file.ts'

/** What is kept of the evidence about a domain. */
export interface KeptEvidence {
  /** When the service was asked; milliseconds. */
  readonly at: number
  readonly evidence: DomainEvidence
  /** Facts that somebody was told of, as `reportAlerts` names them. */
  readonly told: readonly string[]
}

const entry = z.object({
  at: z.number(),
  evidence: z.object({
    target: z.enum(['quarantine', 'reject']),
    ready: z.boolean(),
    blockers: z.array(z.object({ code: z.string(), about: z.number() })),
    daysAtNone: z.number().nullable(),
    daysAtQuarantine: z.number().nullable(),
  }),
  told: z.array(z.string()),
})
const file = z.object({ version: z.literal(1), domains: z.record(z.string(), z.unknown()) })

/** Evidence over restarts, so that nothing is told twice and no service is asked anew. Damaged content counts as none. */
export class EvidenceFile {
  readonly #path: string
  #written = ''

  constructor(path: string) {
    this.#path = path
  }

  read(): Map<string, KeptEvidence> {
    try {
      const { domains } = file.parse(JSON.parse(readFileIfThere(this.#path) ?? ''))
      return new Map(
        Object.entries(domains).flatMap(([key, value]) => {
          const kept = entry.safeParse(value)
          return kept.success ? [[key, kept.data] as const] : []
        }),
      )
    } catch {
      return new Map()
    }
  }

  write(domains: ReadonlyMap<string, KeptEvidence>): void {
    const text = JSON.stringify({ version: 1, domains: Object.fromEntries(domains) })
    if (text === this.#written) return
    writeFileAtomically(this.#path, text)
    this.#written = text
  }
}
