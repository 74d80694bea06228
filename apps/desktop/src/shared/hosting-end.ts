import type { HostedService } from './leaving.ts'
import type { DomainSummary } from './model.ts'
import { domainState } from './states.ts'

/** What ends: one hosted service, or the domain at its service with all of them. */
export type EndingPart = HostedService | 'domain'

/**
 * The records of a domain whose CNAMEs are gone, while hosting goes on for resolvers that remember them: in progress, not in
 * need of action.
 */
export function markEnding(domain: DomainSummary, part: EndingPart): DomainSummary {
  const isEnding = (kind: string) => part === 'domain' || (kind === 'dmarc') === (part === 'dmarc')
  const records = domain.records.map((record) => {
    if (record.expected === undefined || !isEnding(record.kind)) return record
    const { advice: _notNeeded, ...rest } = record
    return { ...rest, state: 'working' as const, why: 'Hosting ends once resolvers have forgotten the CNAME.' }
  })
  return { ...domain, records, state: domainState(records) }
}
