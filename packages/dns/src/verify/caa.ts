import { isMissing } from '../observe/classify.ts'
import type { ResolverRun } from '../observe/run.ts'
import { parentName } from '../wire/names.ts'
import { recordsOfType } from '../wire/records.ts'
import type { CaaData } from '../wire/types.ts'

/** The CAA records that count for a name (RFC 8659 section 3), and where they stand. */
export interface CaaSet {
  name: string
  records: CaaData[]
}

/**
 * Climbs from the name to the root until CAA records are found; at each step aliases are followed, so that records at a
 * CNAME's target come before those of the name's parent. Undefined where there are none, or no server answered.
 */
export async function findCaa(run: ResolverRun, name: string, deadline?: AbortSignal): Promise<CaaSet | undefined> {
  for (let at = name; at !== ''; at = parentName(at)) {
    const answer = await run.lookUp({ name: at, type: 'CAA' }, { deadline })
    const records = recordsOfType(answer.records, 'CAA')
    const [first] = records
    if (first) return { name: first.name, records: records.map((record) => record.data) }
    if (!isMissing(answer) && answer.outcome !== 'answer') return undefined
  }
  return undefined
}

/** Why none of the issuers (`letsencrypt.org`) may issue for a name without a wildcard, or undefined when one may. */
export function caaForbids(caa: CaaSet | undefined, issuers: readonly string[]): string | undefined {
  if (!caa || issuers.length === 0) return undefined
  const known = new Set(['issue', 'issuewild', 'iodef', 'issuemail', 'issuevmc', 'contactemail', 'contactphone'])
  const strange = caa.records.find((record) => record.critical && !known.has(record.tag))
  if (strange)
    return `the CAA record at ${caa.name} has the critical tag "${strange.tag}", which authorities must obey unseen.`
  const issue = caa.records.filter((record) => record.tag === 'issue')
  if (issue.length === 0) return undefined
  const allowed = issue.map((record) => (record.value.split(';')[0] ?? '').trim().toLowerCase())
  if (allowed.some((domain) => issuers.includes(domain))) return undefined
  const whom = allowed.filter((domain) => domain !== '')
  const found = whom.length > 0 ? `allow only ${whom.join(', ')}` : 'allow no authority'
  return `the CAA records at ${caa.name} ${found}, and the certificate would come from ${issuers.join(' or ')}.`
}
