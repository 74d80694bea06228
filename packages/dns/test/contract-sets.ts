import type { RecordSet } from '../src/engine/types.ts'
import { contractZone } from './adapter-contract.ts'

/** The contract's zone as record sets, for services that are not fed with zone files. */
export function contractSets(zone: string, ttl = 60): RecordSet[] {
  const sets = new Map<string, RecordSet>()
  for (const line of contractZone) {
    const match = /^(\S+) (?:(\d+) )?IN (\S+) (.*)$/.exec(line)
    if (!match) throw new Error(`cannot read ${line}`)
    const [, owner = '', ownTtl, type = '', value = ''] = match
    const key = `${owner} ${type}`
    const set = sets.get(key) ?? { name: `${owner}.${zone}`, type, ttl: ownTtl ? Number(ownTtl) : ttl, values: [] }
    set.values.push(value)
    sets.set(key, set)
  }
  return [...sets.values()]
}
