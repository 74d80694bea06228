import type { DnsMessage } from '../wire/types.ts'

/**
 * Whether a server answers so because it does not know EDNS: FORMERR or NOTIMP without an OPT record of its own (RFC 6891
 * section 7). The question is worth asking again without one.
 */
export function refusesEdns(message: DnsMessage): boolean {
  return (message.rcode === 'FORMERR' || message.rcode === 'NOTIMP') && message.edns === undefined
}
