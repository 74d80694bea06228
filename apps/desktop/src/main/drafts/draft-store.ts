import { z } from 'zod'
import type { Draft, Drafts } from '../../shared/drafts.ts'
import { readFileIfThere, writeFileAtomically } from '../files/atomic-file.ts'

const schema = z.record(z.string(), z.object({ base: z.string(), fields: z.string() }))
const maximum = 200

/**
 * Drafts of forms. The window's process ends with the window, so they are kept here; on quit they are written to a file.
 */
export class DraftStore {
  readonly #path: string
  readonly #onChange: () => void
  #drafts: Map<string, Draft>

  constructor(path: string, onChange: () => void) {
    this.#path = path
    this.#onChange = onChange
    this.#drafts = new Map(Object.entries(parse(readFileIfThere(path))))
  }

  get view(): Drafts {
    return Object.fromEntries(this.#drafts)
  }

  save(id: string, draft: Draft): void {
    this.#drafts.delete(id)
    this.#drafts.set(id, draft)
    // The oldest goes first; nobody edits hundreds of forms at once.
    for (const oldest of this.#drafts.keys()) {
      if (this.#drafts.size <= maximum) break
      this.#drafts.delete(oldest)
    }
    this.#onChange()
  }

  discard(id: string): void {
    if (this.#drafts.delete(id)) this.#onChange()
  }

  /** Call it on quit. */
  write(): void {
    writeFileAtomically(this.#path, JSON.stringify(this.view))
  }
}

function parse(text: string | undefined): Record<string, Draft> {
  try {
    return schema.parse(JSON.parse(text ?? '{}'))
  } catch {
    return {}
  }
}
