import { DnsServiceError } from '../../engine/errors.ts'
import { matchesAll } from '../../engine/record-sets.ts'
import type { Abilities, DnsAdapter, HostedZone, RecordSet } from '../../engine/types.ts'
import { isWithin } from '../../wire/names.ts'

export interface MemoryAdapterOptions {
  /** Record sets by zone name. They are copied. */
  zones: Record<string, RecordSet[]>
  nameServers?: Record<string, string[]>
  abilities?: Partial<Abilities>
}

export interface MemoryAdapter extends DnsAdapter {
  /** Everything a zone holds now. */
  dump(zone: string): RecordSet[]
}

/** The reference: what an adapter does, without a service behind it. For tests and for trying the engine out. */
export function memoryAdapter(options: MemoryAdapterOptions): MemoryAdapter {
  const zones = new Map(Object.entries(structuredClone(options.zones)))
  const contents = (zone: HostedZone): RecordSet[] => {
    const sets = zones.get(zone.name)
    if (sets) return sets
    throw new DnsServiceError({
      service: 'memory',
      kind: 'not-found',
      message: `There is no zone ${zone.name}.`,
      fix: `The zones are ${[...zones.keys()].join(', ')}.`,
    })
  }
  return {
    service: 'memory',
    label: 'Memory',
    abilities: {
      canWrite: true,
      canReplaceAtomically: true,
      canApplyAllAtomically: true,
      checksBeforeWriting: true,
      supportsTtl: true,
      ...options.abilities,
    },
    async findZone(name, { signal } = {}) {
      signal?.throwIfAborted()
      const [found] = [...zones.keys()].filter((zone) => isWithin(name, zone)).sort((a, b) => b.length - a.length)
      if (found === undefined) return undefined
      const nameServers = options.nameServers?.[found]
      return { id: found, name: found, ...(nameServers ? { nameServers } : {}) }
    },
    async read(zone, names, { signal } = {}) {
      signal?.throwIfAborted()
      const wanted = new Set(names)
      return structuredClone(contents(zone).filter((set) => wanted.has(set.name)))
    },
    async list(zone, { signal } = {}) {
      signal?.throwIfAborted()
      return structuredClone(contents(zone))
    },
    async write(zone, changes, { signal } = {}) {
      signal?.throwIfAborted()
      const sets = contents(zone)
      for (const change of changes) {
        const here = sets.filter((set) => set.name === change.name)
        if (matchesAll(change.before, here)) continue
        throw new DnsServiceError({
          service: 'memory',
          kind: 'changed',
          message: `${change.name} is not what it was.`,
          fix: 'Plan again.',
        })
      }
      const changed = new Set(changes.map((change) => change.name))
      const kept = sets.filter((set) => !changed.has(set.name))
      zones.set(zone.name, [...kept, ...structuredClone(changes.flatMap((change) => change.after))])
    },
    dump: (zone) => structuredClone(zones.get(zone) ?? []),
  }
}
