import { serverAddress } from '../transport/errors.ts'
import type { DnsServer } from '../transport/types.ts'
import { canonicalName, isWithin } from '../wire/names.ts'
import { recordsOfType } from '../wire/records.ts'
import type { DnsMessage, DnsQuestion, DnsRecord } from '../wire/types.ts'
import type { AnswerOutcome, AskedServer, ServerAnswer, Vantage } from './types.ts'

export function askedServer(
  server: DnsServer,
  vantage: Vantage,
  traits: { delegated?: boolean | undefined; glueOnly?: boolean | undefined } = {},
): AskedServer {
  const { delegated, glueOnly } = traits
  return {
    ...(server.name !== undefined && { name: server.name }),
    address: serverAddress(server),
    vantage,
    ...(delegated !== undefined && { delegated }),
    ...(glueOnly && { glueOnly }),
  }
}

/** Says what an answer is worth. Nothing here depends on what anybody hoped to find. */
export function classify(message: DnsMessage, question: DnsQuestion, server: AskedServer): ServerAnswer {
  const soa = message.authority.find((record) => record.type === 'SOA')
  const outcome = outcomeOf(message, question, server.vantage, soa)
  return {
    server,
    outcome,
    rcode: message.rcode,
    // A server that is not entitled to speak says nothing that may be used.
    records: outcome === 'answer' ? message.answers : [],
    ...(soa && (outcome === 'no-such-name' || outcome === 'no-such-record') && negative(soa)),
    ...(message.authenticData && { authenticData: true }),
    ...(outcome === 'referral' && { referral: referralIn(message) }),
  }
}

function referralIn(message: DnsMessage): NonNullable<ServerAnswer['referral']> {
  const servers = recordsOfType(message.authority, 'NS')
  const zone = servers[0]?.name ?? ''
  const nsNames = servers.filter((record) => record.name === zone).map((record) => record.data)
  return { zone, nsNames, glue: message.additional }
}

function negative(soa: DnsRecord & { type: 'SOA' }): { negativeTtl: number; soaOwner: string } {
  return { negativeTtl: Math.min(soa.ttl, soa.data.minimum), soaOwner: soa.name }
}

function outcomeOf(
  message: DnsMessage,
  question: DnsQuestion,
  vantage: Vantage,
  soa: DnsRecord | undefined,
): AnswerOutcome {
  if (message.rcode === 'REFUSED' || message.rcode === 'NOTAUTH') return 'refused'
  if (message.rcode !== 'NOERROR' && message.rcode !== 'NXDOMAIN') return 'server-failed'
  const name = canonicalName(question.name)
  const lame = vantage === 'authoritative' && !message.authoritative
  // NXDOMAIN beside an alias speaks of the alias's end, not of the name that was asked (RFC 2308 section 2.1).
  const answered = message.answers.some((r) => r.name === name && (r.type === question.type || r.type === 'CNAME'))
  if (answered) return lame ? 'lame' : 'answer'
  if (lame) {
    const refers = message.authority.some((r) => r.type === 'NS' && isWithin(name, r.name))
    return refers && message.rcode === 'NOERROR' ? 'referral' : 'lame'
  }
  // An SOA that does not hold the name says that the server speaks of some other zone.
  if (soa && vantage === 'authoritative' && !isWithin(name, soa.name)) return 'lame'
  return message.rcode === 'NXDOMAIN' ? 'no-such-name' : 'no-such-record'
}

/** Whether the server has told what it knows of the name, be it that there is nothing. */
export function isDefinite(answer: ServerAnswer): boolean {
  return answer.outcome === 'answer' || answer.outcome === 'no-such-name' || answer.outcome === 'no-such-record'
}

/** Whether the server says that the record is not there. */
export function isMissing(answer: ServerAnswer): boolean {
  return answer.outcome === 'no-such-name' || answer.outcome === 'no-such-record'
}
