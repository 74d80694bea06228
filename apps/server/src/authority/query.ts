import { type Labels, readName, wireLength } from './names.ts'
import { TYPE } from './rdata.ts'

export const RCODE = {
  NOERROR: 0,
  FORMERR: 1,
  SERVFAIL: 2,
  NXDOMAIN: 3,
  NOTIMP: 4,
  REFUSED: 5,
  BADVERS: 16,
} as const

/** The requester's EDNS data (RFC 6891): what its OPT record says. */
export interface Edns {
  payloadSize: number
  version: number
  dnssecOk: boolean
}

export interface Question {
  labels: Labels
  type: number
  class: number
  /** The bytes as they were asked, letter case included: replies must echo them (RFC 5452 section 9.1). */
  bytes: Buffer
}

/** A request as far as it could be read. `fault` is the response code to give when it could not be read to its end. */
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
  // A reply to a reply would let two servers answer each other for ever.
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
  // One question exactly (RFC 9619).
  const question = questions === 1 ? readQuestion(message) : undefined
  if (!question) return { ...query, fault: RCODE.FORMERR }
  const asked: Query = { ...query, question }
  let at = HEADER + question.bytes.length
  let edns: Edns | undefined
  const before = (answers ?? 0) + (authorities ?? 0)
  for (let index = 0; index < before + (additionals ?? 0); index++) {
    const record = readRecord(message, at)
    if (!record) return { ...asked, fault: RCODE.FORMERR }
    at = record.end
    if (record.type !== TYPE.OPT) continue
    // RFC 6891 section 6.1.1: one OPT, at the root, in the additional section.
    if (edns || index < before || record.owner.length > 0) return { ...asked, fault: RCODE.FORMERR }
    edns = { payloadSize: record.class, version: (record.ttl >>> 16) & 0xff, dnssecOk: (record.ttl & 0x8000) !== 0 }
  }
  return edns ? { ...asked, edns } : asked
}

function readQuestion(message: Buffer): Question | undefined {
  const name = readName(message, HEADER)
  if (!name || name.end + 4 > message.length) return undefined
  // Nothing stands before the question that its name could point to; ours would point into it.
  if (name.end - HEADER !== wireLength(name.labels)) return undefined
  return {
    labels: name.labels,
    type: message.readUInt16BE(name.end),
    class: message.readUInt16BE(name.end + 2),
    bytes: message.subarray(HEADER, name.end + 4),
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
  if (!name || name.end + 10 > message.length) return undefined
  const end = name.end + 10 + message.readUInt16BE(name.end + 8)
  if (end > message.length) return undefined
  return {
    owner: name.labels,
    type: message.readUInt16BE(name.end),
    class: message.readUInt16BE(name.end + 2),
    ttl: message.readUInt32BE(name.end + 4),
    end,
  }
}
