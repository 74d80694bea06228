import {
  type DnsAdapter,
  describeSets,
  type JournalEntry,
  memoryJournalStore,
  undo,
  ZoneChangedError,
} from '@dmarc-as-code/dns/apply'
import type { Diagnostics } from '@dmarc-as-code/terraform-plugin'

export interface RestoreRecords {
  readonly adapter: DnsAdapter
  /** What this resource has changed. */
  readonly entries: readonly JournalEntry[]
  /** Whether another instance has published the name, or found it right, since this run began. */
  readonly isOthers: (name: string) => boolean
  readonly signal: AbortSignal
  readonly diagnostics: Diagnostics
}

/**
 * Restores what was at these names before. A record that another instance of this run has confirmed, or that was changed
 * outside of Terraform, is theirs now: it stays, with a warning where that loses something.
 */
export async function restoreRecords({
  adapter,
  isOthers,
  signal,
  diagnostics,
  ...request
}: RestoreRecords): Promise<void> {
  for (const { name, before } of request.entries) {
    if (!isOthers(name) || before.length === 0) continue
    diagnostics.warning(
      `${name} is now published by another resource`,
      `This resource had replaced ${describeSets(before)} at ${name}, which destroying the other resource does not restore. Note it if you need it again.`,
    )
  }
  const entries = request.entries.filter(({ name }) => !isOthers(name))
  if (entries.length === 0) return
  const journal = (list: readonly JournalEntry[]) => ({
    version: 1 as const,
    id: 'restore',
    service: adapter.service,
    startedAt: new Date(0).toISOString(),
    state: 'applied' as const,
    entries: [...list],
  })
  const options = { journals: memoryJournalStore(), signal }
  const undoOnce = () => undo(journal(entries), adapter, options)
  try {
    // What changed between reading and writing may be right at the second look.
    await undoOnce().catch((error) => (error instanceof ZoneChangedError ? undoOnce() : Promise.reject(error)))
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
