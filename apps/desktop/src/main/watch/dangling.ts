import type { DomainSummary, RecordView } from '../../shared/model.ts'
import { domainState } from '../../shared/states.ts'

/**
 * Hosting that is off leaves a CNAME dangling if it was in place before: it leads to a name that no longer exists, so
 * receivers find no policy. The service does not report it, as for it the domain is simply not hosted. The mark stays
 * until the DNS shows that the CNAME is gone, or hosting is on again.
 */
export function markDangling(known: DomainSummary | undefined, listed: DomainSummary): DomainSummary {
  if (!known) return listed
  return withRecords(listed, (record) => {
    const before = known.records.find(({ kind }) => kind === record.kind)
    const target = before?.dangling ?? (before?.status === 'verified' ? before.expected : undefined)
    return record.state === 'unhosted' && target !== undefined ? dangling(record, target) : record
  })
}

/** Removes the mark from records whose CNAME is gone, or leads elsewhere by now. Unknown changes nothing. */
export async function recheckDangling(
  domain: DomainSummary,
  findCname: (name: string) => Promise<CnameLookup>,
): Promise<DomainSummary> {
  const gone = new Set<string>()
  for (const { name, dangling } of domain.records) {
    if (dangling === undefined) continue
    const found = await findCname(name)
    if (found !== 'unknown' && found?.toLowerCase() !== dangling.toLowerCase()) gone.add(name)
  }
  if (gone.size === 0) return domain
  return withRecords(domain, (record) => {
    if (!gone.has(record.name)) return record
    const { dangling: _gone, advice: _done, ...rest } = record
    return { ...rest, state: 'unhosted', why: 'Hosting is off for this record.' }
  })
}

/** The target of the CNAME at a name; undefined when there is none. */
export type CnameLookup = string | undefined | 'unknown'

export function isDangling({ records }: DomainSummary): boolean {
  return records.some(({ dangling }) => dangling !== undefined)
}

function dangling(record: RecordView, target: string): RecordView {
  return {
    ...record,
    state: 'attention',
    dangling: target,
    why: `Hosting is off, but the CNAME may still lead to ${target}, which no longer exists.`,
    advice: 'Remove the CNAME, or turn hosting on again.',
  }
}

function withRecords(domain: DomainSummary, change: (record: RecordView) => RecordView): DomainSummary {
  const records = domain.records.map(change)
  return { ...domain, records, state: domainState(records) }
}
