import type { DomainSummary, HistoryEntry, RecordView } from '../../shared/model.ts'
import { domainState } from '../../shared/states.ts'
import { markDangling } from './dangling.ts'

/**
 * A list says less about a record than a verification does. As long as the list agrees (same target, same
 * status), the result of the verification is kept; otherwise the list replaces it.
 */
export function mergeListed(known: DomainSummary | undefined, listed: DomainSummary): DomainSummary {
  if (!known) return listed
  const records = listed.records.map((record) => {
    const before = known.records.find((other) => other.kind === record.kind)
    return before && tellsTheSame(before, record) ? before : record
  })
  const state = domainState(records)
  const checkedAt = listed.checkedAt ?? known.checkedAt
  return markDangling(known, { ...listed, records, state, ...(checkedAt ? { checkedAt } : {}) })
}

function tellsTheSame(before: RecordView, listed: RecordView): boolean {
  if (before.expected !== listed.expected || before.status !== listed.status) return false
  if (listed.askedAt === undefined || before.askedAt === undefined) return before.askedAt !== undefined
  return before.reason === listed.reason && before.askedAt >= listed.askedAt
}

/** The history entries for the change from the known to the current states. `unknown` is not a change. */
export function changesBetween(
  before: ReadonlyMap<string, { readonly to: DomainSummary['state'] }>,
  domains: readonly DomainSummary[],
  at: string,
): HistoryEntry[] {
  return domains.flatMap((domain) => {
    const from = before.get(domain.key)?.to ?? null
    if (domain.state === 'unknown' || domain.state === from) return []
    const because = reasonOf(domain)
    return [{ at, domain: domain.key, from, to: domain.state, ...(because ? { because } : {}) }]
  })
}

function reasonOf(domain: DomainSummary): string | undefined {
  const culprit = domain.records.find((record) => record.state === domain.state && record.state !== 'ready')
  return culprit ? `${culprit.name}: ${culprit.why}` : undefined
}
