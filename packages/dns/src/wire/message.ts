import { typeName, typeNumber } from './codes.ts'
import { NameCompressor } from './compressor.ts'
import { DnsFormatError } from './errors.ts'
import { parseName } from './labels.ts'
import { decodeName, encodeName } from './names.ts'
import { expandRdata } from './rdata.ts'

export interface WireQuestion {
  name: string
  type: string
  class: number
}

/** A record as it travels: `rdata` is uncompressed, `start` the offset of its first byte in the message it came from. */
export interface WireRecord {
  name: string
  type: string
  class: number
  ttl: number
  rdata: Buffer
  start: number
}

export interface WireMessage {
  id: number
  /** The second 16 bits of the header: QR, opcode, AA, TC, RD, RA, RCODE. */
  flags: number
  questions: WireQuestion[]
  /** Answer (prerequisite), authority (update) and additional section. */
  sections: [WireRecord[], WireRecord[], WireRecord[]]
}

/** The bits of a header's flags. */
export const headerFlags = {
  response: 0x8000,
  authoritative: 0x0400,
  truncated: 0x0200,
  recursionDesired: 0x0100,
  recursionAvailable: 0x0080,
  authenticData: 0x0020,
  checkingDisabled: 0x0010,
} as const

export const opcodeOf = (message: { flags: number }) => (message.flags >> 11) & 0xf
export const isResponse = (message: { flags: number }) => (message.flags & headerFlags.response) !== 0
export const isTruncated = (message: { flags: number }) => (message.flags & headerFlags.truncated) !== 0
export const isAuthoritative = (message: { flags: number }) => (message.flags & headerFlags.authoritative) !== 0

export const headerLength = 12

/** Reads a whole message. Throws `DnsFormatError`; bytes after the last record are an error too. */
export function readMessage(input: Uint8Array): WireMessage {
  const bytes = Buffer.from(input.buffer, input.byteOffset, input.byteLength)
  if (bytes.length < headerLength) {
    throw new DnsFormatError(`the message has ${bytes.length} bytes; a header alone takes ${headerLength}`)
  }
  let offset = headerLength
  const questions: WireQuestion[] = []
  for (let index = 0; index < bytes.readUInt16BE(4); index++) {
    const { name, next } = decodeName(bytes, offset)
    need(bytes, next, 4)
    questions.push({ name, type: typeName(bytes.readUInt16BE(next)), class: bytes.readUInt16BE(next + 2) })
    offset = next + 4
  }
  const section = (count: number): WireRecord[] => {
    const records: WireRecord[] = []
    for (let index = 0; index < count; index++) {
      const start = offset
      const { name, next } = decodeName(bytes, offset)
      need(bytes, next, 10)
      const type = typeName(bytes.readUInt16BE(next))
      const length = bytes.readUInt16BE(next + 8)
      need(bytes, next + 10, length)
      records.push({
        name,
        type,
        class: bytes.readUInt16BE(next + 2),
        ttl: bytes.readUInt32BE(next + 4),
        rdata: expandRdata(bytes, next + 10, length, type),
        start,
      })
      offset = next + 10 + length
    }
    return records
  }
  const sections: WireMessage['sections'] = [
    section(bytes.readUInt16BE(6)),
    section(bytes.readUInt16BE(8)),
    section(bytes.readUInt16BE(10)),
  ]
  if (offset !== bytes.length) throw new DnsFormatError(`${bytes.length - offset} bytes follow the last record`)
  return { id: bytes.readUInt16BE(0), flags: bytes.readUInt16BE(2), questions, sections }
}

/**
 * Writes a message. Without `compress` every name stands whole, which every reader must accept; with it owner names point
 * back to earlier ones. Names inside record data are never compressed.
 */
export function writeMessage(message: {
  id: number
  flags: number
  questions: readonly WireQuestion[]
  sections?: readonly (readonly Omit<WireRecord, 'start'>[])[]
  compress?: boolean
}): Buffer {
  const sections = [0, 1, 2].map((index) => message.sections?.[index] ?? [])
  const parts = [writeHeader(message, [message.questions.length, ...sections.map((records) => records.length)])]
  const compressor = message.compress ? new NameCompressor() : undefined
  let length = headerLength
  const push = (bytes: Buffer) => {
    parts.push(bytes)
    length += bytes.length
  }
  const writeName = (name: string) => push(compressor?.write(parseName(name), length) ?? encodeName(name))
  for (const question of message.questions) {
    writeName(question.name)
    push(questionTail(question))
  }
  for (const record of sections.flat()) {
    writeName(record.name)
    push(recordTail(typeNumber(record.type), record.class, record.ttl, record.rdata))
  }
  return Buffer.concat(parts)
}

/** A header of 12 bytes. `counts` are those of questions, answers, authorities and additional records. */
export function writeHeader(message: { id: number; flags: number }, counts: readonly number[]): Buffer {
  const header = Buffer.alloc(headerLength)
  header.writeUInt16BE(message.id, 0)
  header.writeUInt16BE(message.flags, 2)
  for (const [index, count] of counts.entries()) header.writeUInt16BE(count, 4 + 2 * index)
  return header
}

function questionTail(question: WireQuestion): Buffer {
  const tail = Buffer.alloc(4)
  tail.writeUInt16BE(typeNumber(question.type), 0)
  tail.writeUInt16BE(question.class, 2)
  return tail
}

/** One record with its owner name uncompressed. */
export function writeRecord(record: Omit<WireRecord, 'start'>): Buffer {
  const { type, class: klass, ttl, rdata } = record
  return Buffer.concat([encodeName(record.name), recordTail(typeNumber(type), klass, ttl, rdata)])
}

/** What follows a record's owner name: type, class, TTL, and the data behind its length. */
export function recordTail(type: number, klass: number, ttl: number, rdata: Uint8Array): Buffer {
  const fixed = Buffer.alloc(10)
  fixed.writeUInt16BE(type, 0)
  fixed.writeUInt16BE(klass, 2)
  fixed.writeUInt32BE(ttl, 4)
  fixed.writeUInt16BE(rdata.length, 8)
  return Buffer.concat([fixed, rdata])
}

function need(bytes: Buffer, offset: number, count: number): void {
  if (offset + count > bytes.length) throw new DnsFormatError('the message ends inside a record')
}
