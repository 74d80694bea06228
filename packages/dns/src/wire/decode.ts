import { classes, rcodeName, typeName, types } from './codes.ts'
import { DnsFormatError } from './errors.ts'
import { decimalByte, Escape, labelEscapes } from './labels.ts'
import { headerFlags, headerLength } from './message.ts'
import { ipv6Text } from './rdata-parts.ts'
import type { DnsMessage, DnsRecord } from './types.ts'

// A check of many domains spends much of its time here, so names go straight from bytes to text, in one pass and without
// a list of labels. The tables are those of `readMessage`, and a test holds the two to each other.

const dot = 0x2e
const backslash = 0x5c

/** A name's text while it is read: 255 bytes at most, of which each may take four characters. */
const scratch = Buffer.alloc(4 * 255)

/** Reads a DNS message. Throws `DnsFormatError` for bytes that are none; never reads outside them, never loops. */
export function decodeMessage(bytes: Uint8Array): DnsMessage {
  const reader = new Reader(bytes)
  if (bytes.length < headerLength)
    throw new DnsFormatError(`a DNS message has at least 12 bytes, these are ${bytes.length}`)
  const id = reader.u16()
  const flags = reader.u16()
  const [questions, answers, authorities, additionals] = [reader.u16(), reader.u16(), reader.u16(), reader.u16()]
  let question: DnsMessage['question']
  for (let i = 0; i < questions; i++) {
    const name = reader.name()
    const type = typeName(reader.u16())
    reader.u16()
    question ??= { name, type }
  }
  const message: DnsMessage = {
    id,
    response: (flags & headerFlags.response) !== 0,
    rcode: '',
    opcode: (flags >> 11) & 15,
    authoritative: (flags & headerFlags.authoritative) !== 0,
    truncated: (flags & headerFlags.truncated) !== 0,
    recursionDesired: (flags & headerFlags.recursionDesired) !== 0,
    recursionAvailable: (flags & headerFlags.recursionAvailable) !== 0,
    authenticData: (flags & headerFlags.authenticData) !== 0,
    checkingDisabled: (flags & headerFlags.checkingDisabled) !== 0,
    question,
    answers: [],
    authority: [],
    additional: [],
    edns: undefined,
  }
  let rcode = flags & 15
  const takeSection = (records: DnsRecord[], count: number) => {
    for (let i = 0; i < count; i++) {
      const opt = reader.record(records)
      if (!opt) continue
      rcode |= opt.extendedRcode << 4
      message.edns = { udpSize: opt.udpSize, dnssecOk: opt.dnssecOk }
    }
  }
  // A truncated message may stop anywhere (RFC 2181 section 9); nothing after the question is trusted then anyway.
  if (!message.truncated) {
    takeSection(message.answers, answers)
    takeSection(message.authority, authorities)
    takeSection(message.additional, additionals)
  }
  message.rcode = rcodeName(rcode)
  return message
}

interface Opt {
  udpSize: number
  extendedRcode: number
  dnssecOk: boolean
}

class Reader {
  readonly #bytes: Uint8Array
  #at = 0
  #end: number
  #first: string | undefined

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#end = bytes.length
  }

  u8(): number {
    if (this.#at >= this.#end)
      throw new DnsFormatError(`the message stops at byte ${this.#at}, in the middle of a field`)
    return this.#bytes[this.#at++] as number
  }

  u16(): number {
    return (this.u8() << 8) | this.u8()
  }

  u32(): number {
    return this.u16() * 0x10000 + this.u16()
  }

  take(length: number): Uint8Array {
    if (this.#at + length > this.#end)
      throw new DnsFormatError(`${length} bytes are announced at byte ${this.#at}, fewer follow`)
    this.#at += length
    return this.#bytes.subarray(this.#at - length, this.#at)
  }

  /** A name with compression (RFC 1035 section 4.1.4). Pointers must lead backwards, so no loop is possible. */
  name(): string {
    const start = this.#at
    // Most owners are a pointer to the question, the first name of the message.
    if (this.#first !== undefined && this.#bytes[start] === 0xc0 && this.#bytes[start + 1] === headerLength) {
      this.take(2)
      return this.#first
    }
    const text = this.#readName()
    if (start === headerLength) this.#first = text
    return text
  }

  #readName(): string {
    let written = 0
    let wireLength = 1
    let at = this.#at
    let floor = this.#at
    let end: number | undefined
    for (;;) {
      const limit = end === undefined ? this.#end : this.#bytes.length
      if (at >= limit) throw new DnsFormatError(`the name at byte ${this.#at} runs past the end`)
      const length = this.#bytes[at] as number
      if (length === 0) {
        this.#at = end ?? at + 1
        return scratch.toString('latin1', 0, written)
      }
      if ((length & 0xc0) === 0xc0) {
        if (at + 1 >= limit) throw new DnsFormatError(`the name at byte ${this.#at} runs past the end`)
        const target = ((length & 0x3f) << 8) | (this.#bytes[at + 1] as number)
        if (target >= floor) throw new DnsFormatError(`the name at byte ${this.#at} points forward, to byte ${target}`)
        end ??= at + 2
        at = target
        floor = target
        continue
      }
      if (length > 63) throw new DnsFormatError(`the name at byte ${this.#at} has a label of unknown kind`)
      wireLength += length + 1
      if (wireLength > 255) throw new DnsFormatError(`the name at byte ${this.#at} is longer than 255 bytes`)
      if (at + 1 + length > limit) throw new DnsFormatError(`the name at byte ${this.#at} runs past the end`)
      if (written > 0) scratch[written++] = dot
      written = writeLabel(this.#bytes, at + 1, at + 1 + length, written)
      at += length + 1
    }
  }

  /** Reads a record into `records`, or answers the EDNS fields where the record is an OPT. */
  record(records: DnsRecord[]): Opt | undefined {
    const name = this.name()
    const type = this.u16()
    const klass = this.u16()
    const ttl = this.u32()
    const length = this.u16()
    const start = this.#at
    const end = start + length
    if (end > this.#bytes.length) throw new DnsFormatError(`the record at byte ${start} is longer than the message`)
    this.#end = end
    const record = type === types.OPT ? undefined : this.#data(name, type, klass, ttl, length)
    this.#at = end
    this.#end = this.#bytes.length
    if (record) records.push(record)
    if (type !== types.OPT) return undefined
    return { udpSize: klass, extendedRcode: Math.floor(ttl / 0x1000000), dnssecOk: (ttl & 0x8000) !== 0 }
  }

  #data(name: string, type: number, klass: number, rawTtl: number, length: number): DnsRecord | undefined {
    if (klass !== classes.IN) return undefined
    // A TTL with the top bit set counts as zero (RFC 2181 section 8).
    const ttl = rawTtl > 0x7fffffff ? 0 : rawTtl
    const typeText = typeName(type)
    switch (typeText) {
      case 'A':
        return { name, type: 'A', ttl, data: Array.from(this.#exactly(4, length, 'A')).join('.') }
      case 'AAAA':
        return { name, type: 'AAAA', ttl, data: ipv6Text(this.#exactly(16, length, 'AAAA')) }
      case 'CNAME':
      case 'DNAME':
      case 'NS':
      case 'PTR':
        return { name, type: typeText, ttl, data: this.name() } as DnsRecord
      case 'TXT': {
        const strings: string[] = []
        while (this.#at < this.#end) strings.push(Buffer.from(this.take(this.u8())).toString('utf8'))
        return { name, type: 'TXT', ttl, data: strings.join(''), strings }
      }
      case 'SOA': {
        const [mname, rname] = [this.name(), this.name()]
        const [serial, refresh, retry] = [this.u32(), this.u32(), this.u32()]
        const [expire, minimum] = [this.u32(), this.u32()]
        return { name, type: 'SOA', ttl, data: { mname, rname, serial, refresh, retry, expire, minimum } }
      }
      case 'MX':
        return { name, type: 'MX', ttl, data: { preference: this.u16(), exchange: this.name() } }
      case 'CAA': {
        const critical = (this.u8() & 0x80) !== 0
        const tag = Buffer.from(this.take(this.u8())).toString('latin1').toLowerCase()
        const value = Buffer.from(this.take(this.#end - this.#at)).toString('latin1')
        return { name, type: 'CAA', ttl, data: { critical, tag, value } }
      }
      default:
        return { name, type: 'OTHER', typeName: typeText, ttl, data: Uint8Array.from(this.take(length)) }
    }
  }

  #exactly(expected: number, length: number, type: string): Uint8Array {
    if (length !== expected) throw new DnsFormatError(`an ${type} record has ${expected} bytes, this one has ${length}`)
    return this.take(length)
  }
}

/** Writes a label's text into `scratch` at `to`, and answers where it ends. */
function writeLabel(bytes: Uint8Array, start: number, end: number, to: number): number {
  let at = to
  for (let i = start; i < end; i++) {
    const byte = bytes[i] as number
    const kind = labelEscapes[byte]
    if (kind !== Escape.none) scratch[at++] = backslash
    if (kind === Escape.decimal) at += scratch.write(decimalByte(byte), at, 'latin1')
    else scratch[at++] = byte >= 0x41 && byte <= 0x5a ? byte + 32 : byte
  }
  return at
}
