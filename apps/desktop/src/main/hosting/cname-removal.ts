import { randomUUID } from 'node:crypto'
import {
  type DnsAdapter,
  type Journal,
  type JournalEntry,
  type JournalStore,
  plan,
  undo,
} from '@dmarc-as-code/dns/apply'

interface Cname {
  readonly name: string
  readonly target: string
}

export interface RemovalOptions {
  readonly journals: JournalStore
  readonly signal: AbortSignal
  /** Called with the id of the journal that restores the records, before the first one is removed. */
  readonly onBegin: (journalId: string) => void
  readonly now: () => number
}

/**
 * Removes exactly these CNAMEs where they are in place; anything else at the names is left alone. What was removed is
 * kept in a journal whose undo restores it. Returns the longest time that a resolver remembers one of them, in seconds; 0 where
 * nothing was removed.
 */
export async function removeCnames(
  cnames: readonly Cname[],
  adapter: DnsAdapter,
  { journals, signal, onBegin, now }: RemovalOptions,
): Promise<number> {
  const wanted = cnames.map(({ name, target }) => ({ name, type: 'CNAME' as const, value: target }))
  const read = await plan(wanted, adapter, { signal })
  const entries = read.items.flatMap((item): JournalEntry[] =>
    item.action === 'unchanged' && item.zone && item.before.length > 0
      ? [{ zone: item.zone, name: item.record.name, before: item.before, after: [], adopted: false }]
      : [],
  )
  if (entries.length === 0) return 0
  const startedAt = new Date(now()).toISOString()
  const restoring: Journal = {
    version: 1,
    id: randomUUID(),
    service: adapter.service,
    startedAt,
    state: 'applied',
    entries,
  }
  await journals.save(restoring)
  onBegin(restoring.id)
  // To the engine, removing a record is to undo its creation: it compares before it writes, and reads back.
  const reversed = entries.map((entry) => ({ ...entry, before: [], after: entry.before }))
  await undo({ ...restoring, id: randomUUID(), entries: reversed }, adapter, { journals, signal })
  return Math.max(...entries.flatMap(({ before }) => before.map(({ ttl }) => ttl)))
}
