import {
  type DnsAdapter,
  describeSets,
  type JournalEntry,
  memoryJournalStore,
  undo,
  ZoneChangedError,
} from '@dmarc-as-code/dns/apply'
import type { Diagnostics } from '@dmarc-as-code/terraform-plugin'

/**
 * Puts back what stood at these names before. What somebody else has changed since is theirs now: it stays, and the user is
 * told.
 */
export async function putBack(
  adapter: DnsAdapter,
  entries: readonly JournalEntry[],
  { signal, diagnostics }: { readonly signal: AbortSignal; readonly diagnostics: Diagnostics },
): Promise<void> {
  if (entries.length === 0) return
  const journal = (list: readonly JournalEntry[]) => ({
    version: 1 as const,
    id: 'put-back',
    service: adapter.service,
    startedAt: new Date(0).toISOString(),
    state: 'applied' as const,
    entries: [...list],
  })
  const options = { journals: memoryJournalStore(), signal }
  try {
    await undo(journal(entries), adapter, options)
  } catch (error) {
    if (!(error instanceof ZoneChangedError)) throw error
    const foreign = entries.filter(({ name }) => error.names.includes(name))
    if (foreign.length === 0) throw error
    for (const { name, before, after } of foreign) {
      diagnostics.warning(
        `${name} was changed outside of this resource and is left unchanged`,
        `${error.message}\n\nThis resource had published ${describeSets(after)}` +
          `${before.length > 0 ? `, replacing ${describeSets(before)}` : ''}. The name is removed from the state.`,
      )
    }
    await undo(journal(entries.filter((entry) => !foreign.includes(entry))), adapter, options)
  }
}
