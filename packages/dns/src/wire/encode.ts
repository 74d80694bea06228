import packet from 'dns-packet'
import { DnsNameError } from './errors.ts'
import { nameProblem, normaliseName } from './names.ts'
import type { DnsQuestion, QueryOptions } from './types.ts'

/** The answer size announced by EDNS: what fits a packet nearly everywhere (DNS flag day 2020). */
export const ednsUdpSize = 1232

/** The same OPT record ends every query (RFC 6891 section 6.1.2): root name, type 41, our size, version and flags 0, no data. */
const opt = Buffer.from([0, 0, 41, ednsUdpSize >> 8, ednsUdpSize & 0xff, 0, 0, 0, 0, 0, 0])

/** Encodes a question with EDNS. Throws `DnsNameError` for a name that cannot be asked. */
export function encodeQuery(id: number, question: DnsQuestion, options: QueryOptions = {}): Buffer {
  const problem = nameProblem(question.name)
  if (problem) throw new DnsNameError(`The DNS cannot be asked for "${question.name}": ${problem}.`)
  let flags = 0
  if (options.recursionDesired) flags |= packet.RECURSION_DESIRED
  if (options.checkingDisabled) flags |= packet.CHECKING_DISABLED
  const name = normaliseName(question.name)
  const withOpt = options.edns !== false
  // Header, name (its text and two more bytes; the root has one), type and class.
  const length = 12 + (name === '' ? 1 : name.length + 2) + 4
  const bytes = Buffer.alloc(length + (withOpt ? opt.length : 0))
  packet.encode({ type: 'query', id, flags, questions: [{ type: question.type, name }] }, bytes)
  if (withOpt) {
    opt.copy(bytes, length)
    bytes.writeUInt16BE(1, 10)
  }
  return bytes
}
