import type { AppState } from './contract/app-state.ts'
import type { DomainSummary } from './model.ts'

/** What has changed of the state since the last time. A whole state of hundreds of domains would be a megabyte each time. */
export interface StateChange {
  /** Counts up by one. A gap means that a change was missed. */
  readonly number: number
  /** Parts that are replaced whole; null for those that are gone. */
  readonly parts: Partial<Omit<AppState, 'domains' | 'job' | 'notice'>> & {
    readonly job?: AppState['job'] | null
    readonly notice?: AppState['notice'] | null
  }
  /** Absent where no domain has changed. */
  readonly domains?: {
    /** New or different. */
    readonly changed: readonly DomainSummary[]
    /** All keys in their order; only where it differs from before. */
    readonly keys?: readonly string[]
  }
}

/** The state after a change; undefined where a change before it was missed, and the whole state is needed. */
export function applyChange(state: AppState, last: number, change: StateChange): AppState | undefined {
  if (change.number !== last + 1) return undefined
  const { job, notice, ...parts } = change.parts
  const next = { ...state, ...parts, ...optional('job', state, job), ...optional('notice', state, notice) } as AppState
  if (!change.domains) return next
  const byKey = new Map(state.domains.map((domain) => [domain.key, domain]))
  for (const domain of change.domains.changed) byKey.set(domain.key, domain)
  const keys = change.domains.keys ?? state.domains.map(({ key }) => key)
  return { ...next, domains: keys.flatMap((key) => byKey.get(key) ?? []) }
}

function optional<Name extends 'job' | 'notice'>(name: Name, state: AppState, part: AppState[Name] | null | undefined) {
  return { [name]: part === null ? undefined : (part ?? state[name]) }
}
