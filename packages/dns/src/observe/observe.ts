import { canonicalName, isWithin, parentName } from '../wire/names.ts'
import { recordsOfType } from '../wire/records.ts'
import type { DnsQuestion, DnsRecordType } from '../wire/types.ts'
import { byAddress } from './addresses.ts'
import { PacketBudget } from './budget.ts'
import { followChain } from './chain.ts'
import { isDefinite } from './classify.ts'
import { withDelegation } from './delegation.ts'
import type { ResolverRun } from './run.ts'
import type { Observation, ServerAnswer, Zone } from './types.ts'

export interface ObserveOptions {
  run: ResolverRun
  /** Where the CNAME should lead. It only steers which further questions are worth asking. */
  target: string
  /** What mail receivers fetch through the CNAME: `TXT`, or `A` for the policy host. Default `TXT`. */
  through?: 'TXT' | 'A'
  /** Default: the system's. */
  clock?: () => Date
  /** Names the sibling that a wildcard would answer for. Default `Math.random`. */
  random?: () => number
  /** Milliseconds for the whole observation. Default 10,000. */
  timeout?: number
}

/**
 * Gathers what the DNS says about one name: every address of the authoritative servers first, recursive resolvers when those are right
 * or cannot be reached, and whatever helps to name a mistake. It draws no conclusion, and rejects only when the run's
 * signal aborts.
 */
export async function observe(rawName: string, options: ObserveOptions): Promise<Observation> {
  const { run, through = 'TXT', clock = () => new Date() } = options
  const name = canonicalName(rawName)
  const target = canonicalName(options.target)
  const deadline = AbortSignal.timeout(options.timeout ?? 10_000)
  const observation: Observation = {
    name,
    at: clock().toISOString(),
    leftOut: [],
    cname: [],
    txt: [],
    addresses: [],
    recursive: [],
    recursiveUnchecked: [],
    recursiveTxt: [],
  }
  const budget = new PacketBudget()
  const zone = await zoneOf(run, name, deadline)
  const authorities = byAddress('error' in zone ? [] : zone.nameServers)
  observation.leftOut = authorities.leftOut
  if ('error' in zone) observation.zoneError = zone.error
  else {
    observation.zone = zone
    await askAuthority(observation, through)
  }
  const targets = observation.cname.filter(isDefinite).map((answer) => aliasOf(name, answer))
  const nobodyAnswered = targets.length === 0
  const right = targets.filter((found) => found === target)
  const foreign = targets.find((found) => found !== undefined && found !== target)

  await Promise.all([
    (nobodyAnswered || right.length > 0) && askRecursors(),
    zone && !('error' in zone) && askAround(zone),
    foreign !== undefined &&
      followChain(run, name, foreign, through, deadline).then((chain) => {
        observation.chain = chain
      }),
  ])
  return observation

  async function askAuthority(seen: Observation, beside: DnsRecordType): Promise<void> {
    const ask = (type: DnsRecordType) =>
      Promise.all(authorities.each.map((server) => run.askNameServer({ name, type }, server, { deadline, budget })))
    const [cname, others] = await Promise.all([ask('CNAME'), ask(beside)])
    seen.cname = cname
    if (beside === 'TXT') seen.txt = others
    else seen.addresses = others
  }

  /** What mail receivers see. A name in a stub zone is none of the recursors' business: they know another world. */
  async function askRecursors(): Promise<void> {
    if (run.stubFor(name)) return
    const ask = (type: DnsRecordType, checkingDisabled: boolean, servers = run.recursors) =>
      Promise.all(servers.map((server) => run.ask({ name, type }, server, 'recursive', { checkingDisabled, deadline })))
    observation.recursive = await ask('CNAME', false)
    const failed = run.recursors.filter((_, i) => observation.recursive[i]?.outcome === 'server-failed')
    if (failed.length > 0) observation.recursiveUnchecked = await ask('CNAME', true, failed)
    if (!nobodyAnswered) return
    observation.recursiveTxt = await ask(through, false)
    if (observation.recursive.some((answer) => answer.outcome === 'answer')) {
      await askSibling(async (question) => (await run.askRecursors(question, { deadline })) ?? [])
    }
  }

  /** The questions that tell one mistake from another; one server that answers is enough for them. */
  async function askAround({ name: zoneName }: Zone): Promise<void> {
    const index = observation.cname.findIndex(isDefinite)
    const speaker = authorities.each[index]
    if (!speaker) return
    const ask = (question: DnsQuestion) => run.askNameServer(question, speaker, { deadline, budget })
    // But a server that lags may answer by a wildcard what another holds as a record: each is asked for the sibling.
    const speakers = authorities.each.filter((_, i) => isDefinite(observation.cname[i] as ServerAnswer))
    const askEach = (question: DnsQuestion) =>
      Promise.all(speakers.map((server) => run.askNameServer(question, server, { deadline, budget })))
    const somethingThere = [...observation.cname, ...observation.txt, ...observation.addresses].some(
      (answer) => answer.outcome === 'answer',
    )
    const noAlias = targets.some((found) => found === undefined)
    const doubledName = `${name}.${zoneName}`
    await Promise.all([
      noAlias && moreAddresses(ask),
      noAlias &&
        zoneName !== '' &&
        doubledName.length <= 253 &&
        ask({ name: doubledName, type: 'CNAME' }).then((answer) => {
          observation.doubled = { name: doubledName, answers: [answer] }
        }),
      (somethingThere || noAlias) && isWithin(parentName(name), zoneName) && askSibling(askEach),
    ])
  }

  async function moreAddresses(ask: (question: DnsQuestion) => Promise<ServerAnswer>): Promise<void> {
    const types: DnsRecordType[] = through === 'A' ? ['AAAA'] : ['A', 'AAAA']
    const answers = await Promise.all(types.map((type) => ask({ name, type })))
    observation.addresses = [...observation.addresses, ...answers]
  }

  async function askSibling(ask: (question: DnsQuestion) => Promise<ServerAnswer | ServerAnswer[]>): Promise<void> {
    const parent = parentName(name)
    const random = options.random ?? Math.random
    const label = `x${Math.floor(random() * 2 ** 40).toString(36)}`
    const sibling = parent === '' ? label : `${label}.${parent}`
    const types: DnsRecordType[] = through === 'TXT' ? ['CNAME', 'TXT', 'A'] : ['CNAME', 'A']
    const answers = await Promise.all(types.map((type) => ask({ name: sibling, type })))
    observation.sibling = { name: sibling, answers: answers.flat() }
  }
}

async function zoneOf(run: ResolverRun, name: string, deadline: AbortSignal): Promise<Zone | { error: string }> {
  try {
    return await withDelegation(run, await run.findZone(name, deadline), deadline)
  } catch (error) {
    run.throwIfAborted()
    if (deadline.aborted) return { error: `The zone of ${name} could not be found: the look-up took too long.` }
    if (error instanceof Error) return { error: error.message }
    throw error
  }
}

/** Where a name's CNAME leads in an answer, or undefined. */
function aliasOf(name: string, answer: ServerAnswer): string | undefined {
  return recordsOfType(answer.records, 'CNAME', name)[0]?.data
}
