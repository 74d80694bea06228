import { serverAddress } from '../transport/errors.ts'
import { canonicalName, isWithin, parentName } from '../wire/names.ts'
import { recordsOfType } from '../wire/records.ts'
import type { DnsQuestion, DnsRecordType } from '../wire/types.ts'
import { byAddress } from './addresses.ts'
import { followChain } from './chain.ts'
import { isDefinite } from './classify.ts'
import { withDelegation } from './delegation.ts'
import type { ResolverRun } from './run.ts'
import type { NameServer, Observation, ServerAnswer, Zone } from './types.ts'

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
  const { through = 'TXT', clock = () => new Date() } = options
  const run = options.run.within()
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
  const zone = await zoneOf(run, name, deadline)
  const authorities = byAddress('error' in zone ? [] : zone.nameServers, run.budget.mostAddresses)
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
      Promise.all(authorities.each.map((server) => run.askNameServer({ name, type }, server, { deadline })))
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
    // But a server that lags may answer by a wildcard what another holds as a record: each is asked for the sibling.
    const speakers = authorities.each.filter((_, i) => isDefinite(observation.cname[i] as ServerAnswer))
    const withoutAlias = observation.cname.filter((answer) => isDefinite(answer) && aliasOf(name, answer) === undefined)
    const noAlias = withoutAlias.length > 0
    const doubledName = `${name}.${zoneName}`
    const look = async () => {
      // NXDOMAIN says that the name has records of no type.
      if (withoutAlias.some(({ outcome }) => outcome !== 'no-such-name')) await moreAddresses(speaker, speakers)
      const seen = [...observation.cname, ...observation.txt, ...observation.addresses]
      if (!seen.some(({ outcome }) => outcome === 'answer') || !isWithin(parentName(name), zoneName)) return
      await askSibling((question) => Promise.all(speakers.map((server) => askOnce(question, server))))
    }
    await Promise.all([
      look(),
      noAlias &&
        zoneName !== '' &&
        doubledName.length <= 253 &&
        run.askNameServer({ name: doubledName, type: 'CNAME' }, leastAsked(speakers), { deadline }).then((answer) => {
          observation.doubled = { name: doubledName, answers: [answer] }
        }),
    ])
  }

  async function moreAddresses(speaker: NameServer, speakers: readonly NameServer[]): Promise<void> {
    const types: DnsRecordType[] = through === 'A' ? ['AAAA'] : ['A', 'AAAA']
    const ask = (server: NameServer) =>
      Promise.all(types.map((type) => run.askNameServer({ name, type }, server, { deadline })))
    const answers = await ask(speaker)
    observation.addresses = [...observation.addresses, ...answers]
    if (!answers.some(({ outcome }) => outcome === 'answer')) return
    const others = await Promise.all(speakers.filter((server) => server !== speaker).map(ask))
    observation.addresses.push(...others.flat())
  }

  async function askSibling(ask: (question: DnsQuestion) => Promise<ServerAnswer | ServerAnswer[]>): Promise<void> {
    const parent = parentName(name)
    const random = options.random ?? Math.random
    const label = run.budget.once(`sibling of ${parent}`, () => `x${Math.floor(random() * 2 ** 40).toString(36)}`)
    const sibling = parent === '' ? label : `${label}.${parent}`
    const addressed = observation.addresses.some((answer) => recordsOfType(answer.records, 'A', name).length > 0)
    // Whoever has a CNAME answers these with it.
    const types: DnsRecordType[] = through === 'A' ? ['A'] : addressed ? ['TXT', 'A'] : ['TXT']
    const answers = await Promise.all(types.map((type) => ask({ name: sibling, type })))
    observation.sibling = { name: sibling, answers: answers.flat() }
  }

  /** Names of one domain have the same siblings. */
  function askOnce(question: DnsQuestion, server: NameServer): Promise<ServerAnswer> {
    const [address] = server.servers.map(serverAddress)
    const key = `${question.name} ${question.type} at ${address}`
    return run.budget.once(key, () => run.askNameServer(question, server, { deadline }))
  }

  /** The one of some name servers that may be asked most. */
  function leastAsked(servers: readonly NameServer[]): NameServer {
    const left = ({ servers: [server] }: NameServer) => (server ? run.budget.leftFor(serverAddress(server)) : 0)
    return servers.reduce((best, server) => (left(server) > left(best) ? server : best))
  }
}

async function zoneOf(run: ResolverRun, name: string, deadline: AbortSignal): Promise<Zone | { error: string }> {
  try {
    return await withDelegation(run, await run.findZone(name, deadline), deadline)
  } catch (error) {
    run.throwIfAborted()
    if (deadline.aborted || run.budget.deadline.aborted)
      return { error: `The zone of ${name} could not be found: the look-up took too long.` }
    if (error instanceof Error) return { error: error.message }
    throw error
  }
}

/** Where a name's CNAME leads in an answer, or undefined. */
function aliasOf(name: string, answer: ServerAnswer): string | undefined {
  return recordsOfType(answer.records, 'CNAME', name)[0]?.data
}
