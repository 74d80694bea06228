import type { JournalEntry, RecordSet, WantedRecord } from '@dmarc-as-code/dns/apply'

/** A record of the `records` map. */
export interface NamedRecord {
  readonly name: string
  readonly type: string
  readonly value: string
}

/** What the private state holds: what destroying puts back, with more than users want to see. */
export const ENTRIES = 'entries'

export const entriesOf = (value: unknown): JournalEntry[] => (Array.isArray(value) ? (value as JournalEntry[]) : [])

/** One spelling: lower case, without the final dot. */
export const plainName = (name: string): string => name.toLowerCase().replace(/\.$/, '')

export function wantedRecords(records: { readonly [key: string]: NamedRecord }, ttl: number): WantedRecord[] {
  return Object.values(records).map(({ name, value }) => ({ name, type: 'CNAME', value, ttl }))
}

/** The only CNAME among what stands at a name, if it stands alone. */
export function soleCname(sets: readonly RecordSet[]): { value: string; ttl: number } | undefined {
  const [set, ...others] = sets
  const [value, ...further] = set?.values ?? []
  if (set?.type !== 'CNAME' || value === undefined || others.length + further.length > 0) return undefined
  return { value: plainName(value), ttl: set.ttl }
}

/** What made way for the records. */
export function replacedSets(entries: readonly JournalEntry[]) {
  return entries.flatMap(({ before }) =>
    before.map(({ name, type, ttl, values }) => ({ name, type, ttl, values: [...values] })),
  )
}
