import type { Abilities } from './types.ts'

/** The TTL that a service keeps when it is given this one, in seconds. */
export function keptTtl({ minimumTtl = 0, ttls }: Abilities, wanted: number): number {
  const raised = Math.max(wanted, minimumTtl)
  return ttls ? (ttls.find((ttl) => ttl >= raised) ?? ttls.at(-1) ?? raised) : raised
}
