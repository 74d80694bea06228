import { DnsError } from '../errors.ts'
import { serverAddress } from '../transport/errors.ts'
import { canonicalName, isWithin, parentName } from '../wire/names.ts'
import { recordsOfType } from '../wire/records.ts'
import type { DnsRecord } from '../wire/types.ts'
import { askedAddresses, mostNames } from './addresses.ts'
import type { Asker } from './asker.ts'
import { isDefinite } from './classify.ts'
import type { NameServer, ServerAnswer, Zone } from './types.ts'

/** No server could say which zone holds a name. That is no statement about the name's records. */
export class ZoneLookupError extends DnsError {
  override readonly name = 'ZoneLookupError'
  readonly attempts: ServerAnswer[]

  constructor(name: string, attempts: ServerAnswer[]) {
    const said = attempts.map((answer) => answer.error ?? `${answer.server.address} answered ${answer.rcode}`)
    // The same server fails the same way for every name on the way up.
    const lines = [...new Set(said)]
    if (lines.length === 0) lines.push('There is no server to ask.')
    if (attempts.every(isSilence))
      lines.push('Check that this machine is on a network and has a resolver that answers.')
    super(`The zone of ${name} could not be found. ${lines.map(sentence).join(' ')}`)
    this.attempts = attempts
  }
}

const isSilence = ({ outcome }: ServerAnswer) => outcome === 'timed-out' || outcome === 'unreachable'
const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`)

/**
 * Walks up from the name until an SOA names the zone that holds it (not the Public Suffix List, which knows nothing of
 * zone cuts), then finds that zone's servers.
 */
export async function findZone(run: Asker, rawName: string, deadline?: AbortSignal): Promise<Zone> {
  const name = canonicalName(rawName)
  const stub = run.stubFor(name)
  return stub ? findInStub(run, name, stub, deadline) : findByRecursion(run, name, deadline)
}

async function findByRecursion(run: Asker, name: string, deadline?: AbortSignal): Promise<Zone> {
  const attempts: ServerAnswer[] = []
  for (let at = name; ; at = parentName(at)) {
    // CD: where a zone lies does not depend on its signatures, and a zone with broken ones must be found to say so.
    const answer = await soaOf(run, at, deadline)
    const found = answer && zoneNamed(at, answer)
    if (found) {
      const zone = await withRecursiveServers(run, found.zone, found.negativeTtl, deadline)
      if (attempts.length === 0 || !(await isDelegatedAway(run, name, zone, deadline))) return zone
      throw new ZoneLookupError(name, attempts)
    }
    if (answer && !isDefinite(answer)) attempts.push(answer)
    // One name may be filtered, or its servers dead; silence about its parent as well means that nobody is there.
    const deaf = attempts.length > 1 && attempts.slice(-2).every(isSilence)
    if (at === '' || !answer || deaf || deadline?.aborted) throw new ZoneLookupError(name, attempts)
  }
}

/**
 * Whether a zone above a name that no server answers for refers to servers beneath: then the name lies in a zone of its
 * own whose servers are broken, and not in this one.
 */
async function isDelegatedAway(run: Asker, name: string, zone: Zone, deadline?: AbortSignal): Promise<boolean> {
  const answer = await askFirst(run, { name, type: 'SOA' }, zone.nameServers, deadline)
  const beneath = answer?.referral?.zone
  return beneath !== undefined && beneath !== zone.name && isWithin(beneath, zone.name) && isWithin(name, beneath)
}

async function withRecursiveServers(
  run: Asker,
  zone: string,
  negativeTtl: number | undefined,
  deadline?: AbortSignal,
): Promise<Zone> {
  const nsNames = await publicServersOf(run, zone, deadline)
  const nameServers = await nameServersOf(run, nsNames, { deadline })
  return { name: zone, nameServers, nsNames, stub: false, ...(negativeTtl !== undefined && { negativeTtl }) }
}

/**
 * Inside a stub zone its servers are asked themselves, and referrals followed to zones beneath. The zone found on the
 * stub's own servers keeps their addresses and ports, whatever its NS records say.
 */
async function findInStub(
  run: Asker,
  name: string,
  stub: { zone: string; servers: { address: string; port?: number }[] },
  deadline?: AbortSignal,
): Promise<Zone> {
  let nameServers: NameServer[] = stub.servers.map((server) => ({ servers: [server] }))
  let cut = stub.zone
  for (let depth = 0; depth < 8; depth++) {
    const step = await walkUp(run, name, cut, nameServers, deadline)
    if (step.kind === 'zone') {
      const ns = await askFirst(run, { name: step.zone, type: 'NS' }, nameServers, deadline)
      const nsNames = namesOfServers(step.zone, ns?.records ?? [])
      const { negativeTtl } = step
      return { name: step.zone, nameServers, nsNames, stub: true, ...(negativeTtl !== undefined && { negativeTtl }) }
    }
    if (step.kind === 'unknown') break
    cut = step.zone
    nameServers = await nameServersOf(run, step.nsNames, { glue: step.glue, deadline })
  }
  // Nobody told: take the configured zone at its word, so that each server's silence or refusal becomes evidence.
  return { name: cut, nameServers, nsNames: [], stub: true }
}

type Step =
  | { kind: 'zone'; zone: string; negativeTtl?: number }
  | { kind: 'referral'; zone: string; nsNames: string[]; glue: DnsRecord[] }
  | { kind: 'unknown' }

async function walkUp(
  run: Asker,
  name: string,
  cut: string,
  nameServers: NameServer[],
  deadline?: AbortSignal,
): Promise<Step> {
  for (let at = name; isWithin(at, cut); at = parentName(at)) {
    const answer = await askFirst(run, { name: at, type: 'SOA' }, nameServers, deadline)
    if (!answer) return { kind: 'unknown' }
    if (answer.outcome === 'referral' && answer.referral) {
      const { zone, nsNames, glue } = answer.referral
      // A referral must lead down, or two servers could send us back and forth.
      if (zone !== cut && isWithin(zone, cut)) return { kind: 'referral', zone, nsNames, glue }
      return { kind: 'unknown' }
    }
    const found = zoneNamed(at, answer)
    if (found) return { kind: 'zone', ...found }
    if (at === '') break
  }
  return { kind: 'unknown' }
}

/** The zone that holds a name and the NS names in it, without the addresses of those servers. For the public tree. */
export async function findZoneNames(
  run: Asker,
  name: string,
  deadline?: AbortSignal,
): Promise<{ name: string; nsNames: string[] }> {
  for (let at = name; ; at = parentName(at)) {
    const answer = await soaOf(run, at, deadline)
    const found = answer && zoneNamed(at, answer)
    if (found) return { name: found.zone, nsNames: await publicServersOf(run, found.zone, deadline) }
    if (at === '' || !answer || isSilence(answer)) throw new ZoneLookupError(name, answer ? [answer] : [])
  }
}

// The names of one domain lie in the same zones; what says so is asked once.
const soaOf = (run: Asker, name: string, deadline?: AbortSignal) =>
  run.budget.once(`SOA ${name}`, () => run.askRecursors({ name, type: 'SOA' }, { checkingDisabled: true, deadline }))

async function publicServersOf(run: Asker, zone: string, deadline?: AbortSignal): Promise<string[]> {
  const answer = await run.budget.once(`NS ${zone}`, () =>
    run.askRecursors({ name: zone, type: 'NS' }, { checkingDisabled: true, deadline }),
  )
  const nsNames = namesOfServers(zone, answer?.records ?? [])
  if (nsNames.length === 0) throw new ZoneLookupError(zone, answer ? [answer] : [])
  return nsNames
}

function askFirst(
  run: Asker,
  question: { name: string; type: 'SOA' | 'NS' },
  nameServers: NameServer[],
  deadline?: AbortSignal,
): Promise<ServerAnswer | undefined> {
  const servers = nameServers.flatMap((nameServer) => nameServer.servers.map(serverAddress))
  const key = `first ${question.type} ${question.name} ${servers.join()}`
  return run.budget.once(key, () => askInTurn(run, question, nameServers.slice(0, mostNames), deadline))
}

async function askInTurn(
  run: Asker,
  question: { name: string; type: 'SOA' | 'NS' },
  nameServers: NameServer[],
  deadline?: AbortSignal,
): Promise<ServerAnswer | undefined> {
  for (const nameServer of nameServers) {
    const answer = await run.askNameServer(question, nameServer, { deadline })
    if (isDefinite(answer) || answer.outcome === 'referral') return answer
  }
  return undefined
}

/**
 * The zone an SOA answer names. Where the name is an alias, the SOA is that of the alias's target: it counts only when
 * its owner holds the name that was asked.
 */
function zoneNamed(name: string, answer: ServerAnswer): { zone: string; negativeTtl?: number } | undefined {
  const own = answer.records.find((record) => record.type === 'SOA' && record.name === name)
  if (own?.type === 'SOA') return { zone: own.name, negativeTtl: Math.min(own.ttl, own.data.minimum) }
  const isAlias = answer.records.some((record) => record.type === 'CNAME' && record.name === name)
  if (isAlias || answer.soaOwner === undefined || !isWithin(name, answer.soaOwner)) return undefined
  return { zone: answer.soaOwner, ...(answer.negativeTtl !== undefined && { negativeTtl: answer.negativeTtl }) }
}

/** NS host names of a zone among records, sorted. */
export function namesOfServers(zone: string, records: DnsRecord[]): string[] {
  const names = recordsOfType(records, 'NS', zone).map((record) => record.data)
  return [...new Set(names)].sort()
}

/** Name servers with their addresses. Those beyond the number that is asked are named, and not looked up. */
export function nameServersOf(
  run: Asker,
  names: readonly string[],
  { glue = [], deadline }: { glue?: DnsRecord[]; deadline?: AbortSignal | undefined } = {},
): Promise<NameServer[]> {
  return Promise.all(
    names.map((ns, index) => (index < mostNames ? nameServerOf(run, ns, glue, deadline) : { name: ns, servers: [] })),
  )
}

/** A name server with its addresses, IPv4 first: from glue where there is some, else looked up. */
export async function nameServerOf(
  run: Asker,
  ns: string,
  glue: DnsRecord[],
  deadline?: AbortSignal,
): Promise<NameServer> {
  const fromGlue = [...recordsOfType(glue, 'A', ns), ...recordsOfType(glue, 'AAAA', ns)].map((record) => record.data)
  const addresses = fromGlue.length > 0 ? fromGlue : await run.addressesOf(ns, deadline)
  return { name: ns, ...askedAddresses(addresses) }
}
