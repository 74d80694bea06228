import { answerFrom, zoneOf } from './answer.ts'
import { sizeLimit, writeAnswer, writeError } from './message.ts'
import { RCODE, readQuery } from './query.ts'
import { TYPE } from './rdata.ts'
import type { ZoneData } from './zone-data.ts'

export type Transport = 'udp' | 'tcp'

const CLASS_IN = 1
const CLASS_ANY = 255

/**
 * The reply to one request, as a pure function over the zones; undefined when none may be given. Arbitrary bytes never
 * make it throw.
 */
export function respond(zones: readonly ZoneData[], message: Buffer, transport: Transport): Buffer | undefined {
  const query = readQuery(message)
  if (!query) return undefined
  if (query.opcode !== 0) return writeError(query, RCODE.NOTIMP)
  if (query.edns && query.edns.version > 0) return writeError(query, RCODE.BADVERS)
  const { question } = query
  if (query.fault !== undefined || !question) return writeError(query, query.fault ?? RCODE.FORMERR)
  const refused = refusal(question.type, question.class)
  if (refused !== undefined) return writeError(query, refused)
  const zone = zoneFor(zones, question.labels, question.type)
  if (!zone) return writeError(query, RCODE.REFUSED)
  return writeAnswer(query, answerFrom(zone, question.labels, question.type), sizeLimit(query, transport))
}

/** DS of a zone's own apex is the parent's to answer, when we serve the parent too. */
function zoneFor(zones: readonly ZoneData[], labels: readonly string[], type: number): ZoneData | undefined {
  const parent = type === TYPE.DS ? zoneOf(zones, labels.slice(1)) : undefined
  return parent ?? zoneOf(zones, labels)
}

function refusal(type: number, klass: number): number | undefined {
  if (klass !== CLASS_IN && klass !== CLASS_ANY) return RCODE.REFUSED
  if (type === TYPE.AXFR || type === TYPE.IXFR) return RCODE.REFUSED
  if (type === TYPE.OPT || type === TYPE.TSIG || type === 0) return RCODE.FORMERR
  if (type === TYPE.MAILA || type === TYPE.MAILB) return RCODE.NOTIMP
  return undefined
}
