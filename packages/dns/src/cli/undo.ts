import { textTable } from '@dmarc-as-code/primitives'
import { mailView } from '../effect/mail-view.ts'
import { fileJournalStore, isJournalId } from '../engine/file-journal.ts'
import type { Journal } from '../engine/journal.ts'
import { matchesAll } from '../engine/record-sets.ts'
import { undo } from '../engine/undo.ts'
import { planUndo } from '../engine/undo-plan.ts'
import { createPolicyFetcher } from '../verify/policy-fetch.ts'
import { isWithin } from '../wire/names.ts'
import type { Arguments } from './arguments.ts'
import { refusedAsWeaker } from './carry-out.ts'
import { openAdapter, openResolver } from './context.ts'
import { forPeople } from './for-people.ts'
import { journalFolder } from './inputs.ts'
import { type ExitCode, exitCodes, type Io, UsageError } from './io.ts'
import { parseRecordName, recordNameForm } from './names.ts'
import { verdictText } from './plan-text.ts'

/** `undo`: puts back what a run changed, also one that died in the middle. */
export async function undoCommand(args: Arguments, io: Io): Promise<ExitCode> {
  const journals = fileJournalStore(journalFolder(args.journal, io.env))
  if (args.list) {
    const all = await journals.list()
    io.out(args.json ? `${JSON.stringify(all, null, 2)}\n` : `${listText(all)}\n`)
    return exitCodes.ok
  }
  const [id, ...more] = args.names
  if (more.length > 0 || (id !== undefined && !isJournalId(id))) {
    throw new UsageError('The journal cannot be read; expected its id, as "undo --list" shows it.')
  }
  const only = args.only.map(parseOnly)
  const journal = id === undefined ? latest(await journals.list(), only, args.adopted) : await journals.load(id)
  if (!journal) throw new UsageError(nothingText(id, args.only))
  const chosen = only.length === 0 ? undefined : left(journal, args.adopted).filter((name) => isAmong(name, only))
  if (chosen?.length === 0) {
    throw new UsageError(`Journal ${journal.id} has nothing left to undo at ${args.only.join(', ')}.`)
  }
  const { resolver, close } = openResolver(args, io)
  const adapter = await openAdapter({ ...args, dns: args.dns ?? io.env.DMARC_DNS ?? journal.service }, io, resolver)
  try {
    if (journal.unknownSince !== undefined && !journal.entries.every(({ restored }) => restored)) {
      io.err('A change of that run was never confirmed; the records are watched until a minute after it was sent.\n')
    }
    const options = {
      adopted: args.adopted,
      signal: io.signal,
      view: mailView(resolver, {
        signal: io.signal,
        policies: args.fetch ? (io.policies ?? createPolicyFetcher()) : undefined,
        timeout: 30_000 + 100 * journal.entries.length,
      }),
      ...(chosen ? { names: chosen } : {}),
    }
    const planned = await planUndo(journal, adapter, options)
    if (!args.json) io.out(`${verdictText(planned).join('\n')}\n`)
    const refused = refusedAsWeaker(planned, args, io, keepText)
    if (args.json && (refused || args.dryRun)) io.out(`${JSON.stringify(planned, null, 2)}\n`)
    if (refused) return exitCodes.weaker
    if (args.dryRun) {
      if (!args.json)
        io.out(
          `${namesText(
            'Would put back',
            planned.items.map(({ name }) => name),
          )}\n`,
        )
      return planned.items.length > 0 ? exitCodes.attention : exitCodes.ok
    }
    const { restored, verdict } = await undo(journal, adapter, {
      ...options,
      journals,
      plan: planned,
      ...(args.allowWeaker === undefined ? {} : { allowWeaker: args.allowWeaker }),
      ...(io.clock ? { clock: io.clock } : {}),
    })
    if (args.json) io.out(`${JSON.stringify({ journal: journal.id, verdict, restored }, null, 2)}\n`)
    else io.out(`${namesText('Put back and read back', restored)}\n`)
    return exitCodes.ok
  } finally {
    await adapter.close?.()
    close()
  }
}

const namesText = (what: string, names: readonly string[]) =>
  names.length === 0 ? 'Everything was as before already.' : `${what}: ${names.map(forPeople).join(', ')}`

/** What to do about an undo that weakens what is live. */
const keepText = 'Nothing was changed. Keep the records that are live, or give the reason: --allow-weaker "..."'

function nothingText(id: string | undefined, only: readonly string[]): string {
  if (id !== undefined) return `There is no journal ${id}; "undo --list" shows those there are.`
  return only.length === 0 ? 'There is nothing to undo.' : `No journal has anything left to undo at ${only.join(', ')}.`
}

/** A name of a record or a domain. */
function parseOnly(text: string): string {
  const name = parseRecordName(text)
  if (name === undefined) throw new UsageError(`--name cannot be read; expected ${recordNameForm}.`)
  return name
}

const isAmong = (name: string, only: readonly string[]) => only.some((one) => isWithin(name, one))

/** The names of a journal that its run changed (or adopted, where that is undone) and no undo has restored yet. */
const left = ({ state, entries }: Journal, ofAdopted: Arguments['adopted']): string[] =>
  state === 'undone'
    ? []
    : entries
        .filter(({ restored }) => restored !== true)
        .filter(({ before, after, adopted }) => (adopted && ofAdopted === 'remove') || !matchesAll(before, after))
        .map(({ name }) => name)

/** The last run that changed something (of these names) which was not undone yet. */
function latest(
  journals: readonly Journal[],
  only: readonly string[],
  adopted: Arguments['adopted'],
): Journal | undefined {
  return journals.find((journal) => left(journal, adopted).some((name) => only.length === 0 || isAmong(name, only)))
}

function listText(journals: readonly Journal[]): string {
  if (journals.length === 0) return 'There are no journals.'
  const rows = journals.map(({ id, startedAt, state, service, entries }) => [
    id,
    startedAt,
    state === 'applying' || state === 'undoing' ? `${state} (stopped in the middle, or still running)` : state,
    service,
    entries.map((entry) => forPeople(entry.name)).join(' '),
  ])
  return textTable(['JOURNAL', 'STARTED', 'STATE', 'SERVICE', 'RECORDS'], rows).join('\n')
}
