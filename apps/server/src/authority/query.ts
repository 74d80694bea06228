import {
  DnsFormatError,
  headerFlags,
  headerLength,
  type Labels,
  rcodes,
  readLabels,
  types,
  wireLength,
} from '@dmarc-as-code/dns/wire'

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

/** Reads a request; undefined when no reply may be given at all (too short, or itself a reply). Never throws. */
export function readQuery(message: Buffer): Query | undefined {
  if (message.length < headerLength) return undefined
  const flags = message.readUInt16BE(2)
  // Replying to a reply would let two servers answer each other for ever.
  if (flags & headerFlags.response) return undefined
  const query: Query = {
    id: message.readUInt16BE(0),
    opcode: (flags >> 11) & 0xf,
    recursionDesired: (flags & 0x0100) !== 0,
  }
  const read = readSections(message, query)
  if (query.opcode === 0) return read
  // Other opcodes are not implemented, whatever they contain; the answer needs to know only whether there is an OPT.
  return read.edns ? { ...query, edns: read.edns } : query
}

/** Reads as far as it can: an answer to a faulty request has an OPT record too when the request had one (RFC 6891 section 7). */
function readSections(message: Buffer, query: Query): Query {
  const [questions = 0, answers = 0, authorities = 0, additionals = 0] = [4, 6, 8, 10].map((at) =>
    message.readUInt16BE(at),
  )
  const read: Query = { ...query }
  const fault = () => {
    read.fault = rcodes.FORMERR
    return read
  }
  let at = headerLength
  for (let index = 0; index < questions; index++) {
    const question = readQuestion(message, at)
    if (!question) return fault()
    at += question.bytes.length
    if (index === 0) read.question = question
  }
  // Exactly one question (RFC 9619).
  if (questions !== 1) {
    delete read.question
    fault()
  }
  const before = answers + authorities
  for (let index = 0; index < before + additionals; index++) {
    const record = readRecord(message, at)
    if (!record) return fault()
    at = record.end
    if (record.type !== types.OPT) continue
    // RFC 6891 section 6.1.1: one OPT, at the root, in the additional section.
    if (read.edns || index < before || record.owner.length > 0) fault()
    const version = (record.ttl >>> 16) & 0xff
    if (version === 0 && !optionsFit(record.rdata)) fault()
    read.edns ??= { payloadSize: record.class, version, dnssecOk: (record.ttl & 0x8000) !== 0 }
  }
  return read
}

/** Whether the options of an OPT record fill its data exactly: code, length and data of each (RFC 6891 section 6.1.2). */
function optionsFit(rdata: Buffer): boolean {
  let at = 0
  while (at + 4 <= rdata.length) at += 4 + rdata.readUInt16BE(at + 2)
  return at === rdata.length
}

function readQuestion(message: Buffer, at: number): Question | undefined {
  const name = readName(message, at)
  if (!name || name.next + 4 > message.length) return undefined
  // Nothing precedes the question that its name could point to, and our reply points into it.
  if (name.next - at !== wireLength(name.labels)) return undefined
  return {
    labels: name.labels,
    type: message.readUInt16BE(name.next),
    class: message.readUInt16BE(name.next + 2),
    bytes: message.subarray(at, name.next + 4),
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
  rdata: Buffer
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
    rdata: message.subarray(name.next + 10, end),
    end,
  }
}
