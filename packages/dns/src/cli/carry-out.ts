import { apply } from '../engine/apply.ts'
import { delegationFrom } from '../engine/delegation.ts'
import { fileJournalStore } from '../engine/file-journal.ts'
import type { PlanItem } from '../engine/judge.ts'
import { hasChanges, type Plan, type PlanOptions } from '../engine/plan.ts'
import type { DnsAdapter } from '../engine/types.ts'
import type { Resolver } from '../observe/resolver.ts'
import type { Arguments } from './arguments.ts'
import { openAdapter, openResolver } from './context.ts'
import { journalFolder } from './inputs.ts'
import { type ExitCode, exitCodes, type Io, UsageError } from './io.ts'
import { consentText } from './plan-text.ts'
import { startProgress } from './progress.ts'
import { lookForRecords, visibilityText } from './visible.ts'

export interface Session {
  args: Arguments
  io: Io
  adapter: DnsAdapter
  resolver: Resolver
}

/**
 * Asks, writes with a journal, reads back, and looks whether the DNS has it. The plan has been shown. `more` is told with
 * `--json` besides.
 */
export async function carryOut(
  planned: Plan,
  { args, io, adapter, resolver }: Session,
  skipped: readonly PlanItem[] = [],
  more: { readonly [field: string]: unknown } = {},
): Promise<ExitCode> {
  if (hasChanges(planned) && !args.yes) {
    if (!io.confirm)
      throw new UsageError(`${args.command} asks before it writes, and nobody is there to answer; add --yes.`)
    if (!(await io.confirm('Apply these changes?'))) return exitCodes.attention
  }
  const progress = startProgress(io, planned.items.length, 'records')
  const result = await apply(planned, adapter, {
    journals: fileJournalStore(journalFolder(args.journal, io.env)),
    signal: io.signal,
    onProgress: () => progress.step(),
    ...(args.allowWeaker === undefined ? {} : { allowWeaker: args.allowWeaker }),
    ...(io.clock ? { clock: io.clock } : {}),
  }).finally(() => progress.end())
  const visible = await lookForRecords(
    planned.items.map(({ record }) => record),
    resolver,
    io.signal,
  )
  if (args.json) {
    const items = result.items.map((item, index) => ({ ...item, visible: visible[index] }))
    const left = skipped.length === 0 ? {} : { skipped: skipped.map(toSkipped) }
    io.out(`${JSON.stringify({ journal: result.journal?.id ?? null, items, ...left, ...more }, null, 2)}\n`)
  } else {
    io.out(result.journal ? '\nDone and read back. ' : '\nNothing to do. ')
    io.out(`${visibilityText(visible)}\n`)
    if (result.journal) io.out(`To put everything back: dmarc-dns undo ${result.journal.id}\n`)
  }
  return exitCodes.ok
}

const toSkipped = ({ record, reason, message }: PlanItem) => ({
  name: record.name,
  ...(reason ? { reason } : {}),
  ...(message ? { message } : {}),
})

/** Whether the plan takes consent that was not given. A consent that it does not take is warned about. */
export function refusedAsWeaker(
  { verdict }: Pick<Plan, 'verdict'>,
  { allowWeaker }: Arguments,
  io: Io,
  text = consentText,
): boolean {
  if (verdict.needsConsent) {
    if (allowWeaker === undefined) io.err(`${text}\n`)
    return allowWeaker === undefined
  }
  if (allowWeaker !== undefined) {
    io.err('Warning: --allow-weaker is not needed; leave it out, so that it does not cover the next change.\n')
  }
  return false
}

/**
 * How a plan finds out whether anybody asks the servers of its zones. With stub zones the public tree is none of our
 * business; by hand, what was read came from the delegated servers.
 */
export const whoAnswers = (
  { stubZones, beforeDelegation }: Arguments,
  { service }: DnsAdapter,
  resolver: Resolver,
): Pick<PlanOptions, 'delegation'> =>
  stubZones.length === 0 && service !== 'manual' && !beforeDelegation ? { delegation: delegationFrom(resolver) } : {}

export async function withAdapter(
  args: Arguments,
  io: Io,
  run: (adapter: DnsAdapter, resolver: Resolver) => Promise<ExitCode>,
): Promise<ExitCode> {
  const { resolver, close } = openResolver(args, io)
  const adapter = await openAdapter(args, io, resolver)
  try {
    return await run(adapter, resolver)
  } finally {
    await adapter.close?.()
    close()
  }
}
