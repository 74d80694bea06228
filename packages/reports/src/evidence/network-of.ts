/**
 * The source an address counts for where nothing better is known of it: its /24 or /48. The address is in its canonical form
 * (`canonicalIp`), as records of reports have it.
 */
export function networkOf(ip: string): string {
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
