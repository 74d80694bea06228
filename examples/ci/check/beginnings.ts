import { gainedCnames } from './cnames.ts'
import { type Domain, type DomainChange, domainChanges, newDomains, type Plan, type Values } from './plan.ts'

/** A domain for which something takes the place of what is live: the state does not know what that is. */
export interface Beginning {
  readonly after: Domain
  readonly unknown: Values
  /** The hosted DMARC record takes the place of the live one. */
  readonly dmarc: boolean
  /** The hosted MTA-STS policy takes the place of the live one. */
  readonly mtaSts: boolean
}

/** New domains, and those for which hosting begins, or the CNAMEs that lead to what is hosted. */
export function beginnings(plan: Plan): Beginning[] {
  const created = newDomains(plan).map((domain) => ({ ...domain, dmarc: true, mtaSts: true }))
  return [...created, ...domainChanges(plan).flatMap((change) => beginningOf(change, plan))]
}

function beginningOf(change: DomainChange, plan: Plan): Beginning[] {
  const { before, after, unknown } = change
  // Another address is refused as a removal.
  if (after === null || after.address !== before.address) return []
  const gained = gainedCnames(change, plan)
  const { hosted_dmarc: record, hosted_mta_sts: policy } = before
  const hosts = (service: 'hosted_dmarc' | 'hosted_mta_sts') => after[service] != null || unknown[service] === true
  const withdrawn = policy?.mode === 'none' && after.hosted_mta_sts?.mode !== 'none'
  // A record that the service does not tell is not known to have been hosted, either.
  const dmarc = hosts('hosted_dmarc') && (record?.published_record == null || gained.includes('dmarc'))
  const mtaSts = hosts('hosted_mta_sts') && (!policy || withdrawn || gained.some((kind) => kind.startsWith('mta_sts_')))
  return dmarc || mtaSts ? [{ after, unknown, dmarc, mtaSts }] : []
}
