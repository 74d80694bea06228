import { classes, rcodes, types } from '@dmarc-as-code/dns/wire'
import { answerFrom, zoneOf } from './answer.ts'
import { sizeLimit, writeAnswer, writeError } from './message.ts'
import { readQuery } from './query.ts'
import type { ZoneData } from './zone-data.ts'

export type Transport = 'udp' | 'tcp'

/**
 * The reply to one request, as a pure function of the zones; undefined when no reply may be sent. Arbitrary bytes never
 * make it throw. `reserved` bytes are kept free for a signature.
 */
export function respond(
  zones: readonly ZoneData[],
  message: Buffer,
  transport: Transport,
  reserved = 0,
): Buffer | undefined {
  const query = readQuery(message)
  if (!query) return undefined
  if (query.edns && query.edns.version > 0) return writeError(query, rcodes.BADVERS)
  if (query.opcode !== 0) return writeError(query, rcodes.NOTIMP)
  const { question } = query
  if (query.fault !== undefined || !question) return writeError(query, query.fault ?? rcodes.FORMERR)
  const refused = refusal(question.type, question.class)
  if (refused !== undefined) return writeError(query, refused)
  const zone = zoneFor(zones, question.labels, question.type)
  if (!zone) return writeError(query, rcodes.REFUSED)
  // Over TCP the source address is proved, so a whole answer to ANY cannot be used for amplification.
  const answer = answerFrom(zone, question.labels, question.type, { wholeAny: transport === 'tcp' })
  // RFC 1035 section 4.3.1: an answer to class ANY can never be authoritative.
  const authoritative = answer.authoritative && question.class === classes.IN
  return writeAnswer(query, { ...answer, authoritative }, sizeLimit(query, transport) - reserved)
}

/** The parent zone answers DS at the apex of a child zone, when both are served here. */
function zoneFor(zones: readonly ZoneData[], labels: readonly string[], type: number): ZoneData | undefined {
  const parent = type === types.DS ? zoneOf(zones, labels.slice(1)) : undefined
  return parent ?? zoneOf(zones, labels)
}

function refusal(type: number, klass: number): number | undefined {
  if (klass !== classes.IN && klass !== classes.ANY) return rcodes.REFUSED
  if (type === types.AXFR || type === types.IXFR) return rcodes.REFUSED
  if (type === types.OPT || type === types.TSIG || type === 0) return rcodes.FORMERR
  if (type === types.MAILA || type === types.MAILB) return rcodes.NOTIMP
  return undefined
}
