import type { DnsAdapter, RecordSet } from '@dmarc-as-code/dns/apply'

/** A change of what stands at one name. */
export interface NameSets {
  readonly name: string
  readonly before: RecordSet[]
  readonly after: RecordSet[]
}

/** Domain names in record data are absolute on the DNS server, while Route 53's users mostly leave the final dot away. */
const absolute = (value: string) => `${value.replace(/\.$/, '')}.`

/** The data of a set as the DNS server has it. */
export const liveValues = (type: string, values: readonly string[]) =>
  values.map((value) => (type === 'CNAME' ? absolute(value) : value))

/** A set in the form the DNS server takes. Only CNAME and TXT can be made from text; others come as they were read. */
export function liveSet(set: RecordSet): RecordSet {
  const values = liveValues(set.type, set.values)
  return set.type === 'TXT'
    ? { ...set, values, native: values.map((value) => txtRdata(value).toString('base64')) }
    : { ...set, values }
}

// RFC 1035 section 3.3.14: strings of up to 255 bytes, each after its length.
function txtRdata(value: string): Buffer {
  const strings = [...value.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) => {
    const bytes = Buffer.from(text.replace(/\\(.)/g, '$1'))
    return Buffer.concat([Buffer.from([bytes.length]), bytes])
  })
  return Buffer.concat(strings)
}

/** What stands at a name of a zone that the live DNS server serves. */
export const readSets = (dns: DnsAdapter, zone: string, name: string): Promise<RecordSet[]> =>
  dns.read({ id: zone, name: zone }, [name])

/** Carries changes out on the live DNS server, all or none; fails when a name no longer holds `before`. */
export const writeSets = (dns: DnsAdapter, zone: string, changes: readonly NameSets[]): Promise<void> =>
  dns.write({ id: zone, name: zone }, changes)
