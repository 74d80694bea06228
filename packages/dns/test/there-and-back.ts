import { apply } from '../src/engine/apply.ts'
import { memoryJournalStore } from '../src/engine/journal.ts'
import { plan } from '../src/engine/plan.ts'
import type { DnsAdapter } from '../src/engine/types.ts'
import { undo } from '../src/engine/undo.ts'

/** Puts a CNAME in the place of everything at these names, calls `meanwhile`, and puts back what stood there. */
export async function thereAndBack(
  adapter: DnsAdapter,
  names: readonly string[],
  meanwhile: () => Promise<void> | void = () => {},
): Promise<void> {
  const records = names.map((name) => ({ name, type: 'CNAME' as const, value: 'k.test' }))
  const planned = await plan(records, adapter, { conflict: 'replace' })
  const { journal } = await apply(planned, adapter, { journals: memoryJournalStore() })
  if (!journal) throw new Error('apply wrote no journal')
  await meanwhile()
  await undo(journal, adapter)
}

/** The zone of a name; fails where the adapter finds none. */
export async function zoneOf(adapter: DnsAdapter, name: string) {
  const zone = await adapter.findZone(name)
  if (!zone) throw new Error(`no zone holds ${name}`)
  return zone
}
