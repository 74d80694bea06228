/** What is known of each of the four records of a hosted domain. */
export interface RecordKindEntry {
  /** What it is for, in a few words; sentence case. */
  readonly title: string
  /** The first labels of the name it stands at, before the domain. */
  readonly prefix: string
  /** The service of the API it belongs to. TLS-RPT has no switch of its own: it comes with hosted MTA-STS. */
  readonly service: 'hosted_dmarc' | 'hosted_mta_sts'
  /** The API's word for it. */
  readonly wireWord: string
  /** What its CNAME leads to. */
  readonly content: 'txt' | 'policy_file'
  /** The label between the domain's key and the hosted zone in the target of its CNAME, on our server. */
  readonly targetLabel: string
}

/**
 * The one table of record kinds, in the order a person would add the records; every list of kinds, words, prefixes and
 * titles derives from it (RFC 9989 4.5, RFC 8461 3.1 and 3.3, RFC 8460 3).
 */
export const recordKindTable = {
  dmarc: {
    title: 'DMARC policy',
    prefix: '_dmarc',
    service: 'hosted_dmarc',
    wireWord: 'dmarc',
    content: 'txt',
    targetLabel: 'dmarc',
  },
  mta_sts_policy: {
    title: 'MTA-STS policy host',
    prefix: 'mta-sts',
    service: 'hosted_mta_sts',
    wireWord: 'policy',
    content: 'policy_file',
    targetLabel: 'mta-sts',
  },
  mta_sts_id: {
    title: 'MTA-STS record',
    prefix: '_mta-sts',
    service: 'hosted_mta_sts',
    wireWord: 'mta_sts',
    content: 'txt',
    targetLabel: 'sts-id',
  },
  tls_rpt: {
    title: 'TLS reports',
    prefix: '_smtp._tls',
    service: 'hosted_mta_sts',
    wireWord: 'tls_rpt',
    content: 'txt',
    targetLabel: 'tls-rpt',
  },
} as const satisfies Record<string, RecordKindEntry>

/** One of the records of a hosted domain: its DMARC TXT, MTA-STS policy host, MTA-STS id TXT or TLS-RPT TXT. */
export type RecordKind = keyof typeof recordKindTable

/** A service of the API that hosts records. */
export type HostedServiceName = (typeof recordKindTable)[RecordKind]['service']

/** The API's word for a record kind. */
export type WireRecord = (typeof recordKindTable)[RecordKind]['wireWord']

/** Every kind, in the order of the table. */
export const recordKinds = Object.keys(recordKindTable) as readonly RecordKind[]

/** Every service, in the order of the table. */
export const hostedServiceNames: readonly HostedServiceName[] = [
  ...new Set(recordKinds.map((kind) => recordKindTable[kind].service)),
]

/** The API's words, in the order of the table. */
export const wireRecords: readonly WireRecord[] = recordKinds.map((kind) => recordKindTable[kind].wireWord)

/** The kinds that belong to a service. */
export function kindsOfService(service: HostedServiceName): RecordKind[] {
  return recordKinds.filter((kind) => recordKindTable[kind].service === service)
}

/** The kind the API calls by this word. */
export function kindOfWireWord(word: WireRecord): RecordKind {
  return recordKinds.find((kind) => recordKindTable[kind].wireWord === word) as RecordKind
}

/** Which record stands at a name, absolute or relative to the domain; undefined for any other name. Letter case is ignored. */
export function kindOfName(name: string): RecordKind | undefined {
  const plain = name.toLowerCase()
  return recordKinds.find((kind) => {
    const { prefix } = recordKindTable[kind]
    return plain === prefix || plain.startsWith(`${prefix}.`)
  })
}

/** One value per kind. */
export function byRecordKind<Value>(
  make: (kind: RecordKind, entry: RecordKindEntry) => Value,
): Record<RecordKind, Value> {
  const entries = recordKinds.map((kind) => [kind, make(kind, recordKindTable[kind])])
  return Object.fromEntries(entries) as Record<RecordKind, Value>
}
