import {
  classes,
  headerFlags,
  headerLength,
  NameCompressor,
  recordTail,
  types,
  writeHeader,
} from '@dmarc-as-code/dns/wire'
import type { Answer, OwnedRrset } from './answer.ts'
import type { Query } from './query.ts'

/** The largest UDP payload without fragmentation, as recommended by DNS flag day 2020. */
const MAX_UDP_PAYLOAD = 1232
const PLAIN_UDP_PAYLOAD = 512
const MAX_TCP_PAYLOAD = 65535

/** The maximum size of a reply over this transport in bytes (RFC 1035 section 4.2.1, RFC 6891 section 6.2.5). */
export function sizeLimit(query: Query, transport: 'udp' | 'tcp'): number {
  if (transport === 'tcp') return MAX_TCP_PAYLOAD
  const offered = query.edns?.payloadSize ?? PLAIN_UDP_PAYLOAD
  return Math.min(Math.max(offered, PLAIN_UDP_PAYLOAD), MAX_UDP_PAYLOAD)
}

/** A reply with only a response code. */
export function writeError(query: Query, rcode: number): Buffer {
  return write(query, { rcode, authoritative: false, answers: [], authorities: [], glue: [], extras: [] })
}

/** A truncated reply without records: the client repeats the query over TCP. */
export function writeTruncated(query: Query, authoritative = false): Buffer {
  const empty: Answer = { rcode: 0, authoritative, answers: [], authorities: [], glue: [], extras: [] }
  return write(query, empty, headerFlags.truncated)
}

/** The reply in at most `limit` bytes: optional addresses are dropped first, then everything with TC set (RFC 2181 section 9). */
export function writeAnswer(query: Query, answer: Answer, limit: number): Buffer {
  const whole = write(query, answer)
  if (whole.length <= limit) return whole
  const required = write(query, { ...answer, extras: [] })
  return required.length <= limit ? required : writeTruncated(query, answer.authoritative)
}

function write(query: Query, answer: Answer, extraFlags = 0): Buffer {
  const question = query.question?.bytes ?? Buffer.alloc(0)
  const names = new NameCompressor()
  if (query.question) names.remember(query.question.labels, headerLength)
  const parts: Buffer[] = [question]
  let length = headerLength + question.length
  const push = (bytes: Buffer) => {
    parts.push(bytes)
    length += bytes.length
  }
  const section = (rrsets: readonly OwnedRrset[]): number => {
    let count = 0
    for (const { owner, rrset } of rrsets) {
      for (const rdata of rrset.rdata) {
        push(names.write(owner, length))
        push(recordTail(rrset.type, classes.IN, rrset.ttl, rdata))
        count += 1
      }
    }
    return count
  }
  const counts = [query.question ? 1 : 0, section(answer.answers), section(answer.authorities)]
  counts.push(section([...answer.glue, ...answer.extras]) + (query.edns ? 1 : 0))
  if (query.edns) push(opt(query, answer.rcode))
  const flags =
    headerFlags.response |
    (query.opcode << 11) |
    (answer.authoritative ? headerFlags.authoritative : 0) |
    (query.recursionDesired ? headerFlags.recursionDesired : 0) |
    extraFlags |
    (answer.rcode & 0xf)
  return Buffer.concat([writeHeader({ id: query.id, flags }, counts), ...parts])
}

/** The OPT record: our payload size, the upper bits of the response code, version 0, and DO as asked (RFC 3225). */
export function opt(query: Query, rcode: number): Buffer {
  const record = Buffer.alloc(11)
  record.writeUInt16BE(types.OPT, 1)
  record.writeUInt16BE(MAX_UDP_PAYLOAD, 3)
  record.writeUInt8(rcode >> 4, 5)
  record.writeUInt16BE(query.edns?.dnssecOk ? 0x8000 : 0, 7)
  return record
}
