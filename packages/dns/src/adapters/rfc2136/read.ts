import { mapLimited } from '@dmarc-as-code/primitives'
import type { RecordSet } from '../../engine/types.ts'
import type { SignedClient } from '../../rfc2136/client.ts'
import { TransferError } from '../../rfc2136/transfer.ts'
import { isAuthoritative, type WireMessage, type WireRecord } from '../../wire/message.ts'
import { canonicalName } from '../../wire/names.ts'
import { unreadable } from './refusals.ts'
import { setFromWire } from './sets.ts'

// What may stand where a CNAME is wanted, for servers that neither answer ANY in full nor transfer the zone.
const askedTypes =
  'TXT A AAAA MX SRV CAA PTR NS DS DNAME HTTPS SVCB TLSA SPF NAPTR SSHFP LOC HINFO RP URI CERT OPENPGPKEY SMIMEA'.split(
    ' ',
  )
const dnssecTypes = new Set(['RRSIG', 'NSEC', 'NSEC3', 'DNSKEY', 'NSEC3PARAM'])

/** How everything at a name of a zone can be seen. */
export type Completeness =
  /** The server gives all types in answer to ANY. */
  | { kind: 'any' }
  /** The zone as it was transferred. */
  | { kind: 'transfer'; records: readonly WireRecord[] }
  /** Only types that are asked for one by one; `why` no transfer was had. */
  | { kind: 'types'; why: string }

/**
 * Finds out by which way a server shows everything. RFC 8482 lets it answer ANY with one set; at the apex of a zone there
 * are always at least two, so whoever shows SOA and NS there shows everything elsewhere too.
 */
export async function completenessOf(client: SignedClient, zone: string, signal?: AbortSignal): Promise<Completeness> {
  const { message } = await ask(client, zone, zone, 'ANY', signal, 'tcp')
  const types = new Set(setsFromAnswer(message, zone).map((set) => set.type))
  if (types.has('SOA') && types.has('NS')) return { kind: 'any' }
  try {
    return { kind: 'transfer', records: await client.transfer(zone, signal) }
  } catch (error) {
    signal?.throwIfAborted()
    if (!(error instanceof TransferError)) throw error
    return { kind: 'types', why: error.message }
  }
}

/** Everything at one name. What only a wildcard answers does not count. */
export async function readName(
  client: SignedClient,
  zone: string,
  name: string,
  completeness: () => Promise<Completeness>,
  signal?: AbortSignal,
): Promise<RecordSet[]> {
  const answer = await ask(client, zone, name, 'CNAME', signal)
  if (answer.rcode === 'NXDOMAIN') return []
  const referral = delegationAt(answer.message, zone)
  if (referral) return referral.name === name ? [referral] : []
  const alias = setsFromAnswer(answer.message, name)
  if (alias.length > 0) return (await existsItself(client, zone, name, signal)) ? alias : []
  const complete = await completeness()
  if (complete.kind === 'transfer')
    return toSets(complete.records.filter((record) => canonicalName(record.name) === name))
  const found =
    complete.kind === 'any'
      ? setsFromAnswer((await ask(client, zone, name, 'ANY', signal, 'tcp')).message, name)
      : await readTypes(client, zone, name, signal)
  if (found.length === 0 || (await existsItself(client, zone, name, signal))) return found
  return []
}

async function readTypes(client: SignedClient, zone: string, name: string, signal?: AbortSignal): Promise<RecordSet[]> {
  const any = await client.query(name, 'ANY', signal, 'tcp')
  const seen = setsFromAnswer(any.message, name).map((set) => set.type)
  const types = new Set([...askedTypes, ...seen])
  // A burst of datagrams gets lost more easily than it saves time.
  const answers = await mapLimited([...types], 6, (type) => ask(client, zone, name, type, signal))
  return answers.flatMap((answer) => setsFromAnswer(answer.message, name))
}

// An answer does not tell whether a wildcard gave it. A prerequisite does: it is checked against the zone itself
// (RFC 2136 section 3.2), and a message with no update section changes nothing.
async function existsItself(client: SignedClient, zone: string, name: string, signal?: AbortSignal): Promise<boolean> {
  const { rcode } = await client.update({ zone, prerequisites: [{ kind: 'name-in-use', name }], updates: [] }, signal)
  return rcode !== 'NXDOMAIN'
}

async function ask(client: SignedClient, zone: string, ...question: Parameters<SignedClient['query']>) {
  const { rcode, message } = await client.query(...question)
  if (rcode !== 'NOERROR' && rcode !== 'NXDOMAIN') throw unreadable(rcode, zone, client)
  return { rcode, message }
}

/** The record sets of an answer section that are owned by the name. */
export function setsFromAnswer(message: WireMessage, name: string): RecordSet[] {
  return toSets(message.sections[0].filter((record) => canonicalName(record.name) === name))
}

function delegationAt(message: WireMessage, zone: string): RecordSet | undefined {
  if (isAuthoritative(message) || message.sections[0].length > 0) return undefined
  const servers = message.sections[1].filter((record) => record.type === 'NS' && canonicalName(record.name) !== zone)
  return toSets(servers)[0]
}

/** Record sets of records, those of DNSSEC itself left out. */
export function toSets(records: readonly WireRecord[]): RecordSet[] {
  const kept = records.filter((record) => record.class === 1 && !dnssecTypes.has(record.type))
  return [...Map.groupBy(kept, (record) => `${canonicalName(record.name)} ${record.type}`).values()].map((group) => {
    const [first] = group as [WireRecord]
    return setFromWire(
      canonicalName(first.name),
      first.type,
      first.ttl,
      group.map((record) => record.rdata),
    )
  })
}
