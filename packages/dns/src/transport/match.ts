import { canonicalName } from '../wire/names.ts'
import type { DnsMessage, DnsQuestion } from '../wire/types.ts'

/**
 * Whether a message answers this question (RFC 5452 section 9): the id, the response bit and the question repeated.
 * Some servers leave the question out of FORMERR, NOTIMP and SERVFAIL; those carry no data, so nothing can be forged
 * with them but a failure.
 */
export function answersQuestion(message: DnsMessage, id: number, question: DnsQuestion): boolean {
  if (!message.response || message.id !== id || message.opcode !== 0) return false
  if (message.question === undefined) return message.rcode !== 'NOERROR' && message.rcode !== 'NXDOMAIN'
  if (message.question.type !== question.type) return false
  return message.question.name === question.name || message.question.name === canonicalName(question.name)
}
