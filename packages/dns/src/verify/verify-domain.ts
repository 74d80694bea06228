import { hostedNames, overallStatus, parseMtaStsRecord, type RecordKind, recordKinds } from '@dmarc-as-code/records'
import { byAddress } from '../observe/addresses.ts'
import { PacketBudget } from '../observe/budget.ts'
import { isDefinite } from '../observe/classify.ts'
import { observe } from '../observe/observe.ts'
import type { Resolver } from '../observe/resolver.ts'
import type { ResolverRun } from '../observe/run.ts'
import type { ServerAnswer } from '../observe/types.ts'
import { canonicalName } from '../wire/names.ts'
import { caaForbids, findCaa } from './caa.ts'
import { judgeCname } from './cname-status.ts'
import type { PolicyAnswer, PolicyFetcher } from './policy-fetch.ts'
import { judgePolicyFile, type StoredPolicy } from './policy-status.ts'
import { settleCname, settlePolicyFile, settleTxt } from './settle.ts'
import { judgeTxt } from './txt-status.ts'
import type {
  CnameVerdict,
  OverallStatus,
  PolicyFileVerdict,
  PreviousCnameVerdict,
  PreviousPolicyFile,
  PreviousTxtVerdict,
  TxtVerdict,
} from './types.ts'

/** What should stand at one of a domain's names. */
export interface ExpectedRecord {
  /** Where the CNAME should lead. */
  target: string
  /** The TXT value the target should serve. Leave out for `mta_sts_policy`, and while there is none yet. */
  txt?: string
  /** What the hosted zone's service says about the last change of that TXT. Default `insync`. */
  change?: 'none' | 'pending' | 'insync'
  /** NS names of the zone the CNAME was written to, where the caller knows. */
  heldBy?: string[]
}

export type ExpectedRecords = Partial<Record<RecordKind, ExpectedRecord>>

export interface VerifyDomainInput {
  /** A-labels. */
  domain: string
  expected: ExpectedRecords
  /** The policy that should be served, with the authorities (`letsencrypt.org`) its certificate may come from. */
  policy?: StoredPolicy & { issuers?: string[] }
  resolver: Resolver
  /** Needed to look at the policy file. */
  http?: PolicyFetcher
  /** Default: the system's. */
  clock?: () => Date
  /** Default `Math.random`. */
  random?: () => number
  /** Earlier verdicts on the CNAMEs, as they were answered. */
  previous?: Partial<Record<RecordKind, PreviousCnameVerdict>>
  /** Earlier verdicts on the TXT records behind them, as they were answered. */
  previousTxts?: Partial<Record<RecordKind, PreviousTxtVerdict>>
  /** The earlier verdict on the policy file. */
  previousPolicyFile?: PreviousPolicyFile | undefined
  /** Look at these only. Default: all that are expected. */
  only?: readonly RecordKind[]
  /** Milliseconds that each step of looking at the policy file may take: addresses, file, CAA records. Default 10,000. */
  stepTime?: number
  signal?: AbortSignal
}

/** Everything known about a domain after one look. Plain JSON. */
export interface DomainVerdict {
  domain: string
  /** Over the parts that were looked at. */
  overall: OverallStatus
  records: Partial<Record<RecordKind, { cname: CnameVerdict; txt?: TxtVerdict }>>
  /** Present when the policy host's CNAME is among the records looked at. */
  policyFile?: PolicyFileVerdict
  /** ISO 8601. */
  at: string
}

/**
 * Looks at all records of a domain and says how they stand: the CNAMEs in the owner's zone, the TXT records behind them,
 * the policy file. Rejects only when the signal aborts: whatever cannot be asked becomes part of the verdict.
 */
export async function verifyDomain(input: VerifyDomainInput): Promise<DomainVerdict> {
  const { clock = () => new Date(), stepTime = 10_000 } = input
  const domain = canonicalName(input.domain)
  const run = input.resolver.begin({ signal: input.signal })
  const kinds = recordKinds.filter((kind) => input.expected[kind] && (input.only ?? recordKinds).includes(kind))
  const at = clock().toISOString()
  const hosted = new Map<RecordKind, Promise<ServerAnswer[]>>()
  const records: DomainVerdict['records'] = {}
  await Promise.all(
    kinds.map(async (kind) => {
      const expected = input.expected[kind] as ExpectedRecord
      records[kind] = await verifyRecord(kind, expected)
    }),
  )
  const policyCname = records.mta_sts_policy?.cname
  const policyFile = policyCname && settlePolicyFile(await verifyPolicyFile(policyCname), input.previousPolicyFile)
  const verdicts = Object.values(records)
  const overall = overallStatus({
    cnames: verdicts.map(({ cname }) => cname.status),
    txts: verdicts.flatMap(({ txt }) => (txt ? [txt.status] : [])),
    ...(policyFile && { policyFile }),
  })
  return { domain, overall, records, ...(policyFile && { policyFile }), at }

  async function verifyRecord(
    kind: RecordKind,
    expected: ExpectedRecord,
  ): Promise<{ cname: CnameVerdict; txt?: TxtVerdict }> {
    const looking = lookAtCname({ run, kind, domain, expected, clock, ...(input.random && { random: input.random }) })
    if (kind === 'mta_sts_policy') return { cname: settleCname(await looking, input.previous?.[kind]) }
    const [cname, answers] = await Promise.all([looking, hostedTxt(kind, expected)])
    const change = expected.change === undefined ? {} : { change: expected.change }
    const txt = judgeTxt({ kind, name: expected.target, wanted: expected.txt, ...change, answers, at })
    return {
      cname: settleCname(cname, input.previous?.[kind]),
      txt: settleTxt(txt, input.previousTxts?.[kind]),
    }
  }

  function hostedTxt(kind: RecordKind, { target }: ExpectedRecord): Promise<ServerAnswer[]> {
    const known = hosted.get(kind) ?? askAuthority(run, canonicalName(target))
    hosted.set(kind, known)
    return known
  }

  async function verifyPolicyFile(cname: CnameVerdict): Promise<PolicyFileVerdict> {
    const { policy, http } = input
    const cnameVerified = cname.status === 'verified'
    const evidence = { domain, policy, cnameVerified, at }
    if (!policy || !cnameVerified || !http) return judgePolicyFile({ ...evidence, answer: undefined })
    // Each step has a deadline of its own: a slow policy host must not make the step after it fail.
    const step = () => AbortSignal.timeout(stepTime)
    const addresses = await run.addressesOf(cname.expected.target, step()).catch(() => [])
    run.throwIfAborted()
    const answer = await fetchWithin(http, `mta-sts.${domain}`, addresses, stepTime, input.signal)
    if (!answer.ok && answer.reason === 'dns') {
      const { target } = cname.expected
      const asked = await run.lookUp({ name: canonicalName(target), type: 'A' }, { deadline: step() })
      if (!isDefinite(asked)) {
        const message = `Could not look up the addresses of ${target}.`
        return judgePolicyFile({ ...evidence, answer: { ok: false, reason: 'unknown', message } })
      }
    }
    const caa = answer.ok || !policy.issuers ? undefined : await findCaa(run, `mta-sts.${domain}`, step())
    const caaBlocks = caaForbids(caa, policy.issuers ?? [])
    return judgePolicyFile({ ...evidence, answer, caaBlocks, servedId: await servedId() })
  }

  async function servedId(): Promise<string | undefined> {
    const expected = input.expected.mta_sts_id
    if (!expected) return undefined
    const answers = await hostedTxt('mta_sts_id', expected)
    const values = answers.flatMap((answer) => answer.records).filter((record) => record.type === 'TXT')
    const [first] = values.map((record) => parseMtaStsRecord(record.data))
    return first?.tags.id
  }
}

/** The policy file, from whichever address serves it in time. Rejects only when the signal aborts. */
async function fetchWithin(
  http: PolicyFetcher,
  host: string,
  addresses: readonly string[],
  stepTime: number,
  signal: AbortSignal | undefined,
): Promise<PolicyAnswer> {
  const deadline = AbortSignal.timeout(stepTime)
  try {
    return await http.fetch(host, addresses, { signal: signal ? AbortSignal.any([signal, deadline]) : deadline })
  } catch (error) {
    signal?.throwIfAborted()
    if (!deadline.aborted) throw error
    const message = `${host} did not serve the file within ${stepTime / 1000} s (${addresses.join(', ')}).`
    return { ok: false, reason: 'connect', message }
  }
}

export interface LookAtCnameInput {
  run: ResolverRun
  kind: RecordKind
  domain: string
  expected: ExpectedRecord
  clock?: () => Date
  random?: () => number
}

/** One look at one CNAME: the verdict as it stands by itself, without regard to earlier ones. */
export async function lookAtCname(input: LookAtCnameInput): Promise<CnameVerdict> {
  const { run, kind, expected } = input
  const observation = await observe(hostedNames(input.domain)[kind], {
    run,
    target: expected.target,
    through: kind === 'mta_sts_policy' ? 'A' : 'TXT',
    ...(input.clock && { clock: input.clock }),
    ...(input.random && { random: input.random }),
  })
  const inPlace = [...observation.txt, ...observation.addresses].some((answer) => answer.outcome === 'answer')
  const aliased = observation.cname.some((answer) => answer.outcome === 'answer')
  const hosted = inPlace && !aliased ? await valuesAt(run, kind, expected) : undefined
  return judgeCname({
    kind,
    target: expected.target,
    observation,
    ...(hosted && { hosted }),
    ...(expected.heldBy && { heldBy: expected.heldBy }),
  })
}

async function valuesAt(run: ResolverRun, kind: RecordKind, { target, txt }: ExpectedRecord): Promise<string[]> {
  if (txt !== undefined) return [txt]
  const deadline = AbortSignal.timeout(5000)
  if (kind === 'mta_sts_policy') return run.addressesOf(canonicalName(target), deadline).catch(() => [])
  const { records } = await run.lookUp({ name: canonicalName(target), type: 'TXT' }, { deadline })
  return records.flatMap((record) => (record.type === 'TXT' ? [record.data] : []))
}

async function askAuthority(run: ResolverRun, name: string): Promise<ServerAnswer[]> {
  const deadline = AbortSignal.timeout(10_000)
  const zone = await run.findZone(name, deadline).catch(() => undefined)
  run.throwIfAborted()
  const { each } = byAddress(zone?.nameServers ?? [])
  const budget = new PacketBudget()
  return Promise.all(each.map((server) => run.askNameServer({ name, type: 'TXT' }, server, { deadline, budget })))
}
