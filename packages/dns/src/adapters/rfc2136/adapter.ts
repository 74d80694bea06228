import { mapLimited } from '@dmarc-as-code/primitives'
import { DnsServiceError } from '../../engine/errors.ts'
import { parentOf } from '../../engine/names.ts'
import type { DnsAdapter, HostedZone, NameChange } from '../../engine/types.ts'
import { type AnyRcode, createSignedClient, type SignedClient } from '../../rfc2136/client.ts'
import { TransferError } from '../../rfc2136/transfer.ts'
import type { Prerequisite, UpdateOperation } from '../../rfc2136/update.ts'
import { type Rfc2136Config, rfc2136 } from '../../services/rfc2136.ts'
import { isAuthoritative } from '../../wire/message.ts'
import { canonicalName, isWithin } from '../../wire/names.ts'
import { requireUnchanged, setsToAdd, setsToRemove } from '../compare-before-write.ts'
import { originOf } from '../soa.ts'
import { type Completeness, completenessOf, readName, setsFromAnswer, toSets } from './read.ts'
import { guard, refusal, unanswered } from './refusals.ts'
import { setRdata } from './sets.ts'

/**
 * Any server that takes dynamic updates with TSIG: BIND, Knot, PowerDNS. Every change is one message whose
 * prerequisites name what must still be there (RFC 2136 section 2.4), so the server itself refuses when the zone changed.
 */
export function rfc2136Adapter(config: Rfc2136Config, { clock }: { clock?: () => number } = {}): DnsAdapter {
  const { server, port, key, transport, timeout } = config
  const client = createSignedClient({ host: server, port: port ?? 53, key, transport, timeout, clock })
  const { where } = client
  /** Zones whose server shows everything in answer to ANY. */
  const ways = new Set<string>()
  /** Zones whose server does not show everything, and why not. */
  const unseen = new Map<string, string>()
  let version: Promise<string | undefined> | undefined
  const allowed = config.zones?.map(canonicalName)
  const requireAllowed = ({ name }: HostedZone) => {
    if (!allowed || allowed.includes(name)) return
    const message = `${name} is not among the zones of these settings (${allowed.join(', ')}).`
    throw new DnsServiceError({
      service: 'rfc2136',
      kind: 'forbidden',
      message,
      fix: 'Add it to zones, or use the settings it was planned with.',
    })
  }
  return {
    service: 'rfc2136',
    label: `DNS server ${where}`,
    abilities: rfc2136.abilities,
    // With views, the key decides which zone of that name it is.
    identity: `${where} ${key ? `with the key ${canonicalName(key.name)}` : 'without a key'}`,
    async findZone(name, { signal } = {}) {
      const zone = await guard(() => findZone(client, config.zones, canonicalName(name), signal))
      if (!zone) return undefined
      version ??= client.version()
      return /powerdns/i.test((await version) ?? '') ? { ...zone, hidden: hiddenByPowerDns } : zone
    },
    async read(zone, names, { signal } = {}) {
      requireAllowed(zone)
      // A transfer is as old as the read that made it; how a server answers ANY does not change.
      let once: Promise<Completeness> | undefined
      const completeness = () => {
        once ??= ways.has(zone.name) ? Promise.resolve({ kind: 'any' }) : completenessOf(client, zone.name, signal)
        return once
      }
      const sets = await guard(() =>
        mapLimited(names, 8, (name) => readName(client, zone.name, name, completeness, signal)),
      )
      const found = await once
      if (found?.kind === 'any') ways.add(zone.name)
      if (found?.kind === 'types') unseen.set(zone.name, found.why)
      else if (found) unseen.delete(zone.name)
      return sets.flat()
    },
    unseen: (zone) => unseen.get(zone.name),
    async list(zone, { signal } = {}) {
      requireAllowed(zone)
      return guard(async () => toSets(await transferred(client, zone.name, signal)))
    },
    async write(zone, changes, { signal } = {}) {
      requireAllowed(zone)
      await requireSight(client, zone.name, changes, ways.has(zone.name), signal)
      const update = async (prerequisites: Prerequisite[], updates: UpdateOperation[]) => {
        const { rcode } = await guard(() => client.update({ zone: zone.name, prerequisites, updates }, signal))
        if (rcode !== 'NOERROR') throw refusal(rcode, zone.name, client)
      }
      await update(changes.flatMap(toPrerequisites), changes.flatMap(toOperations))
      // Knot leaves out the records that come to a signed zone's name in the message that empties it.
      const exchanged = changes.filter(({ before, after }) => before.length > 0 && after.length > 0)
      const empty = await guard(() => mapLimited(exchanged, 8, (change) => isEmpty(client, zone.name, change, signal)))
      const left = exchanged.filter((_, index) => empty[index])
      if (left.length === 0) return
      const fresh = left.map((change) => ({ ...change, before: [] }))
      await update(fresh.flatMap(toPrerequisites), fresh.flatMap(toOperations))
    },
  }
}

async function transferred(client: SignedClient, zone: string, signal?: AbortSignal) {
  try {
    return await client.transfer(zone, signal)
  } catch (cause) {
    if (!(cause instanceof TransferError)) throw cause
    const fix = 'Allow zone transfers for this key (BIND: allow-transfer, Knot: acl with action transfer).'
    throw new DnsServiceError({ service: 'rfc2136', kind: 'forbidden', message: cause.message, fix }, { cause })
  }
}

/** Whether nothing stands at a name, neither of the sets that were to come nor any other. */
async function isEmpty(client: SignedClient, zone: string, { name, after }: NameChange, signal?: AbortSignal) {
  for (const type of new Set(['CNAME', ...after.map((set) => set.type)])) {
    const { rcode, message } = await client.query(name, type, signal, 'tcp')
    if (rcode !== 'NOERROR' && rcode !== 'NXDOMAIN') return false
    if (setsFromAnswer(message, name).length > 0) return false
  }
  const { rcode } = await client.update(
    { zone, prerequisites: [{ kind: 'name-not-in-use', name }], updates: [] },
    signal,
  )
  return rcode === 'NOERROR'
}

/** Fails unless everything at the names that are to be emptied can be seen. A CNAME has nothing beside it. */
async function requireSight(
  client: SignedClient,
  zone: string,
  changes: readonly NameChange[],
  known: boolean,
  signal?: AbortSignal,
): Promise<void> {
  const emptied = changes.find(({ before }) => before.some((set) => set.type !== 'CNAME'))
  if (!emptied || known) return
  const complete = await guard(() => completenessOf(client, zone, signal))
  if (complete.kind === 'transfer') {
    // A set that came since the plan cannot be named by a prerequisite, and Knot would ignore the CNAME beside it.
    const sets = Map.groupBy(toSets(complete.records), ({ name }) => name)
    for (const change of changes) requireUnchanged('rfc2136', change, sets.get(change.name) ?? [])
  }
  if (complete.kind !== 'types') return
  throw new DnsServiceError({
    service: 'rfc2136',
    kind: 'refused',
    message: `${emptied.name} cannot be replaced, because the server does not show everything that stands there: it answers ANY with one record set and gives no transfer (${complete.why})`,
    fix: 'Allow zone transfers for this key (Knot: acl with action transfer).',
  })
}

async function findZone(
  client: SignedClient,
  configured: readonly string[] | undefined,
  name: string,
  signal?: AbortSignal,
): Promise<HostedZone | undefined> {
  const zone = configured
    ? configured
        .map(canonicalName)
        .filter((candidate) => isWithin(name, candidate))
        .sort((left, right) => right.length - left.length)[0]
    : await walkToApex(client, name, signal)
  if (zone === undefined) return undefined
  const [{ message }, signed, top] = await Promise.all([
    client.query(zone, 'NS', signal),
    client.query(zone, 'DNSKEY', signal, 'tcp'),
    client.query(zone, 'SOA', signal),
  ])
  const [soa] = setsFromAnswer(top.message, zone).filter((set) => set.type === 'SOA')
  const servers = setsFromAnswer(message, zone).find((set) => set.type === 'NS')
  const isSigned = signed.message.sections[0].some((record) => record.type === 'DNSKEY')
  return {
    id: zone,
    name: zone,
    ...(soa ? { origin: originOf(soa.values[0] ?? '') } : {}),
    ...(isSigned ? { exchange: exchangeWhereSigned } : {}),
    ...(servers ? { nameServers: servers.values.map(canonicalName) } : {}),
  }
}

// Seen in 4.7: neither answers nor transfers have them, and an update deletes them with the set that it replaces.
const hiddenByPowerDns =
  'This server is PowerDNS. Its dynamic updates delete disabled records and comments of the record sets that they replace, and undo cannot restore them, because DNS does not show them. Use the service powerdns (its HTTP API) if there are any.'

// Knot leaves out what comes to a signed name in the message that empties it, and a server does not tell what it is.
const exchangeWhereSigned =
  'The zone is signed. Knot DNS takes two messages to exchange the records of a signed name, so nothing stands at this name for a moment; BIND and PowerDNS take one.'

// The SOA of a name that is a CNAME is that of its target's zone: only an SOA owned by the asked name itself counts.
async function walkToApex(client: SignedClient, name: string, signal?: AbortSignal): Promise<string | undefined> {
  const problems = new Set<AnyRcode>()
  for (let candidate = name; candidate !== ''; candidate = parentOf(candidate)) {
    const { rcode, message } = await client.query(candidate, 'SOA', signal)
    if (rcode !== 'NOERROR' && rcode !== 'NXDOMAIN') problems.add(rcode)
    if (rcode !== 'NOERROR' || !isAuthoritative(message)) continue
    if (message.sections[0].some((record) => record.type === 'SOA' && canonicalName(record.name) === candidate)) {
      return candidate
    }
  }
  // No answer at all is no proof that there is no zone.
  const worst = (['NOTAUTH', 'SERVFAIL', 'REFUSED'] as const).find((rcode) => problems.has(rcode)) ?? [...problems][0]
  if (worst !== undefined) throw unanswered(worst, name, client)
  return undefined
}

function toPrerequisites({ name, before, after }: NameChange): Prerequisite[] {
  if (before.length === 0) return [{ kind: 'name-not-in-use', name }]
  const present = before.flatMap((set) =>
    setRdata(set).map((rdata): Prerequisite => ({ kind: 'rrset-is', name, type: set.type, rdata })),
  )
  const fresh = after.filter((set) => !before.some((other) => other.type === set.type))
  return [...present, ...fresh.map((set): Prerequisite => ({ kind: 'rrset-not-exists', name, type: set.type }))]
}

function toOperations(change: NameChange): UpdateOperation[] {
  const { name } = change
  return [
    ...setsToRemove(change).map((set): UpdateOperation => ({ kind: 'delete-rrset', name, type: set.type })),
    ...setsToAdd(change).flatMap((set) =>
      setRdata(set).map((rdata): UpdateOperation => ({ kind: 'add', name, type: set.type, ttl: set.ttl, rdata })),
    ),
  ]
}
