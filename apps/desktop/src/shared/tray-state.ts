import { plural, t } from './messages/messages.ts'
import type { DomainState } from './model.ts'

/** What the icon says. `empty`: nothing is connected, or nothing is hosted. */
export type TrayState = 'empty' | 'offline' | 'error' | 'attention' | 'working' | 'well'

interface TrayFacts {
  /** One entry per connection that is set up. */
  readonly connections: readonly { readonly online: boolean; readonly failing: boolean }[]
  readonly domains: readonly { readonly state: DomainState }[]
}

export interface TrayView {
  readonly state: TrayState
  /** Shown beside or in the icon; 0 shows nothing. */
  readonly count: number
  /** The tooltip, and the first line of the menu. */
  readonly summary: string
}

/**
 * The worst thing known, and how many domains it concerns. Pure: the same facts give the same icon. A single failing
 * connection is an error even when the domains of the others are well, as its silence may hide a broken domain.
 */
export function trayView({ connections, domains }: TrayFacts): TrayView {
  if (connections.length === 0) return { state: 'empty', count: 0, summary: t('Not set up') }
  if (connections.every((connection) => !connection.online)) {
    return { state: 'offline', count: 0, summary: t('Offline. Showing the last known state.') }
  }
  const failing = connections.filter((connection) => connection.failing || !connection.online).length
  if (failing > 0) {
    return {
      state: 'error',
      count: failing,
      summary: plural('{count} connection cannot be reached|{count} connections cannot be reached', failing),
    }
  }
  const attention = count(domains, 'attention')
  if (attention > 0) {
    return {
      state: 'attention',
      count: attention,
      summary: plural('{count} domain needs action|{count} domains need action', attention),
    }
  }
  const working = count(domains, 'working')
  const unknown = count(domains, 'unknown')
  if (working + unknown > 0) {
    const parts = [
      working > 0 && plural('{count} domain in progress|{count} domains in progress', working),
      unknown > 0 && plural('{count} unknown|{count} unknown', unknown),
    ]
    const onlyUnknown = plural('{count} domain could not be checked|{count} domains could not be checked', unknown)
    const summary = working > 0 ? parts.filter(Boolean).join(', ') : onlyUnknown
    return { state: 'working', count: working + unknown, summary }
  }
  const ready = count(domains, 'ready')
  // Nothing is hosted, so there is nothing that could be well.
  if (ready === 0) return { state: 'empty', count: 0, summary: t('No hosted domains') }
  return { state: 'well', count: 0, summary: readySummary(ready, domains.length) }
}

/** A domain that is not hosted is not ready, and is not counted as such. */
function readySummary(ready: number, all: number): string {
  if (ready < all) return t('{ready} of {all} domains ready, {rest} not hosted', { ready, all, rest: all - ready })
  return plural('The domain is ready|All {count} domains are ready', ready)
}

function count(domains: TrayFacts['domains'], state: DomainState): number {
  return domains.filter((domain) => domain.state === state).length
}
