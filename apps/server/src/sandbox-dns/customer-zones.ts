import { type Rrset, ZoneData } from '../authority/index.ts'

/** The zone of a sample customer: the records at each name, relative to the zone (`@` is the apex). */
export interface CustomerZone {
  name: string
  records: Readonly<Record<string, readonly Rrset[]>>
}

const HOUR = 3600

const a = (address: string): Rrset => ({ type: 'A', ttl: HOUR, data: [address] })
const txt = (text: string): Rrset => ({ type: 'TXT', ttl: HOUR, data: [text] })
const mx = (...hosts: string[]): Rrset => ({
  type: 'MX',
  ttl: HOUR,
  data: hosts.map((exchange, index) => ({ preference: 10 * (index + 1), exchange })),
})

/**
 * The zones a sandbox starts with. They look like zones people have: a web site, mail, SPF, and in `shop.test` an old
 * DMARC record in the very place where the CNAME has to go. Addresses are those set aside for documentation (RFC 5737).
 */
export const customerZones: readonly CustomerZone[] = [
  {
    name: 'example.test',
    records: {
      '@': [a('192.0.2.10'), mx('mail.example.test'), txt('v=spf1 mx -all')],
      www: [{ type: 'CNAME', ttl: HOUR, data: ['example.test'] }],
      mail: [a('192.0.2.25')],
    },
  },
  {
    name: 'shop.test',
    records: {
      '@': [a('192.0.2.20'), mx('mx1.shop.test', 'mx2.shop.test'), txt('v=spf1 mx -all')],
      mx1: [a('192.0.2.26')],
      mx2: [a('192.0.2.27')],
      _dmarc: [txt('v=DMARC1; p=none; rua=mailto:postmaster@shop.test')],
    },
  },
  {
    name: 'parked.test',
    records: {
      // RFC 7505: a domain that takes no mail says so.
      '@': [a('192.0.2.30'), { type: 'MX', ttl: HOUR, data: [{ preference: 0, exchange: '.' }] }, txt('v=spf1 -all')],
    },
  },
  {
    name: 'agency.test',
    records: {
      '@': [a('192.0.2.40'), mx('mail.agency.test'), txt('v=spf1 mx include:_spf.agency.test -all')],
      _spf: [txt('v=spf1 ip4:192.0.2.0/28 -all')],
      mail: [a('192.0.2.41')],
      bakery: [a('192.0.2.42'), mx('mail.agency.test'), txt('v=spf1 mx -all')],
      florist: [a('192.0.2.43'), mx('mail.agency.test'), txt('v=spf1 mx -all')],
    },
  },
]

/** The zone as data to serve, its one name server being `ns1` in the zone itself, on loopback. */
export function customerZoneData({ name, records }: CustomerZone): ZoneData {
  const nameServer = `ns1.${name}`
  const zone = new ZoneData({ origin: name, nameServers: [nameServer], negativeTtl: 30 })
  const ns: Rrset = { type: 'NS', ttl: HOUR, data: [nameServer] }
  zone.apply([
    [nameServer, [a('127.0.0.1')]],
    ...Object.entries(records).map(([label, rrsets]): [string, Rrset[]] =>
      label === '@' ? [name, [ns, ...rrsets]] : [`${label}.${name}`, [...rrsets]],
    ),
  ])
  return zone
}
