import type { DnsRecord } from './types.ts'

/** The records of one type, typed as such; with a name, only those it owns. */
export function recordsOfType<T extends DnsRecord['type']>(
  records: readonly DnsRecord[],
  type: T,
  owner?: string,
): Extract<DnsRecord, { type: T }>[] {
  return records.filter(
    (record): record is Extract<DnsRecord, { type: T }> =>
      record.type === type && (owner === undefined || record.name === owner),
  )
}
