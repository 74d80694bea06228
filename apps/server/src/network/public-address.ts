import { BlockList, isIP } from 'node:net'

/** What the IANA registries of special-purpose addresses hold back from the public internet (RFC 6890). */
const ipv4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]
/** Within 2000::/3, the only IPv6 space in public use. Teredo and 6to4 carry any IPv4 address inside. */
const ipv6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']

const special = blockList([...ipv4, ...ipv6])
const inUse = blockList(['2000::/3'])

/** Whether an address is one of the public internet: no loopback, no private network, no multicast, nothing reserved. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !special.check(address, 'ipv4')
  return family === 6 && inUse.check(address, 'ipv6') && !special.check(address, 'ipv6')
}

function blockList(networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', prefix] = network.split('/')
    list.addSubnet(address, Number(prefix), address.includes(':') ? 'ipv6' : 'ipv4')
  }
  return list
}
