import { textTable } from '@dmarc-as-code/primitives'
import { fileJournalStore } from '../engine/file-journal.ts'
import type { Journal } from '../engine/journal.ts'
import { matchesAll } from '../engine/record-sets.ts'
import { undo } from '../engine/undo.ts'
import type { Arguments } from './arguments.ts'
import { openAdapter, openResolver } from './context.ts'
import { journalFolder } from './inputs.ts'
import { type ExitCode, exitCodes, type Io, UsageError } from './io.ts'

/** `undo`: puts back what a run changed, also one that died in the middle. */
export async function undoCommand(args: Arguments, io: Io): Promise<ExitCode> {
  const journals = fileJournalStore(journalFolder(args.journal, io.env))
  if (args.list) {
    const all = await journals.list()
    io.out(args.json ? `${JSON.stringify(all, null, 2)}\n` : `${listText(all)}\n`)
    return exitCodes.ok
  }
  const [id] = args.names
  const journal = id === undefined ? latest(await journals.list()) : await journals.load(id)
  if (!journal) {
    throw new UsageError(
      id === undefined
        ? 'There is nothing to undo.'
        : `There is no journal ${id}; "undo --list" shows those there are.`,
    )
  }
  const { resolver, close } = openResolver(args, io)
  const adapter = await openAdapter({ ...args, dns: args.dns ?? io.env.DMARC_DNS ?? journal.service }, io, resolver)
  try {
    const { restored } = await undo(journal, adapter, { journals, adopted: args.adopted, signal: io.signal })
    if (args.json) io.out(`${JSON.stringify({ journal: journal.id, restored }, null, 2)}\n`)
    else if (restored.length === 0) io.out('Everything was as before already.\n')
    else io.out(`Put back and read back: ${restored.join(', ')}\n`)
    return exitCodes.ok
  } finally {
    await adapter.close?.()
    close()
  }
}

/** The last run that changed something and was not undone yet. */
function latest(journals: readonly Journal[]): Journal | undefined {
  const changed = ({ entries }: Journal) => entries.some(({ before, after }) => !matchesAll(before, after))
  return journals.find((journal) => journal.state !== 'undone' && changed(journal))
}

function listText(journals: readonly Journal[]): string {
  if (journals.length === 0) return 'There are no journals.'
  const rows = journals.map(({ id, startedAt, state, service, entries }) => [
    id,
    startedAt,
    state === 'applying' || state === 'undoing' ? `${state} (stopped in the middle, or still running)` : state,
    service,
    entries.map((entry) => entry.name).join(' '),
  ])
  return textTable(['JOURNAL', 'STARTED', 'STATE', 'SERVICE', 'RECORDS'], rows).join('\n')
}
