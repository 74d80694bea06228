import type { RecordKind } from '@dmarc-as-code/records'
import type { HostedServiceName, VerifiableRecord, WireRecord } from '../enumerations.ts'

/** The API's words for the records, mapped to ours here and nowhere else. */
const kinds: Readonly<Record<WireRecord, RecordKind>> = {
  dmarc: 'dmarc',
  policy: 'mta_sts_policy',
  mta_sts: 'mta_sts_id',
  tls_rpt: 'tls_rpt',
}

const words: Readonly<Record<RecordKind, WireRecord>> = {
  dmarc: 'dmarc',
  mta_sts_policy: 'policy',
  mta_sts_id: 'mta_sts',
  tls_rpt: 'tls_rpt',
}

/** The first labels of the name each record lives at (RFC 9989 4.5, RFC 8461 3.1 and 3.3, RFC 8460 3). */
const prefixes: readonly (readonly [string, RecordKind])[] = [
  ['_dmarc', 'dmarc'],
  ['mta-sts', 'mta_sts_policy'],
  ['_mta-sts', 'mta_sts_id'],
  ['_smtp._tls', 'tls_rpt'],
]

/** Which record lives at a name, absolute or relative to the domain; undefined for any other name. */
export function kindOfName(name: string): RecordKind | undefined {
  const plain = name.toLowerCase()
  return prefixes.find(([prefix]) => plain === prefix || plain.startsWith(`${prefix}.`))?.[1]
}

export const kindOfWord = (word: WireRecord): RecordKind => kinds[word]

export const wordOfKind = (kind: RecordKind): WireRecord => words[kind]

/** What to ask `verifyHostedMtaSts` for to look at one record; undefined for the DMARC record, which it does not know. */
export function verifiableRecord(kind: RecordKind): Exclude<VerifiableRecord, 'all'> | undefined {
  const word = words[kind]
  return word === 'dmarc' ? undefined : word
}

/** TLS-RPT has no switch of its own: it comes with hosted MTA-STS. */
export const serviceOfKind = (kind: RecordKind): HostedServiceName =>
  kind === 'dmarc' ? 'hosted_dmarc' : 'hosted_mta_sts'
