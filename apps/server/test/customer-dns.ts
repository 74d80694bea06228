import { type Authority, startAuthority, ZoneData } from '../src/authority/index.ts'

export interface CustomerDns extends Authority {
  zone: ZoneData
  stubZone: { zone: string; servers: { address: string; port: number }[] }
}

/** A customer's zone on an authoritative server of its own. */
export async function startCustomerDns(name: string): Promise<CustomerDns> {
  const zone = new ZoneData({ origin: name, nameServers: [`ns1.${name}`] })
  zone.setRrsets(`ns1.${name}`, [{ type: 'A', ttl: 60, data: ['127.0.0.1'] }])
  const authority = await startAuthority({ zones: [zone] })
  return {
    ...authority,
    zone,
    stubZone: { zone: name, servers: [{ address: authority.address, port: authority.port }] },
  }
}

/** What the customer does with the CNAMEs the API names. */
export function addCnames(dns: CustomerDns, records: readonly { name: string; value: string }[]): void {
  for (const { name, value } of records) dns.zone.setRrsets(name, [{ type: 'CNAME', ttl: 60, data: [value] }])
}
