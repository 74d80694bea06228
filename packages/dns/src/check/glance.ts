import { hostedNames, type RecordKind } from '@dmarc-as-code/records'
import type { ResolverRun } from '../observe/run.ts'
import type { Observation } from '../observe/types.ts'
import { judgeCname } from '../verify/cname-status.ts'
import type { CnameVerdict } from '../verify/types.ts'
import type { ExpectedRecords } from '../verify/verify-domain.ts'

/**
 * Verifies a domain that is all right with one question per name and server, or answers undefined, and a full look is
 * needed.
 *
 * It works inside stub zones, whose servers need not be found first. The question is for what lies behind the CNAME (TXT,
 * A): an authoritative server answers it with the CNAME if that is alone at its name, and with the other record if not.
 * A wildcard at the domain would give all names one target, so two different targets rule it out.
 */
export async function glance(
  run: ResolverRun,
  domain: string,
  expected: ExpectedRecords,
  kinds: readonly RecordKind[],
  clock: () => Date,
): Promise<Partial<Record<RecordKind, CnameVerdict>> | undefined> {
  const names = hostedNames(domain)
  const distinct = new Set(kinds.map((kind) => expected[kind]?.target))
  if (distinct.size < 2) return undefined
  const verdicts: Partial<Record<RecordKind, CnameVerdict>> = {}
  const right = await Promise.all(
    kinds.map(async (kind) => {
      const stub = run.stubFor(names[kind])
      if (!stub) return false
      const type = kind === 'mta_sts_policy' ? 'A' : 'TXT'
      const answers = await Promise.all(
        stub.servers.map((server) => run.ask({ name: names[kind], type }, server, 'authoritative')),
      )
      if (answers.some((answer) => answer.outcome !== 'answer')) return false
      const observation: Observation = {
        name: names[kind],
        at: clock().toISOString(),
        zone: { name: '', nameServers: [], nsNames: [], stub: true },
        cname: answers,
        txt: answers,
        addresses: [],
        recursive: [],
        recursiveUnchecked: [],
        recursiveTxt: [],
      }
      const verdict = judgeCname({ kind, target: expected[kind]?.target ?? '', observation })
      verdicts[kind] = verdict
      return verdict.status === 'verified'
    }),
  )
  return right.every(Boolean) ? verdicts : undefined
}
