import { type AccountView, type ConnectionView, type DomainState, type DomainSummary, domainStates } from './model.ts'
import { reasonOf } from './reason.ts'

export type SortKey = 'state' | 'name' | 'changed'

export interface Selection {
  readonly search: string
  /** Empty means every state. */
  readonly states: readonly DomainState[]
  /** Tag names; a domain must carry all of them. */
  readonly tags: readonly string[]
  /** `connection/account`, or empty for all. */
  readonly account: string
  readonly sort: SortKey
}

export const noFilter: Selection = { search: '', states: [], tags: [], account: '', sort: 'state' }

/** Words are all required, in any order, in the address, its own script, a tag, or the reason shown. */
export function selectDomains(domains: readonly DomainSummary[], selection: Selection): DomainSummary[] {
  const words = selection.search.toLowerCase().split(/\s+/).filter(Boolean)
  return domains
    .filter((domain) => selection.states.length === 0 || selection.states.includes(domain.state))
    .filter((domain) => selection.tags.every((tag) => domain.tags.some((own) => own.name === tag)))
    .filter((domain) => selection.account === '' || accountKey(domain) === selection.account)
    .filter((domain) => words.every((word) => searchText(domain).includes(word)))
    .sort(order[selection.sort])
}

/**
 * The selection without filters that nothing carries any more: their switches are gone with the last state, tag or account
 * of that name, and a list that stays empty because of them could not be filled again.
 */
export function withoutStaleFilters(
  selection: Selection,
  domains: readonly DomainSummary[],
  accounts: readonly AccountView[],
): Selection {
  const counts = countStates(domains)
  const tags = tagsInUse(domains)
  return {
    ...selection,
    states: selection.states.filter((state) => counts[state] > 0),
    tags: selection.tags.filter((tag) => tags.includes(tag)),
    account: accounts.some((account) => accountKey(account) === selection.account) ? selection.account : '',
  }
}

/** What an account is called; with its connection where there are several, as one name may be in both. */
export function accountTitle(account: AccountView, connections: readonly ConnectionView[]): string {
  const connection = connections.find(({ id }) => id === account.connectionId)
  return connection && connections.length > 1 ? `${account.title} · ${connection.title}` : account.title
}

export function accountKey(owner: { readonly connectionId: string; readonly accountId: number }): string {
  return `${owner.connectionId}/${owner.accountId}`
}

/** How many domains each state has, for the filter's labels. */
export function countStates(domains: readonly DomainSummary[]): Record<DomainState, number> {
  const counts = { attention: 0, working: 0, unknown: 0, unhosted: 0, ready: 0 }
  for (const domain of domains) counts[domain.state]++
  return counts
}

/** Every tag in use, by name. Tags belong to the user, so the same name from two accounts is one entry. */
export function tagsInUse(domains: readonly DomainSummary[]): string[] {
  return [...new Set(domains.flatMap((domain) => domain.tags.map((tag) => tag.name)))].sort(collator.compare)
}

// One collator for all comparisons: creating one per comparison is what makes sorting hundreds of names slow.
const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

const byName = (a: DomainSummary, b: DomainSummary) =>
  collator.compare(a.title, b.title) || collator.compare(a.key, b.key)

const order: Record<SortKey, (a: DomainSummary, b: DomainSummary) => number> = {
  name: byName,
  state: (a, b) => domainStates.indexOf(a.state) - domainStates.indexOf(b.state) || byName(a, b),
  changed: (a, b) => (b.updatedAt ?? '').localeCompare(a.updatedAt ?? '') || byName(a, b),
}

function searchText(domain: DomainSummary): string {
  const tags = domain.tags.map((tag) => tag.name).join(' ')
  return `${domain.address} ${domain.title} ${tags} ${reasonOf(domain) ?? ''}`.toLowerCase()
}
