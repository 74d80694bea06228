import type { Abilities, HostedZone } from './types.ts'

/** The TTL that a service keeps in a zone when it is given this one, in seconds. */
export function keptTtl(
  { minimumTtl = 0, ttls }: Abilities,
  wanted: number,
  zone: Pick<HostedZone, 'minimumTtl'> = {},
): number {
  const raised = Math.max(wanted, zone.minimumTtl ?? minimumTtl)
  return ttls ? (ttls.find((ttl) => ttl >= raised) ?? ttls.at(-1) ?? raised) : raised
}
