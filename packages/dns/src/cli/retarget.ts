import { setTimeout as delay } from 'node:timers/promises'
import { mapLimited, printable } from '@dmarc-as-code/primitives'
import { hostedNames } from '@dmarc-as-code/records'
import { mailView } from '../effect/mail-view.ts'
import { hasChanges, isApplicable, type Plan } from '../engine/plan.ts'
import { planRetarget, type Retargeting } from '../engine/retarget.ts'
import type { Resolver } from '../observe/resolver.ts'
import { createPolicyFetcher } from '../verify/policy-fetch.ts'
import { canonicalName, isWithin } from '../wire/names.ts'
import { recordsOfType } from '../wire/records.ts'
import { byHandText } from './apply.ts'
import type { Arguments } from './arguments.ts'
import { carryOut, refusedAsWeaker, whoAnswers, withAdapter } from './carry-out.ts'
import { readDomains } from './context.ts'
import { forPeople } from './for-people.ts'
import { readRecords } from './inputs.ts'
import { type ExitCode, exitCodes, type Io, UsageError } from './io.ts'
import { parseRecordName, recordNameForm } from './names.ts'
import { planText } from './plan-text.ts'

/** `retarget`: moves the CNAMEs from one host of their records to another, while both answer. */
export async function retarget(args: Arguments, io: Io): Promise<ExitCode> {
  const { names, from, target } = await readMove(args, io)
  return withAdapter(args, io, async (adapter, resolver) => {
    const moving = await planRetarget(names, adapter, {
      from,
      target,
      view: mailView(resolver, {
        signal: io.signal,
        policies: args.fetch ? (io.policies ?? createPolicyFetcher()) : undefined,
        timeout: 30_000 + 1000 * names.length,
      }),
      signal: io.signal,
      ...whoAnswers(args, adapter, resolver),
      ...(io.clock ? { clock: io.clock } : {}),
    })
    const { plan } = moving
    const applicable = isApplicable(plan)
    const byHand = !adapter.abilities.canWrite && hasChanges(plan)
    const weaker = applicable && refusedAsWeaker(plan, args, io)
    const showOnly = args.dryRun || byHand || !applicable || weaker || !hasChanges(plan)
    if (args.json && showOnly) io.out(`${JSON.stringify(moving, null, 2)}\n`)
    if (!args.json) {
      io.out(byHand ? await byHandText(plan, resolver, io) : plan.items.length > 0 ? `${planText(plan)}\n` : '')
      for (const { message } of moving.left) io.out(`${forPeople(printable(message))}\n`)
      if (hasChanges(plan)) io.out(`${keepText(moving, from)}\n`)
    }
    if (!applicable) return exitCodes.conflict
    if (weaker) return exitCodes.weaker
    if (showOnly) return hasChanges(plan) ? exitCodes.attention : exitCodes.ok
    const code = await carryOut(plan, { args, io, adapter, resolver }, [], {
      left: moving.left,
      keepOld: moving.keepOld,
    })
    return code === exitCodes.ok && args.wait ? waitAndLook(moving, from, resolver, args, io) : code
  })
}

/** Which names move, and where to: those of a list, or the four of each domain with one host in the place of the other. */
async function readMove(args: Arguments, io: Io) {
  const from = hostOf('from', args.from)
  const domains = await readDomains(args, io)
  const records = await readRecords({ cnames: args.cnames, file: args.records }, io)
  if ((args.to === undefined) === (records.length === 0)) {
    throw new UsageError(
      'retarget needs the new targets: --to HOST, or their list with --records FILE or --cname NAME=TARGET.',
    )
  }
  if (args.to !== undefined) {
    const to = hostOf('to', args.to)
    if (domains.length === 0) throw new UsageError('retarget with --to needs a domain, or --fleet FILE.')
    const target = (_: string, old: string) => `${old.slice(0, old.length - from.length)}${to}`
    return { names: domains.flatMap((domain) => Object.values(hostedNames(domain))), from, target }
  }
  const byName = new Map(records.map(({ name, value }) => [canonicalName(name), value]))
  const all = [...byName.keys()]
  const names = domains.length === 0 ? all : all.filter((name) => domains.some((domain) => isWithin(name, domain)))
  if (names.length === 0) throw new UsageError('None of the given CNAMEs belongs to the named domains.')
  return { names, from, target: (name: string) => byName.get(name) }
}

function hostOf(flag: 'from' | 'to', text: string | undefined): string {
  if (text === undefined) throw new UsageError(`retarget needs --${flag} HOST.`)
  const name = parseRecordName(text)
  if (name === undefined) throw new UsageError(`--${flag} cannot be read; expected ${recordNameForm}.`)
  return name
}

const keepText = ({ keepOld }: Retargeting, from: string) =>
  `Keep ${forPeople(from)} answering for ${keepOld} seconds after the change: resolvers remember the old targets for so long.`

/** Waits until the old CNAMEs have run out, and asks resolvers, as receivers do. */
async function waitAndLook(
  { plan, keepOld }: Retargeting,
  from: string,
  resolver: Resolver,
  args: Arguments,
  io: Io,
): Promise<ExitCode> {
  const { sleep = (milliseconds: number, signal: AbortSignal) => delay(milliseconds, undefined, { signal }) } = io
  io.err(`Waiting ${keepOld} seconds, until resolvers have forgotten the old targets.\n`)
  await sleep(keepOld * 1000, io.signal)
  const behind = await stillBehind(plan, resolver, io)
  if (behind.length > 0) {
    io.err(`Resolvers do not give the new target of ${behind.map(forPeople).join(', ')}; keep ${forPeople(from)} on.\n`)
    return exitCodes.attention
  }
  if (!args.json) io.out(`Resolvers give the new targets. Nothing needs ${forPeople(from)} any more.\n`)
  return exitCodes.ok
}

async function stillBehind({ items }: Plan, resolver: Resolver, io: Io): Promise<string[]> {
  const run = resolver.begin({ signal: io.signal, timeout: 30_000 + 100 * items.length })
  const found = await mapLimited(items, 8, async ({ record: { name, value } }) => {
    const answer = await run.lookUp({ name, type: 'CNAME' })
    const targets = recordsOfType(answer.records, 'CNAME').filter((record) => canonicalName(record.name) === name)
    return targets.some(({ data }) => canonicalName(data) === canonicalName(value)) ? [] : [name]
  })
  return found.flat()
}
