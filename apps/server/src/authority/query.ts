import { DnsFormatError, type Labels, rcodes, readLabels, types, wireLength } from '@dmarc-as-code/dns/wire'

/** The client's EDNS data from its OPT record (RFC 6891). */
export interface Edns {
  payloadSize: number
  version: number
  dnssecOk: boolean
}

export interface Question {
  labels: Labels
  type: number
  class: number
  /** The bytes as received, including letter case: replies must echo them (RFC 5452 section 9.1). */
  bytes: Buffer
}

/** A request as far as it could be read. `fault` is the response code when it could not be read completely. */
export interface Query {
  id: number
  opcode: number
  recursionDesired: boolean
  question?: Question
  edns?: Edns
  fault?: number
}

const HEADER = 12
const RESPONSE_FLAG = 0x8000

/** Reads a request; undefined when no reply may be given at all (too short, or itself a reply). Never throws. */
export function readQuery(message: Buffer): Query | undefined {
  if (message.length < HEADER) return undefined
  const flags = message.readUInt16BE(2)
  // Replying to a reply would let two servers answer each other for ever.
  if (flags & RESPONSE_FLAG) return undefined
  const query: Query = {
    id: message.readUInt16BE(0),
    opcode: (flags >> 11) & 0xf,
    recursionDesired: (flags & 0x0100) !== 0,
  }
  if (query.opcode !== 0) return query
  return readSections(message, query)
}

function readSections(message: Buffer, query: Query): Query {
  const [questions, answers, authorities, additionals] = [4, 6, 8, 10].map((at) => message.readUInt16BE(at))
  // Exactly one question (RFC 9619).
  const question = questions === 1 ? readQuestion(message) : undefined
  if (!question) return { ...query, fault: rcodes.FORMERR }
  const asked: Query = { ...query, question }
  let at = HEADER + question.bytes.length
  let edns: Edns | undefined
  const before = (answers ?? 0) + (authorities ?? 0)
  for (let index = 0; index < before + (additionals ?? 0); index++) {
    const record = readRecord(message, at)
    if (!record) return { ...asked, fault: rcodes.FORMERR }
    at = record.end
    if (record.type !== types.OPT) continue
    // RFC 6891 section 6.1.1: one OPT, at the root, in the additional section.
    if (edns || index < before || record.owner.length > 0) return { ...asked, fault: rcodes.FORMERR }
    edns = { payloadSize: record.class, version: (record.ttl >>> 16) & 0xff, dnssecOk: (record.ttl & 0x8000) !== 0 }
  }
  return edns ? { ...asked, edns } : asked
}

function readQuestion(message: Buffer): Question | undefined {
  const name = readName(message, HEADER)
  if (!name || name.next + 4 > message.length) return undefined
  // Nothing precedes the question that its name could point to, and our reply points into it.
  if (name.next - HEADER !== wireLength(name.labels)) return undefined
  return {
    labels: name.labels,
    type: message.readUInt16BE(name.next),
    class: message.readUInt16BE(name.next + 2),
    bytes: message.subarray(HEADER, name.next + 4),
  }
}

/** A name, and the offset after it; undefined when the bytes are not a name. */
function readName(message: Buffer, offset: number): { labels: Labels; next: number } | undefined {
  try {
    return readLabels(message, offset)
  } catch (error) {
    if (error instanceof DnsFormatError) return undefined
    throw error
  }
}

interface ReadRecord {
  owner: Labels
  type: number
  class: number
  ttl: number
  end: number
}

function readRecord(message: Buffer, offset: number): ReadRecord | undefined {
  const name = readName(message, offset)
  if (!name || name.next + 10 > message.length) return undefined
  const end = name.next + 10 + message.readUInt16BE(name.next + 8)
  if (end > message.length) return undefined
  return {
    owner: name.labels,
    type: message.readUInt16BE(name.next),
    class: message.readUInt16BE(name.next + 2),
    ttl: message.readUInt32BE(name.next + 4),
    end,
  }
}
