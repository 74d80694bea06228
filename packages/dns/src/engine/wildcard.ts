import type { LiveName } from '../effect/live-name.ts'
import { DnsServiceError } from './errors.ts'
import { parentOf } from './names.ts'
import type { CallOptions, DnsAdapter, HostedZone, RecordSet } from './types.ts'

/** Reads a name of one zone. */
type At = (name: string) => readonly RecordSet[]

/**
 * Whether records stand beneath a name of the zone: it exists then, although nothing stands at it itself. Undefined where the
 * service does not show its zone as a whole.
 */
export type HasBeneath = (name: string) => boolean | undefined

const unseen: HasBeneath = () => undefined

/** What answers at a name today: what stands there, or else the wildcard. */
export function liveAt(
  name: string,
  zone: string,
  at: (name: string) => RecordSet[],
  hasBeneath: HasBeneath = unseen,
): LiveName {
  const sets = at(name)
  if (sets.length > 0) return { sets }
  const over = wildcardOver(name, zone, at, hasBeneath)
  return over === undefined ? { sets } : { sets: at(over.wildcard), ...over }
}

/**
 * The wildcard that has answered for a name so far. Only that of the closest encloser does, and none where the name
 * itself exists, be it for what stands beneath it (RFC 4592 sections 2.2.2 and 3.3.1).
 */
function wildcardOver(
  name: string,
  zone: string,
  at: At,
  hasBeneath: HasBeneath,
): { wildcard: string; unproved?: string } | undefined {
  let proved = true
  const ends = (owner: string) => {
    const beneath = hasBeneath(owner)
    if (beneath === undefined) proved = false
    return beneath === true
  }
  if (ends(name)) return undefined
  for (let parent = parentOf(name); ; parent = parentOf(parent)) {
    const wildcard = `*.${parent}`
    if (at(wildcard).length > 0) return proved ? { wildcard } : { wildcard, unproved: name }
    if (parent === zone || parent === '' || at(parent).length > 0 || ends(parent)) return undefined
  }
}

/**
 * Finds out about names beneath others. The zone is read as a whole only where a wildcard would answer for one of the names,
 * and only from a service that gives it so. `leaving` are names that will hold nothing any more.
 */
export async function readBeneath(
  adapter: DnsAdapter,
  zone: HostedZone,
  {
    names,
    at,
    leaving,
  }: { names: readonly string[]; at: (name: string) => RecordSet[]; leaving?: ReadonlySet<string> },
  { signal }: CallOptions,
): Promise<HasBeneath> {
  if (!adapter.list || names.every((name) => liveAt(name, zone.name, at).wildcard === undefined)) return unseen
  const existing = new Set<string>()
  try {
    for (const { name } of await adapter.list(zone, { signal })) {
      if (leaving?.has(name)) continue
      for (let owner = parentOf(name); owner !== '' && !existing.has(owner); owner = parentOf(owner))
        existing.add(owner)
    }
  } catch (error) {
    signal?.throwIfAborted()
    // Many a key may change a zone, but not transfer it.
    if (error instanceof DnsServiceError) return unseen
    throw error
  }
  return (name) => existing.has(name)
}
