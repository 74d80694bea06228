import { parseDomainName, type RecordKind } from '@dmarc-as-code/records'
import { unknownEffect } from './plan-effect.ts'
import type { PlanEffect } from './types.ts'

/** The effect of a record whose domain is none that mail addresses have, such as a top-level domain; undefined for any other. */
export function effectWithoutMailDomain(kind: RecordKind, domain: string): PlanEffect | undefined {
  if (parseDomainName(domain).ok) return undefined
  const policy = kind === 'dmarc' ? 'dmarc' : kind === 'tls_rpt' ? 'tls-rpt' : 'mta-sts'
  const side = { unknown: `${domain} is not a domain of mail addresses.` }
  return { ...unknownEffect({ policy, domain }, side, side), messages: [side.unknown] }
}
