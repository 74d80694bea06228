import { type Finding, finding } from '../finding.ts'
import { RecordError } from '../record-error.ts'
import { parseDomainName } from './domain-name.ts'
import { longestName } from './labels.ts'
import { byRecordKind, type RecordKind, recordKinds, recordKindTable } from './record-kinds.ts'

/**
 * The names a domain's records live at, as A-labels without a final dot (RFC 9989 4.5, RFC 8461 3.1 and 3.3, RFC 8460 3).
 * Throws RecordError when `domain` is not a domain name.
 */
export function hostedNames(domain: string): Record<RecordKind, string> {
  const ascii = asciiDomain(domain)
  return byRecordKind((_, { prefix }) => `${prefix}.${ascii}`)
}

/** Why a domain cannot be hosted although its name is valid: a record's name would pass the DNS limit. Undefined when it can. */
export function hostingFault(domain: string): Finding | undefined {
  const ascii = asciiDomain(domain)
  const prefix = recordKinds.map((kind) => recordKindTable[kind].prefix).reduce((a, b) => (b.length > a.length ? b : a))
  const longest = prefix.length + 1
  if (ascii.length + longest <= longestName) return undefined
  return finding(
    'domain-long-to-host',
    { start: 0, end: domain.length },
    {
      wrong: `The name ${prefix}.<domain> would have ${ascii.length + longest} characters`,
      found: ascii,
      expected: `a domain of at most ${longestName - longest} characters`,
      next: 'Such a domain can be monitored but not hosted.',
    },
  )
}

function asciiDomain(domain: string): string {
  const parsed = parseDomainName(domain)
  if (!parsed.ok) throw new RecordError('Not a domain name.', [parsed.finding])
  return parsed.ascii
}
