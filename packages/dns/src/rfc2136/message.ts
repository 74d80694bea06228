import { decodeName, encodeName, WireFormatError } from './name.ts'
import { expandRdata } from './rdata-names.ts'
import { typeName, typeNumber } from './types.ts'

export const opcodes = { QUERY: 0, NOTIFY: 4, UPDATE: 5 } as const
export const classes = { IN: 1, NONE: 254, ANY: 255 } as const

/** RCODEs of RFC 1035 4.1.1 and RFC 2136 2.2, and the TSIG errors of RFC 8945 section 3. */
export const rcodes = {
  NOERROR: 0,
  FORMERR: 1,
  SERVFAIL: 2,
  NXDOMAIN: 3,
  NOTIMP: 4,
  REFUSED: 5,
  YXDOMAIN: 6,
  YXRRSET: 7,
  NXRRSET: 8,
  NOTAUTH: 9,
  NOTZONE: 10,
  BADSIG: 16,
  BADKEY: 17,
  BADTIME: 18,
} as const

export type Rcode = keyof typeof rcodes

/** 8 -> `NXRRSET`; a number without a name -> `RCODE23`. */
export function rcodeName(number: number): string {
  return Object.entries(rcodes).find(([, value]) => value === number)?.[0] ?? `RCODE${number}`
}

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

export const opcodeOf = (message: { flags: number }) => (message.flags >> 11) & 0xf
export const isResponse = (message: { flags: number }) => (message.flags & 0x8000) !== 0
export const isTruncated = (message: { flags: number }) => (message.flags & 0x0200) !== 0
export const isAuthoritative = (message: { flags: number }) => (message.flags & 0x0400) !== 0

/** Reads a whole message. Fails with {@link WireFormatError}; bytes after the last record are an error too. */
export function readMessage(input: Uint8Array): WireMessage {
  const bytes = Buffer.from(input.buffer, input.byteOffset, input.byteLength)
  if (bytes.length < 12) throw new WireFormatError(`the message has ${bytes.length} bytes; a header alone takes 12`)
  let offset = 12
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
  if (offset !== bytes.length) throw new WireFormatError(`${bytes.length - offset} bytes follow the last record`)
  return { id: bytes.readUInt16BE(0), flags: bytes.readUInt16BE(2), questions, sections }
}

/** Writes a message without compression, which every server must accept and no size limit of ours comes near. */
export function writeMessage(message: {
  id: number
  flags: number
  questions: readonly WireQuestion[]
  sections?: readonly (readonly Omit<WireRecord, 'start'>[])[]
}): Buffer {
  const sections = [0, 1, 2].map((index) => message.sections?.[index] ?? [])
  const header = Buffer.alloc(12)
  header.writeUInt16BE(message.id, 0)
  header.writeUInt16BE(message.flags, 2)
  header.writeUInt16BE(message.questions.length, 4)
  sections.forEach((records, index) => {
    header.writeUInt16BE(records.length, 6 + 2 * index)
  })
  const questions = message.questions.map((question) => {
    const tail = Buffer.alloc(4)
    tail.writeUInt16BE(typeNumber(question.type), 0)
    tail.writeUInt16BE(question.class, 2)
    return Buffer.concat([encodeName(question.name), tail])
  })
  return Buffer.concat([header, ...questions, ...sections.flat().map(writeRecord)])
}

export function writeRecord(record: Omit<WireRecord, 'start'>): Buffer {
  const middle = Buffer.alloc(10)
  middle.writeUInt16BE(typeNumber(record.type), 0)
  middle.writeUInt16BE(record.class, 2)
  middle.writeUInt32BE(record.ttl, 4)
  middle.writeUInt16BE(record.rdata.length, 8)
  return Buffer.concat([encodeName(record.name), middle, record.rdata])
}

function need(bytes: Buffer, offset: number, count: number): void {
  if (offset + count > bytes.length) throw new WireFormatError('the message ends inside a record')
}
