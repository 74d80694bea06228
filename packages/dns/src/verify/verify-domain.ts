import { hostedNames, overallStatus, parseMtaStsRecord, type RecordKind, recordKinds } from '@dmarc-as-code/records'
import { byAddress } from '../observe/addresses.ts'
import { LookBudget } from '../observe/budget.ts'
import { isDefinite } from '../observe/classify.ts'
import { observe } from '../observe/observe.ts'
import type { Resolver } from '../observe/resolver.ts'
import type { ResolverRun } from '../observe/run.ts'
import type { ServerAnswer } from '../observe/types.ts'
import { canonicalName } from '../wire/names.ts'
import { caaForbids, findCaa } from './caa.ts'
import { judgeCname } from './cname-status.ts'
import type { PolicyAnswer, PolicyFetcher } from './policy-fetch.ts'
import { type CertificateOrder, judgePolicyFile, type StoredPolicy } from './policy-status.ts'
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
  /**
   * The policy that should be served, with the authorities (`letsencrypt.org`) its certificate may come from.
   * `certificateOrder` is asked once the file could not be fetched: what is known of an order that has not succeeded.
   */
  policy?: StoredPolicy & { issuers?: string[]; certificateOrder?: () => Promise<CertificateOrder | undefined> }
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
  /** Milliseconds for all of it: finding the zones, asking their servers, fetching the policy file. Default 10,000. */
  timeout?: number
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
  const { clock = () => new Date() } = input
  const domain = canonicalName(input.domain)
  const kinds = recordKinds.filter((kind) => input.expected[kind] && (input.only ?? recordKinds).includes(kind))
  const { timeout } = input
  const budget = new LookBudget({ names: kinds.length, ...(timeout !== undefined && { timeout }) })
  const run = input.resolver.begin({ signal: input.signal, budget })
  const at = clock().toISOString()
  const hosted = new Map<RecordKind, Promise<HostedAnswers>>()
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
    const [cname, { answers, leftOut }] = await Promise.all([looking, hostedTxt(kind, expected)])
    const change = expected.change === undefined ? {} : { change: expected.change }
    const txt = judgeTxt({ kind, name: expected.target, wanted: expected.txt, ...change, answers, leftOut, at })
    return {
      cname: settleCname(cname, input.previous?.[kind]),
      txt: settleTxt(txt, input.previousTxts?.[kind]),
    }
  }

  function hostedTxt(kind: RecordKind, { target }: ExpectedRecord): Promise<HostedAnswers> {
    const known = hosted.get(kind) ?? askAuthority(run, canonicalName(target))
    hosted.set(kind, known)
    return known
  }

  async function verifyPolicyFile(cname: CnameVerdict): Promise<PolicyFileVerdict> {
    const { policy, http } = input
    const cnameVerified = cname.status === 'verified'
    const evidence = { domain, policy, cnameVerified, at }
    if (!policy || !cnameVerified || !http) return judgePolicyFile({ ...evidence, answer: undefined })
    const addresses = await run.addressesOf(cname.expected.target, budget.deadline).catch(() => [])
    run.throwIfAborted()
    const answer = await fetchWithin(http, `mta-sts.${domain}`, addresses, budget, input.signal)
    if (!answer.ok && answer.reason === 'dns') {
      const { target } = cname.expected
      const asked = await run.lookUp({ name: canonicalName(target), type: 'A' })
      if (!isDefinite(asked)) {
        const message = `Could not look up the addresses of ${target}.`
        return judgePolicyFile({ ...evidence, answer: { ok: false, reason: 'unknown', message } })
      }
    }
    const caa = answer.ok || !policy.issuers ? undefined : await findCaa(run, `mta-sts.${domain}`)
    const caaBlocks = caaForbids(caa, policy.issuers ?? [])
    const certificateOrder = answer.ok ? undefined : await policy.certificateOrder?.()
    return judgePolicyFile({ ...evidence, answer, caaBlocks, certificateOrder, servedId: await servedId() })
  }

  async function servedId(): Promise<string | undefined> {
    const expected = input.expected.mta_sts_id
    if (!expected) return undefined
    const { answers } = await hostedTxt('mta_sts_id', expected)
    const values = answers.flatMap((answer) => answer.records).filter((record) => record.type === 'TXT')
    const [first] = values.map((record) => parseMtaStsRecord(record.data))
    return first?.tags.id
  }
}

/** What the servers of the hosted zone said, and the names and addresses that were not asked. */
interface HostedAnswers {
  answers: ServerAnswer[]
  leftOut: string[]
}

/** The policy file, from whichever address serves it in time. Rejects only when the signal aborts. */
async function fetchWithin(
  http: PolicyFetcher,
  host: string,
  addresses: readonly string[],
  budget: LookBudget,
  signal: AbortSignal | undefined,
): Promise<PolicyAnswer> {
  // What the names have taken is gone, and some is kept for the CAA records; the host is blamed for fair time only.
  const time = Math.floor(Math.max(0, budget.left - shareOf(budget, caaShare)))
  const deadline = AbortSignal.timeout(time)
  try {
    return await http.fetch(host, addresses, { signal: signal ? AbortSignal.any([signal, deadline]) : deadline })
  } catch (error) {
    signal?.throwIfAborted()
    if (!deadline.aborted) throw error
    const tried = `(${addresses.join(', ')})`
    if (time < shareOf(budget, fairShare)) {
      const message = `${host} did not serve the file in the ${time / 1000} s that looking at the names had left ${tried}.`
      return { ok: false, reason: 'unknown', message }
    }
    return { ok: false, reason: 'connect', message: `${host} did not serve the file within ${time / 1000} s ${tried}.` }
  }
}

/** Parts of the time for a look: what the policy host must have had, and what is kept for the CAA records. */
const fairShare = 0.4
const caaShare = 0.15

const shareOf = ({ timeout }: LookBudget, share: number) => timeout * share

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
  const { kind, expected } = input
  const run = input.run.within()
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
  if (kind === 'mta_sts_policy') {
    return run.addressesOf(canonicalName(target), run.budget.deadline).catch(() => {
      run.throwIfAborted()
      return []
    })
  }
  const { records } = await run.lookUp({ name: canonicalName(target), type: 'TXT' })
  return records.flatMap((record) => (record.type === 'TXT' ? [record.data] : []))
}

async function askAuthority(run: ResolverRun, name: string): Promise<HostedAnswers> {
  const zone = await run.findZone(name, run.budget.deadline).catch(() => undefined)
  run.throwIfAborted()
  const { each, leftOut } = byAddress(zone?.nameServers ?? [], run.budget.mostAddresses)
  const answers = await Promise.all(each.map((server) => run.askNameServer({ name, type: 'TXT' }, server)))
  return { answers, leftOut }
}
