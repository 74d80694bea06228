import { hostedNames, type RecordKind } from '@dmarc-as-code/records'
import type { ResolverRun } from '../observe/run.ts'
import { DnsQueryError } from '../transport/errors.ts'
import type { DnsServer } from '../transport/types.ts'
import { isPlainlyRight, plainlyRightVerdict } from '../verify/plainly-right.ts'
import type { CnameVerdict } from '../verify/types.ts'
import type { ExpectedRecords } from '../verify/verify-domain.ts'
import { DnsNameError } from '../wire/errors.ts'
import { canonicalName } from '../wire/names.ts'
import type { DnsMessage } from '../wire/types.ts'

/**
 * Verifies a domain that is all right with one question per name and server, or answers undefined, and a full look is
 * needed.
 *
 * It works inside stub zones, whose servers need not be found first. The question is for what lies behind the CNAME (TXT,
 * A): an authoritative server answers it with the CNAME if that is alone at its name, and with the other record if not.
 * A wildcard at the domain would give all names one target, so two different targets rule it out as the one source of
 * them. Should it give one of the names its right target and the others have records of their own, readers of that name
 * are led right all the same; `verifyDomain` still tells it apart.
 */
export async function glance(
  run: ResolverRun,
  domain: string,
  expected: ExpectedRecords,
  kinds: readonly RecordKind[],
  clock: () => Date,
): Promise<Glance | undefined> {
  const names = hostedNames(domain)
  const looks: Look[] = []
  for (const kind of kinds) {
    const stub = run.stubFor(names[kind])
    if (!stub || stub.servers.length === 0) return undefined
    const target = canonicalName(expected[kind]?.target ?? '')
    looks.push({ kind, name: names[kind], target, servers: stub.servers })
  }
  if (new Set(looks.map(({ target }) => target)).size < 2) return undefined
  const messages = await fetchAll(run, looks)
  if (!messages) return undefined
  const at = clock().toISOString()
  const seen: Glance = { verdicts: {}, messages: {} }
  let next = 0
  for (const { kind, name, target, servers } of looks) {
    const answers = servers.map((server) => ({ server, message: messages[next++] as DnsMessage }))
    if (!answers.every(({ message }) => isPlainlyRight(message, name, target))) return undefined
    seen.verdicts[kind] = plainlyRightVerdict(kind, name, target, answers, at)
    seen.messages[kind] = answers[0]?.message
  }
  return seen
}

export interface Glance {
  verdicts: Partial<Record<RecordKind, CnameVerdict>>
  /** What the first server of each name said, which may hold what the CNAME leads to as well. */
  messages: Partial<Record<RecordKind, DnsMessage | undefined>>
}

interface Look {
  kind: RecordKind
  name: string
  target: string
  servers: DnsServer[]
}

/** One message for each server of each look, in that order; undefined where there is no answer. */
async function fetchAll(run: ResolverRun, looks: Look[]): Promise<DnsMessage[] | undefined> {
  const fetches: Promise<DnsMessage>[] = []
  for (const { kind, name, servers } of looks) {
    const question = { name, type: kind === 'mta_sts_policy' ? 'A' : 'TXT' } as const
    for (const server of servers) fetches.push(run.fetch(question, server))
  }
  try {
    return await Promise.all(fetches)
  } catch (error) {
    run.throwIfAborted()
    if (error instanceof DnsQueryError || error instanceof DnsNameError) return undefined
    throw error
  }
}
