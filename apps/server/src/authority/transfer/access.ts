import { BlockList, isIP, isIPv6 } from 'node:net'

/** Who may transfer the zone: from these networks, and signed with this key where there is one. */
export interface TransferRule {
  /** Addresses and networks: `192.0.2.53`, `2001:db8::/64`. Empty: from anywhere, with the key. */
  networks: readonly string[]
  /** Name of a key. */
  key?: string | undefined
}

/** Whether a client may transfer the zone, by its address and the name of the key that its request is signed with. */
export function transferAccess(
  rules: readonly TransferRule[],
): (client: { address: string; key: string | undefined }) => boolean {
  const checks = rules.map(({ networks, key }) => {
    const list = new BlockList()
    for (const network of networks) {
      const [address = '', prefix] = network.split('/')
      const family = isIPv6(address) ? 'ipv6' : 'ipv4'
      if (prefix === undefined) list.addAddress(address, family)
      else list.addSubnet(address, Number(prefix), family)
    }
    return { anywhere: networks.length === 0, list, key }
  })
  return ({ address, key }) => {
    const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').split('%')[0] ?? ''
    const family = isIP(plain) === 6 ? 'ipv6' : 'ipv4'
    return checks.some(
      (rule) =>
        (rule.key === undefined ? !rule.anywhere : rule.key === key) &&
        (rule.anywhere || rule.list.check(plain, family)),
    )
  }
}
