import { isKnown, type Problems } from '../problems.ts'

/** RFC 2181 section 8: a TTL has 31 bits. */
const LONGEST = 2 ** 31 - 1

export function checkTtl(ttl: number | undefined, problems: Problems): void {
  if (!isKnown(ttl) || (Number.isInteger(ttl) && ttl >= 0 && ttl <= LONGEST)) return
  problems.add('ttl', `found ${ttl}, expected whole seconds from 0 to ${LONGEST}. Write 300.`)
}
