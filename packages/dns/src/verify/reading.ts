import { isDefinite } from '../observe/classify.ts'
import type { ServerAnswer } from '../observe/types.ts'
import { recordsOfType } from '../wire/records.ts'
import type { DnsRecord } from '../wire/types.ts'

/** What one server holds at a name, from its answers to the CNAME question and to those for other records. */
export interface Reading {
  server: ServerAnswer['server']
  /**
   * `right` our CNAME and nothing else; `conflict` our CNAME with something beside it, or several CNAMEs; `foreign` another
   * CNAME; `txt` and `address` no CNAME but such records; `absent` nothing.
   */
  is: 'right' | 'conflict' | 'foreign' | 'txt' | 'address' | 'absent'
  aliases: string[]
  txts: string[]
  addresses: string[]
  /** The records owned by the name itself. What an alias leads to is not among them. */
  records: DnsRecord[]
}

/** Reads one server's answers. Undefined unless it told everything it was asked: half an answer hides a conflict. */
export function readServer(
  name: string,
  target: string,
  cname: ServerAnswer,
  beside: ServerAnswer[],
): Reading | undefined {
  if (!isDefinite(cname) || !beside.every(isDefinite)) return undefined
  const records = ownRecords(name, [cname, ...beside])
  const aliases = [...new Set(recordsOfType(records, 'CNAME').map((record) => record.data))].sort()
  const txts = [...new Set(recordsOfType(records, 'TXT').map((record) => record.data))].sort()
  const hosts = [...recordsOfType(records, 'A'), ...recordsOfType(records, 'AAAA')]
  const addresses = [...new Set(hosts.map((record) => record.data))].sort()
  return { server: cname.server, is: kindOf(), aliases, txts, addresses, records }

  function kindOf(): Reading['is'] {
    if (aliases.length > 1) return aliases.includes(target) ? 'conflict' : 'foreign'
    if (aliases[0] === target) return txts.length + addresses.length > 0 ? 'conflict' : 'right'
    if (aliases.length === 1) return 'foreign'
    if (txts.length > 0) return 'txt'
    return addresses.length > 0 ? 'address' : 'absent'
  }
}

/** Whether a random sibling of the name holds the same: then a wildcard spoke, and nobody set this name up. */
export function isFromWildcard(
  reading: Reading,
  sibling: { name: string; answers: ServerAnswer[] } | undefined,
): boolean {
  if (!sibling || reading.is === 'absent') return false
  // What the same server said, if it was asked: another may have no such wildcard.
  const told = sibling.answers.filter(isDefinite)
  const own = told.filter((answer) => answer.server.address === reading.server.address)
  const records = ownRecords(sibling.name, own.length > 0 ? own : told)
  const values = (type: 'CNAME' | 'TXT' | 'A') => recordsOfType(records, type).map((record) => record.data)
  if (reading.aliases.length > 0) return sameSet(reading.aliases, values('CNAME'))
  if (reading.txts.length > 0) return sameSet(reading.txts, values('TXT'))
  const four = reading.addresses.filter((address) => !address.includes(':'))
  return four.length > 0 && sameSet(four, values('A'))
}

export function sameSet(a: string[], b: string[]): boolean {
  const [left, right] = [new Set(a), new Set(b)]
  return left.size === right.size && [...left].every((value) => right.has(value))
}

function ownRecords(name: string, answers: ServerAnswer[]): DnsRecord[] {
  const seen = new Set<string>()
  return answers
    .flatMap((answer) => answer.records)
    .filter((record) => {
      const key = `${record.type} ${JSON.stringify(record.data)}`
      if (record.name !== name || seen.has(key)) return false
      seen.add(key)
      return true
    })
}
