import type { DnsAdapter, RecordSet } from '@dmarc-as-code/dns/apply'
import { zoneFileTxt } from '@dmarc-as-code/records'

/** A change of what stands at one name. */
export interface NameSets {
  readonly name: string
  readonly before: RecordSet[]
  readonly after: RecordSet[]
}

/** Domain names in record data are absolute on the DNS server, while Route 53's users mostly leave the final dot away. */
const absolute = (value: string) => `${value.replace(/\.$/, '')}.`

/** The data of a set as the DNS server has it; texts come with or without quotes, as in the AWS provider. */
export const liveValues = (type: string, values: readonly string[]) =>
  values.map((value) => {
    if (type === 'CNAME') return absolute(value)
    return type === 'TXT' && !value.startsWith('"') ? zoneFileTxt(value) : value
  })

/** A set in the form the DNS server takes. */
export const liveSet = (set: RecordSet): RecordSet => ({ ...set, values: liveValues(set.type, set.values) })

/** What stands at a name of a zone that the live DNS server serves. */
export const readSets = (dns: DnsAdapter, zone: string, name: string): Promise<RecordSet[]> =>
  dns.read({ id: zone, name: zone }, [name])

/** Carries changes out on the live DNS server, all or none; fails when a name no longer holds `before`. */
export const writeSets = (dns: DnsAdapter, zone: string, changes: readonly NameSets[]): Promise<void> =>
  dns.write({ id: zone, name: zone }, changes)
