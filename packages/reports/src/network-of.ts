/**
 * The source that an address counts for where nothing names it better: its /24 or /48. Takes the canonical form (`canonicalIp`);
 * what is no address is returned as it is.
 */
export function networkOf(ip: string): string {
  if (!ip.includes(':') && !/^(?:\d+\.){3}\d+$/.test(ip)) return ip
  if (!ip.includes(':')) return `${ip.split('.').slice(0, 3).join('.')}.0/24`
  const [head = '', tail] = ip.split('::')
  const groups = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? 0 : tail.split(':').length
  while (tail !== undefined && groups.length < 8 - after) groups.push('0')
  const prefix = groups
    .slice(0, 3)
    .join(':')
    .replace(/(:0)+$/, '')
  return `${prefix === '0' ? '' : prefix}::/48`
}
