import { mapLimited } from '@dmarc-as-code/primitives'
import { mailView } from '../effect/mail-view.ts'
import { manualInstructions } from '../engine/instructions.ts'
import { KeptDataError, parsePlan } from '../engine/parse.ts'
import { hasChanges, isApplicable, type Plan, plan } from '../engine/plan.ts'
import { renewEffects } from '../engine/renew-effects.ts'
import type { DnsAdapter, WantedRecord } from '../engine/types.ts'
import { type ApplicablePart, withoutObstacles } from '../engine/without-obstacles.ts'
import { ZoneLookupError } from '../observe/find-zone.ts'
import type { Resolver } from '../observe/resolver.ts'
import { discoverZone } from '../observe/zone-discovery.ts'
import type { DnsService } from '../services/identify.ts'
import { createPolicyFetcher } from '../verify/policy-fetch.ts'
import { canonicalName, isWithin } from '../wire/names.ts'
import type { Arguments } from './arguments.ts'
import { carryOut, refusedAsWeaker, whoAnswers, withAdapter } from './carry-out.ts'
import { readDomains } from './context.ts'
import { readJson, readRecords } from './inputs.ts'
import { type ExitCode, exitCodes, type Io, UsageError } from './io.ts'
import { instructionsText, planText, verdictText } from './plan-text.ts'
import { startProgress } from './progress.ts'

/** `plan`: says what `apply` would do. */
export async function planCommand(args: Arguments, io: Io): Promise<ExitCode> {
  return withAdapter(args, io, async (adapter, resolver) => {
    const planned = await makePlan(args, io, adapter, resolver)
    if (args.json) io.out(`${JSON.stringify(planned, null, 2)}\n`)
    else if (adapter.abilities.canWrite) io.out(`${planText(planned)}\n`)
    else io.out(await byHandText(planned, resolver, io))
    if (!isApplicable(planned)) return exitCodes.conflict
    if (refusedAsWeaker(planned, args, io)) return exitCodes.weaker
    return hasChanges(planned) ? exitCodes.attention : exitCodes.ok
  })
}

/** `apply`: plans (or takes the plan given), shows it, asks, writes, reads back, and looks whether the DNS has it. */
export async function applyCommand(args: Arguments, io: Io): Promise<ExitCode> {
  return withAdapter(args, io, async (adapter, resolver) => {
    const planned =
      args.plan === undefined
        ? await makePlan(args, io, adapter, resolver)
        : await renewed(await readPlan(args.plan, io), args, io, adapter, resolver)
    if (!adapter.abilities.canWrite && planned.items.some((item) => item.action !== 'unchanged')) {
      if (args.json)
        io.out(`${JSON.stringify({ journal: null, byHand: (await byHand(planned, resolver, io)).todo }, null, 2)}\n`)
      else io.out(await byHandText(planned, resolver, io))
      return isApplicable(planned) ? exitCodes.attention : exitCodes.conflict
    }
    if (!args.json) io.out(`${planText(planned)}\n`)
    const { plan: part, skipped } = await applicablePart(planned, args, io)
    const refused = skipped.length > 0 && part.items.length === 0
    const weaker = !refused && refusedAsWeaker(part, args, io)
    if (refused || weaker) {
      if (args.json) io.out(`${JSON.stringify(planned, null, 2)}\n`)
      return refused ? exitCodes.conflict : exitCodes.weaker
    }
    const code = await carryOut(part, { args, io, adapter, resolver }, skipped)
    return code === exitCodes.ok && skipped.length > 0 ? exitCodes.attention : code
  })
}

/** What is to be applied: all of it, or what nothing stands in the way of, where that is wanted; else nothing. */
async function applicablePart(planned: Plan, args: Arguments, io: Io): Promise<ApplicablePart> {
  if (isApplicable(planned)) return { plan: planned, skipped: [] }
  const part = withoutObstacles(planned)
  const nothing = { plan: { ...planned, items: [] }, skipped: planned.items }
  if (!hasChanges(part.plan)) return nothing
  const [left, rest] = [part.skipped.length, part.plan.items.length]
  if (args.skipConflicts) {
    io.err(
      `${left} of ${planned.items.length} records are skipped, because they conflict, are blocked, or belong to one that does.\n`,
    )
    return part
  }
  if (
    !args.yes &&
    io.confirm &&
    (await io.confirm(`Skip ${left} records that cannot be applied, and go on with the other ${rest}?`))
  ) {
    return part
  }
  io.err(`Nothing was changed. To apply the other ${rest} records, add --skip-conflicts.\n`)
  return nothing
}

async function makePlan(args: Arguments, io: Io, adapter: DnsAdapter, resolver: Resolver): Promise<Plan> {
  const records = within(
    await readRecords({ cnames: args.cnames, file: args.records }, io),
    await readDomains(args, io),
  )
  if (records.length === 0)
    throw new UsageError('There are no CNAMEs to apply; give --records FILE or --cname NAME=TARGET.')
  const sought = startProgress(io, records.length, 'zones sought')
  const read = startProgress(io, records.length, 'records read')
  return plan(records, adapter, {
    conflict: args.conflict,
    signal: io.signal,
    view: viewFor(records.length, args, io, resolver),
    onProgress: ({ step }) => (step === 'read' ? read : sought).step(),
    ...whoAnswers(args, adapter, resolver),
    ...(args.ttl === undefined ? {} : { ttl: args.ttl }),
    ...(io.clock ? { clock: io.clock } : {}),
  }).finally(() => read.end())
}

/** A plan that was made some time ago: what it does to mail may be something else by now. */
const renewed = (kept: Plan, args: Arguments, io: Io, adapter: DnsAdapter, resolver: Resolver) =>
  renewEffects(kept, adapter, { view: viewFor(kept.items.length, args, io, resolver), signal: io.signal })

const viewFor = (records: number, args: Arguments, io: Io, resolver: Resolver) =>
  mailView(resolver, {
    signal: io.signal,
    policies: args.fetch ? (io.policies ?? createPolicyFetcher()) : undefined,
    timeout: 30_000 + 100 * records,
  })

/** The records of the named domains; of all, when none is named. */
function within(records: readonly WantedRecord[], domains: readonly string[]): readonly WantedRecord[] {
  if (domains.length === 0) return records
  return records.filter((record) => domains.some((domain) => isWithin(canonicalName(record.name), domain)))
}

async function readPlan(path: string, io: Io): Promise<Plan> {
  const json = await readJson(path, '--plan', io)
  try {
    return parsePlan(json)
  } catch (cause) {
    if (!(cause instanceof KeptDataError)) throw cause
    throw new UsageError(`The file given as --plan is no plan as "plan --json" prints it. ${cause.message}`, { cause })
  }
}

/** What a person has to enter, each zone in the form that the panel of its own service wants. */
async function byHand(planned: Plan, resolver: Resolver, io: Io) {
  const zones = [...new Set(planned.items.flatMap((item) => item.zone?.name ?? []))]
  const found = await mapLimited(zones, 16, (zone) => serviceOf(zone, resolver, io))
  const services = new Map(zones.map((zone, index) => [zone, found[index]]))
  return { services, todo: manualInstructions(planned, (zone) => services.get(zone)) }
}

export async function byHandText(planned: Plan, resolver: Resolver, io: Io): Promise<string> {
  const { services, todo } = await byHand(planned, resolver, io)
  const text = instructionsText(todo, (zone) => services.get(zone)?.title)
  return `${text === '' ? planText(planned) : [...verdictText(planned), '', text].join('\n')}\n`
}

async function serviceOf(zone: string, resolver: Resolver, io: Io): Promise<DnsService | undefined> {
  try {
    return (await discoverZone({ name: zone, resolver, signal: io.signal })).service
  } catch (error) {
    io.signal.throwIfAborted()
    if (error instanceof ZoneLookupError) return undefined
    throw error
  }
}
