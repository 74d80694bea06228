import { classes, typeNumber, types } from './codes.ts'
import { DnsNameError } from './errors.ts'
import { headerFlags, headerLength } from './message.ts'
import { canonicalName, isPlainName, nameProblem } from './names.ts'

import type { DnsQuestion, QueryFlags } from './types.ts'

/** The answer size announced by EDNS: what fits a packet nearly everywhere (DNS flag day 2020). */
const ednsUdpSize = 1232

/** The same OPT record ends every query (RFC 6891 section 6.1.2): root name, type 41, our size, version and flags 0, no data. */
const opt = Uint8Array.of(0, 0, types.OPT, ednsUdpSize >> 8, ednsUdpSize & 0xff, 0, 0, 0, 0, 0, 0)

const dot = 0x2e

/**
 * Encodes a question with EDNS. Throws `DnsNameError` for a name that cannot be asked.
 *
 * Written out, because a check of many domains spends much of its time here; a test holds it to what `writeMessage` writes.
 */
export function encodeQuery(id: number, question: DnsQuestion, options: QueryFlags = {}): Buffer {
  const name = isPlainName(question.name) ? question.name : plainNameOf(question.name)
  const withOpt = options.edns !== false
  // The name takes its text and two more bytes; the root has one.
  const nameEnd = headerLength + (name === '' ? 1 : name.length + 2)
  // Every byte is written below, so a piece of Node's pool will do: a buffer of its own costs more than the rest.
  const bytes = Buffer.allocUnsafe(nameEnd + 4 + (withOpt ? opt.length : 0))
  const flags =
    (options.recursionDesired ? headerFlags.recursionDesired : 0) |
    (options.checkingDisabled ? headerFlags.checkingDisabled : 0)
  writeU16(bytes, 0, id)
  writeU16(bytes, 2, flags)
  writeU16(bytes, 4, 1)
  writeU16(bytes, 6, 0)
  writeU16(bytes, 8, 0)
  writeU16(bytes, 10, withOpt ? 1 : 0)
  writeName(bytes, headerLength, name)
  writeU16(bytes, nameEnd, typeNumber(question.type))
  writeU16(bytes, nameEnd + 2, classes.IN)
  if (withOpt) bytes.set(opt, nameEnd + 4)
  return bytes
}

function plainNameOf(name: string): string {
  const problem = nameProblem(name)
  if (problem) throw new DnsNameError(`The DNS cannot be asked for "${name}": ${problem}.`)
  return canonicalName(name)
}

/** From the back, so that each label's length is known when its length byte, where the text has a dot, is reached. */
function writeName(bytes: Uint8Array, start: number, name: string): void {
  let labelLength = 0
  if (name !== '') bytes[start + name.length + 1] = 0
  for (let i = name.length - 1; i >= 0; i--) {
    const code = name.charCodeAt(i)
    bytes[start + 1 + i] = code === dot ? labelLength : code
    labelLength = code === dot ? 0 : labelLength + 1
  }
  bytes[start] = labelLength
}

function writeU16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >> 8
  bytes[at + 1] = value & 0xff
}
