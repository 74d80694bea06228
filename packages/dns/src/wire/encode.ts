import packet from 'dns-packet'
import { DnsNameError } from './errors.ts'
import { nameProblem, normaliseName } from './names.ts'
import type { DnsQuestion, QueryOptions } from './types.ts'

/** The answer size announced by EDNS: what fits a packet nearly everywhere (DNS flag day 2020). */
export const ednsUdpSize = 1232

const opt = {
  type: 'OPT' as const,
  name: '.',
  udpPayloadSize: ednsUdpSize,
  extendedRcode: 0,
  ednsVersion: 0,
  flags: 0,
  flag_do: false,
  options: [],
}

/** Encodes a question with EDNS. Throws `DnsNameError` for a name that cannot be asked. */
export function encodeQuery(id: number, question: DnsQuestion, options: QueryOptions = {}): Buffer {
  const problem = nameProblem(question.name)
  if (problem) throw new DnsNameError(`The DNS cannot be asked for "${question.name}": ${problem}.`)
  let flags = 0
  if (options.recursionDesired) flags |= packet.RECURSION_DESIRED
  if (options.checkingDisabled) flags |= packet.CHECKING_DISABLED
  return packet.encode({
    type: 'query',
    id,
    flags,
    questions: [{ type: question.type, name: normaliseName(question.name) }],
    additionals: options.edns === false ? [] : [opt],
  })
}
