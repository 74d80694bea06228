import type { AppState } from '../../shared/contract/app-state.ts'
import type { Place } from '../../shared/deep-link.ts'

export const domainTabs = ['records', 'policy', 'reports', 'activity'] as const
export type DomainTab = (typeof domainTabs)[number]

/** What the window shows beside, or instead of, the list. */
export type Page =
  | { readonly name: 'overview' }
  | {
      readonly name: 'domain'
      readonly key: string
      readonly tab?: DomainTab
      /** A question that is open when the page opens. */
      readonly asking?: 'delete'
    }
  | { readonly name: 'apply' }
  | { readonly name: 'activity' }
  | { readonly name: 'settings' }
  | { readonly name: 'add-domain' }
  | { readonly name: 'shortcuts' }

/** Where a place from outside leads, given what is known now. A domain that is not there leads to the list. */
export function pageOf(place: Place, { domains }: Pick<AppState, 'domains'>): Page {
  if (place.page !== 'domain') return { name: place.page }
  const found = domains.find((domain) => domain.address === place.address)
  return found ? { name: 'domain', key: found.key } : { name: 'overview' }
}

/** Leaves a page whose subject is gone. */
export function reachable(page: Page, { domains, job }: Pick<AppState, 'domains' | 'job'>): Page {
  if (page.name === 'domain' && !domains.some((domain) => domain.key === page.key)) return { name: 'overview' }
  if (page.name === 'apply' && !job) return { name: 'overview' }
  return page
}
