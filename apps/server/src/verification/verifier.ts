import { type LookState, nextLookDelay } from '@dmarc-as-code/dns/verify'
import { shareInFlight } from '@dmarc-as-code/primitives'
import type { FastifyBaseLogger } from 'fastify'
import type { CurrentRecords } from '../current/current-records.ts'
import { withinTime } from '../current/within-time.ts'
import { isActive } from '../reports/status.ts'
import type { HostedZone } from '../rules/zone-records.ts'
import { lockDomain, updateDomain } from '../store/domains.ts'
import { hostingOf, markPolicyCname } from '../store/hostings.ts'
import type { Store } from '../store/open-store.ts'
import {
  type CnameSummary,
  lastVerification,
  recordObservations,
  type Service,
  saveVerification,
} from '../store/verifications.ts'
import { schedule, scheduleBy, scheduleOnce } from '../store/work.ts'
import { countRepairs } from '../store/zone-comparisons.ts'
import type { Next, Work } from '../workers/worker.ts'
import { type FindPolicyContext, findPolicy, type MissingPolicy } from './find-policy.ts'
import { noticesOfLook } from './notices-of-look.ts'
import { statusChanges } from './status-changes.ts'
import type { VerificationReport } from './verification-report.ts'
import { type VerificationDeps, verifyService } from './verify-service.ts'

/** Milliseconds for one look, and of them at most for finding a policy that hosted MTA-STS lacks. */
const lookTime = 10_000
const findPolicyTime = 4000

export interface VerifierOptions {
  store: Store
  zone: HostedZone
  deps: VerificationDeps
  current: CurrentRecords
  /** Minimum milliseconds between two on-demand verifications of one service of a domain. */
  minInterval: number
  /** Factor by which scheduled verification runs more often than normal. */
  pace: number
  /** Milliseconds a caller waits for a new verification when an earlier result exists. Default 12,000. */
  answerWithin?: number
  log: FastifyBaseLogger
  /** Called after each look, for metrics. */
  onLook?: (service: Service, overall: string) => void
}

export interface Verifier {
  /** On demand: at most one verification per interval, otherwise the last result. Concurrent callers share one verification. */
  verifyNow: (domainId: number, service: Service) => Promise<VerificationReport>
  /** By schedule: verifies every hosted service of the domain and returns when to verify again. */
  perform: (work: Pick<Work, 'subject' | 'attempt' | 'signal'>) => Promise<Next>
}

export function createVerifier(options: VerifierOptions): Verifier {
  const { store, deps, minInterval, pace, answerWithin = 12_000 } = options
  const nextLook = (state: LookState) => deps.now() + Math.round(nextLookDelay(state, deps.random()) / pace)
  const share = shareInFlight<VerificationReport>()

  /**
   * At most one verification at a time for each service of a domain. One that is aborted, because its worker stops or loses its
   * lease, fails for that worker alone.
   */
  const look = (domainId: number, service: Service, signal?: AbortSignal): Promise<VerificationReport> =>
    share(`${domainId} ${service}`, () => verifyAndSave(domainId, service, options, signal))

  return {
    async verifyNow(domainId, service) {
      const last = await lastVerification<VerificationReport>(store.db, domainId, service)
      const { published_at } = await hostingOf(store.db, domainId)
      // A result from before the last change of the records says nothing about them; while a change is being published,
      // a result that reports them as published is such a result.
      const current =
        last &&
        (published_at === null
          ? Object.values(last.report.txts).every(({ status }) => status !== 'published')
          : last.checkedAt >= published_at)
      if (current && deps.now() - last.checkedAt < minInterval) return last.report
      const fresh = look(domainId, service)
      const seen = last ? await within(answerWithin, fresh) : await fresh
      // Clients time out after some 15 seconds. The verification continues, and the next call returns its result.
      if (!seen) return last?.report ?? fresh
      const ready = seen.overall === 'ready'
      const domain = await hostedServices(store, domainId)
      const enforced = isEnforced(domain)
      const wasReady = last?.report.overall === 'ready'
      const at = nextLook({ ready, wasReady, doubted: isDoubtful(seen), enforced, attempt: 0 })
      // This verified one service; the other, if hosted, may be due sooner (in doubt, still waiting).
      const plan = domain?.hosted_dmarc && domain.hosted_mta_sts ? scheduleBy : schedule
      await plan(store.db, 'verify', String(domainId), at)
      return seen
    },

    async perform({ subject, attempt, signal }) {
      const domainId = Number(subject)
      const domain = await hostedServices(store, domainId)
      const services: Service[] = []
      if (domain?.hosted_dmarc) services.push('dmarc')
      if (domain?.hosted_mta_sts) services.push('mta_sts')
      if (services.length === 0) return { at: null, attempt: 0 }

      const before = await Promise.all(
        services.map((service) => lastVerification<VerificationReport>(store.db, domainId, service)),
      )
      const seen = await Promise.all(services.map((service) => look(domainId, service, signal)))
      const ready = seen.every(({ overall }) => overall === 'ready')
      const state = {
        ready,
        wasReady: before.every((last) => last?.report.overall === 'ready'),
        doubted: seen.some(isDoubtful),
        enforced: isEnforced(domain),
        attempt: attempt + 1,
      }
      return { at: nextLook(state), attempt: ready ? 0 : attempt + 1 }
    },
  }
}

async function verifyAndSave(
  domainId: number,
  service: Service,
  { store, zone, deps, current, log, onLook }: VerifierOptions,
  signal?: AbortSignal,
): Promise<VerificationReport> {
  const context = { store, zone, current, now: deps.now }
  const begun = performance.now()
  const missing = service === 'mta_sts' ? await findPolicyInTime(domainId, context, signal) : undefined
  const hosting = await hostingOf(store.db, domainId)
  const last = await lastVerification<VerificationReport>(store.db, domainId, service)
  const seen = await verifyService(hosting, service, zone, deps, last?.report, {
    timeout: Math.ceil(lookTime - (performance.now() - begun)),
    signal,
  })
  if (missing && seen.policyFile) seen.policyFile = { ...seen.policyFile, ...missing }
  const changes = statusChanges(service, last?.report, seen)
  const saved = await store.transaction(async (tx) => {
    const domain = await lockDomain(tx, store.engine, domainId)
    // Deleted or switched off during the verification: discard the result.
    if (!domain || (service === 'dmarc' ? domain.hosted_dmarc : domain.hosted_mta_sts) === 0) return { report: seen }
    const latest = await lastVerification<VerificationReport>(tx, domainId, service)
    // Another process verified meanwhile. Our result was judged against an older one, so theirs stands.
    if (latest?.checkedAt !== last?.checkedAt) return { report: latest?.report ?? seen }
    await saveVerification(tx, domainId, service, { summary: summary(seen), report: seen, checkedAt: seen.at })
    await recordObservations(tx, domainId, changes)
    await noticesOfLook(tx, { domainId, service, seen, changes, now: deps.now() })
    const status = statusAfter(service, seen, await isActive(tx, domainId, seen.at))
    if (Object.entries(status).some(([column, value]) => domain[column as keyof typeof status] !== value)) {
      await updateDomain(tx, domain, status)
    }
    const latestHosting = await hostingOf(tx, domainId)
    const { key, published_at } = latestHosting
    const policyCname = seen.cnames.mta_sts_policy
    if (policyCname) await markPolicyCname(tx, latestHosting, policyCname.status === 'verified', seen.at)
    if (deps.pendingOrders && policyCname?.status === 'verified') {
      await scheduleOnce(tx, 'certificate', key, deps.now())
    }
    const drifted = published_at !== null && published_at < seen.at && hasDrifted(seen)
    if (drifted) {
      await scheduleBy(tx, 'repair', key, deps.now())
      await countRepairs(tx, zone.zone, 1)
    }
    return { report: seen, changes, drifted }
  })
  onLook?.(service, seen.overall)
  if (saved.drifted) {
    log.warn(
      { domain: hosting.address, service, txts: seen.txts },
      'the hosted zone differs from the store; repairing it',
    )
  }
  for (const change of saved.changes?.filter(({ part }) => part === 'overall') ?? []) {
    log.info({ domain: hosting.address, service, from: change.from, to: change.to }, 'domain status changed')
  }
  return saved.report
}

/** A look-up that takes too long leaves the verification its time, and the policy is looked for again by the next one. */
async function findPolicyInTime(
  domainId: number,
  context: FindPolicyContext,
  signal: AbortSignal | undefined,
): Promise<MissingPolicy | undefined> {
  const what = 'The look-up of the live policy and the MX records'
  const found = await withinTime({ milliseconds: findPolicyTime, what, signal }, async (within) => ({
    known: true as const,
    value: await findPolicy(domainId, context, within),
  }))
  if (found.known) return found.value
  return { reason: 'unknown', message: found.message, fix: 'The look-up is repeated.' }
}

/** Whether the name servers of the hosted zone serve something else than what was published. */
const hasDrifted = ({ txts }: VerificationReport): boolean =>
  Object.values(txts).some(
    ({ reason, expected }) => expected !== '' && (reason === 'not-published' || reason === 'stale'),
  )

function statusAfter(service: Service, { overall }: VerificationReport, active: boolean) {
  const ready = overall === 'ready'
  return service === 'dmarc'
    ? { dmarc_status: active ? 'dmarc_active' : ready ? 'dmarc_record_published' : 'dmarc_inactive' }
    : { mta_sts_status: ready ? 'mta_sts_active' : 'mta_sts_inactive' }
}

async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, milliseconds, undefined)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
    // When the verification fails later, no caller is waiting for it.
    promise.catch(() => {})
  }
}

const isDoubtful = (look: VerificationReport): boolean =>
  [...Object.values(look.cnames), look.policyFile].some((verdict) => verdict?.contrary !== undefined)

function summary(look: VerificationReport): CnameSummary {
  const entries = Object.values(look.cnames).map(
    ({ kind, status, reason }) => [kind, { status, reason: reason ?? null }] as const,
  )
  return Object.fromEntries(entries)
}

const hostedServices = (store: Store, domainId: number) =>
  store.db
    .selectFrom('domains')
    .select(['hosted_dmarc', 'hosted_mta_sts', 'mta_sts_mode'])
    .where('id', '=', domainId)
    .executeTakeFirst()

const isEnforced = (domain: Awaited<ReturnType<typeof hostedServices>>): boolean =>
  domain?.hosted_mta_sts === 1 && domain.mta_sts_mode === 'enforce'
