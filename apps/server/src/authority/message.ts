import type { Answer, OwnedRrset } from './answer.ts'
import { encodeName, type Labels, nameKey } from './names.ts'
import type { Query } from './query.ts'
import { TYPE } from './rdata.ts'

/** What we can take and send over UDP without fragments: the figure of the DNS flag day 2020. */
const MAX_UDP_PAYLOAD = 1232
const PLAIN_UDP_PAYLOAD = 512
const MAX_TCP_PAYLOAD = 65535
const FLAGS = { response: 0x8000, authoritative: 0x0400, truncated: 0x0200, recursionDesired: 0x0100 }

/** The most bytes a reply may have over this transport (RFC 1035 section 4.2.1, RFC 6891 section 6.2.5). */
export function sizeLimit(query: Query, transport: 'udp' | 'tcp'): number {
  if (transport === 'tcp') return MAX_TCP_PAYLOAD
  const offered = query.edns?.payloadSize ?? PLAIN_UDP_PAYLOAD
  return Math.min(Math.max(offered, PLAIN_UDP_PAYLOAD), MAX_UDP_PAYLOAD)
}

/** A reply that says only a response code. */
export function writeError(query: Query, rcode: number): Buffer {
  return write(query, { rcode, authoritative: false, answers: [], authorities: [], glue: [], extras: [] })
}

/** A reply without records that tells the requester to ask again over TCP. */
export function writeTruncated(query: Query, authoritative = false): Buffer {
  const empty: Answer = { rcode: 0, authoritative, answers: [], authorities: [], glue: [], extras: [] }
  return write(query, empty, FLAGS.truncated)
}

/** The reply in at most `limit` bytes: optional addresses go first, then everything, with TC set (RFC 2181 section 9). */
export function writeAnswer(query: Query, answer: Answer, limit: number): Buffer {
  const whole = write(query, answer)
  if (whole.length <= limit) return whole
  const required = write(query, { ...answer, extras: [] })
  return required.length <= limit ? required : writeTruncated(query, answer.authoritative)
}

function write(query: Query, answer: Answer, extraFlags = 0): Buffer {
  const header = Buffer.alloc(12)
  const question = query.question?.bytes ?? Buffer.alloc(0)
  const names = new Map<string, number>()
  if (query.question) remember(names, query.question.labels, 12)
  const parts: Buffer[] = [header, question]
  let length = 12 + question.length
  const section = (rrsets: OwnedRrset[]): number => {
    let count = 0
    for (const { owner, rrset } of rrsets) {
      for (const rdata of rrset.rdata) {
        const record = writeRecord(names, length, owner, rrset.type, rrset.ttl, rdata)
        parts.push(record)
        length += record.length
        count += 1
      }
    }
    return count
  }
  const counts = [query.question ? 1 : 0, section(answer.answers), section(answer.authorities)]
  counts.push(section([...answer.glue, ...answer.extras]) + (query.edns ? 1 : 0))
  if (query.edns) parts.push(opt(query, answer.rcode))
  header.writeUInt16BE(query.id, 0)
  const flags =
    FLAGS.response |
    (query.opcode << 11) |
    (answer.authoritative ? FLAGS.authoritative : 0) |
    (query.recursionDesired ? FLAGS.recursionDesired : 0) |
    extraFlags |
    (answer.rcode & 0xf)
  header.writeUInt16BE(flags, 2)
  for (const [index, count] of counts.entries()) header.writeUInt16BE(count, 4 + index * 2)
  return Buffer.concat(parts)
}

/** The OPT record: our payload size, the upper bits of the response code, version 0, and DO as asked (RFC 3225). */
function opt(query: Query, rcode: number): Buffer {
  const record = Buffer.alloc(11)
  record.writeUInt16BE(TYPE.OPT, 1)
  record.writeUInt16BE(MAX_UDP_PAYLOAD, 3)
  record.writeUInt8(rcode >> 4, 5)
  record.writeUInt16BE(query.edns?.dnssecOk ? 0x8000 : 0, 7)
  return record
}

function writeRecord(
  names: Map<string, number>,
  offset: number,
  owner: Labels,
  type: number,
  ttl: number,
  rdata: Buffer,
): Buffer {
  const name = compress(names, offset, owner)
  const fixed = Buffer.alloc(10)
  fixed.writeUInt16BE(type, 0)
  fixed.writeUInt16BE(1, 2)
  fixed.writeUInt32BE(ttl, 4)
  fixed.writeUInt16BE(rdata.length, 8)
  return Buffer.concat([name, fixed, rdata])
}

/** Owner names point back to where their ending already stands (RFC 1035 section 4.1.4); names in RDATA stay whole. */
function compress(names: Map<string, number>, offset: number, labels: Labels): Buffer {
  for (let start = 0; start < labels.length; start++) {
    const known = names.get(nameKey(labels.slice(start)))
    if (known === undefined) continue
    remember(names, labels, offset, start)
    const head = encodeName(labels.slice(0, start)).subarray(0, -1)
    return Buffer.concat([head, Buffer.from([0xc0 | (known >> 8), known & 0xff])])
  }
  remember(names, labels, offset)
  return encodeName(labels)
}

function remember(names: Map<string, number>, labels: Labels, offset: number, until = labels.length): void {
  let at = offset
  for (const [index, label] of labels.slice(0, until).entries()) {
    const key = nameKey(labels.slice(index))
    // A pointer has 14 bits.
    if (at < 0x4000 && !names.has(key)) names.set(key, at)
    at += label.length + 1
  }
}
