import type { AppState } from '../shared/contract/app-state.ts'
import type { DomainSummary } from '../shared/model.ts'
import type { StateChange } from '../shared/state-change.ts'

/** Finds out what has changed since the state was last sent. What is the same object is not compared. */
export class StateChanges {
  #number = 0
  #sent: AppState | undefined
  /** The parts as they were sent, to notice changes of objects that are made anew each time. */
  readonly #texts = new Map<string, string>()

  /** The whole state, for a page that has just opened. */
  whole(state: AppState): { readonly state: AppState; readonly number: number } {
    this.#texts.clear()
    for (const [name, part] of Object.entries(state)) {
      if (name !== 'domains') this.#texts.set(name, JSON.stringify(part))
    }
    this.#sent = state
    return { state, number: this.#number }
  }

  next(state: AppState): StateChange {
    const before = this.#sent
    const domains = before
      ? changedDomains(before.domains, state.domains)
      : { changed: state.domains, keys: keysOf(state.domains) }
    this.#sent = state
    this.#number++
    return { number: this.#number, parts: this.#changedParts(state), ...(domains ? { domains } : {}) }
  }

  #changedParts(state: AppState): StateChange['parts'] {
    const parts: Record<string, unknown> = {}
    for (const [name, part] of Object.entries(state)) {
      if (name === 'domains') continue
      const text = JSON.stringify(part)
      if (this.#texts.get(name) === text) continue
      this.#texts.set(name, text)
      parts[name] = part
    }
    for (const name of ['job', 'notice'] as const) {
      if (state[name] !== undefined || !this.#texts.has(name)) continue
      this.#texts.delete(name)
      parts[name] = null
    }
    return parts
  }
}

function changedDomains(
  before: readonly DomainSummary[],
  after: readonly DomainSummary[],
): NonNullable<StateChange['domains']> | undefined {
  const known = new Map(before.map((domain) => [domain.key, domain]))
  const changed = after.filter((domain) => {
    const old = known.get(domain.key)
    // A list makes every domain anew, so a different object may still say the same.
    return old !== domain && (!old || JSON.stringify(old) !== JSON.stringify(domain))
  })
  const isSameOrder = before.length === after.length && before.every(({ key }, index) => key === after[index]?.key)
  if (changed.length === 0 && isSameOrder) return undefined
  return { changed, ...(isSameOrder ? {} : { keys: keysOf(after) }) }
}

const keysOf = (domains: readonly DomainSummary[]) => domains.map(({ key }) => key)
