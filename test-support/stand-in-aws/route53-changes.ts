import type { RecordSet } from '@dmarc-as-code/dns/apply'
import { liveSet, type NameSets } from './live-sets.ts'
import { octal, type RequestedChange } from './route53-xml.ts'

/** A batch that Route 53 would refuse, with its words. */
export class InvalidChangeBatch extends Error {}

/** What a batch makes of the names it is about. `readName` answers what stands at a name now. */
export async function changesOf(
  requested: readonly RequestedChange[],
  zone: string,
  readName: (name: string) => Promise<RecordSet[]>,
): Promise<NameSets[]> {
  const names = new Map<string, { before: RecordSet[]; after: RecordSet[] }>()
  for (const { action, set: wanted, beyondSimple } of requested) {
    const { name, type } = wanted
    const label = `[name='${octal(name)}.', type='${type}']`
    if (beyondSimple.length > 0) throw new InvalidChangeBatch(`[The stand-in keeps no ${beyondSimple} for ${label}]`)
    if (name !== zone && !name.endsWith(`.${zone}`))
      throw new InvalidChangeBatch(`[RRSet with DNS name ${octal(name)}. is not permitted in zone ${zone}.]`)
    const found = names.get(name)
    const before = found?.before ?? (await readName(name))
    const sets = found?.after ?? before
    const existing = sets.find((set) => set.type === type)
    const others = sets.filter((set) => set !== existing)
    const set = liveSet(wanted)
    if (action === 'DELETE') {
      if (!existing) throw new InvalidChangeBatch(`[Tried to delete resource record set ${label} but it was not found]`)
      if (!isSame(existing, set))
        throw new InvalidChangeBatch(
          `[Tried to delete resource record set ${label} but the values provided do not match the current values]`,
        )
      names.set(name, { before, after: others })
      continue
    }
    if (action === 'CREATE' && existing)
      throw new InvalidChangeBatch(`[Tried to create resource record set ${label} but it already exists]`)
    if (type !== 'CNAME' && type !== 'TXT')
      throw new InvalidChangeBatch(`[The stand-in writes CNAME and TXT only, not ${label}]`)
    if (others.some((other) => (other.type === 'CNAME') !== (type === 'CNAME')))
      throw new InvalidChangeBatch(
        `[RRSet of type ${type} with DNS name ${octal(name)}. is not permitted as it conflicts with other records with the same DNS name in zone ${zone}.]`,
      )
    names.set(name, { before, after: [...others, set] })
  }
  return [...names].map(([name, sets]) => ({ name, ...sets }))
}

function isSame(left: RecordSet, right: RecordSet): boolean {
  const text = ({ ttl, values }: RecordSet) => JSON.stringify([ttl, [...values].sort()])
  return text(left) === text(right)
}
