import { recordsOfType } from '../wire/records.ts'
import type { DnsRecordType } from '../wire/types.ts'
import { isMissing } from './classify.ts'
import type { ResolverRun } from './run.ts'
import type { Observation } from './types.ts'

const maxHops = 8

/** Follows an alias hop by hop, as a mail receiver would, and says where it ends. */
export async function followChain(
  run: ResolverRun,
  name: string,
  firstTarget: string,
  type: DnsRecordType,
  deadline: AbortSignal,
): Promise<NonNullable<Observation['chain']>> {
  const hops = [firstTarget]
  for (let at = firstTarget; ; ) {
    if (hops.indexOf(at) !== hops.length - 1 || at === name) return { hops, end: 'loop' }
    if (hops.length > maxHops) return { hops, end: 'too-long' }
    const answer = await run.lookUp({ name: at, type: 'CNAME' }, { deadline })
    const next = recordsOfType(answer.records, 'CNAME', at)[0]?.data
    if (next !== undefined) {
      hops.push(next)
      at = next
      continue
    }
    if (answer.outcome === 'no-such-name') return { hops, end: 'nothing' }
    if (!isMissing(answer)) return { hops, end: 'unknown' }
    const end = await run.lookUp({ name: at, type }, { deadline })
    if (end.outcome === 'answer') return { hops, end: 'records' }
    return { hops, end: isMissing(end) ? 'nothing' : 'unknown' }
  }
}
