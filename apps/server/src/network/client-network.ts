import { isIPv4, isIPv6 } from 'node:net'

/**
 * What counts as one client: an IPv4 address, or the /64 of an IPv6 address, because one customer of a provider usually
 * has a whole one. A port (as some proxies write it into `X-Forwarded-For`), brackets and a scope are left out.
 */
export function clientNetwork(client: string): string {
  const address = withoutPort(client)
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined || !isIPv6(address)) return mapped ?? address
  const [head = '', tail] = (address.split('%')[0] ?? '').toLowerCase().split('::')
  const groups = head === '' ? [] : head.split(':')
  if (tail !== undefined) {
    const rest = tail === '' ? [] : tail.split(':')
    groups.push(...Array(Math.max(0, 8 - groups.length - rest.length)).fill('0'), ...rest)
  }
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')
}

function withoutPort(client: string): string {
  const bracketed = /^\[([^\]]*)\](?::\d+)?$/.exec(client)?.[1]
  if (bracketed !== undefined) return bracketed
  const [host = '', port, more] = client.split(':')
  return port !== undefined && more === undefined && isIPv4(host) ? host : client
}
