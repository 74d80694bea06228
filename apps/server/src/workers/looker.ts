import { type LookState, nextLookDelay } from '@dmarc-as-code/dns/verify'
import type { FastifyBaseLogger } from 'fastify'
import type { HostedZone } from '../rules/zone-records.ts'
import { hostingOf, markPolicyCname } from '../store/hostings.ts'
import type { Store } from '../store/open-store.ts'
import {
  type CnameSummary,
  lastVerification,
  recordObservations,
  type Service,
  saveVerification,
} from '../store/verifications.ts'
import { type Claim, schedule, scheduleBy } from '../store/work.ts'
import type { ServiceLook } from './look.ts'
import { type Eyes, takeLook } from './take-look.ts'
import { transitions } from './transitions.ts'
import type { Next } from './worker.ts'

export interface LookerOptions {
  store: Store
  zone: HostedZone
  eyes: Eyes
  /** Milliseconds between two fresh looks at one service of a domain on request. */
  minInterval: number
  /** How many times as often as planned looks come by schedule. */
  pace: number
  /** Milliseconds a caller waits for a fresh look when there is an earlier one to answer with. Default 12,000. */
  patience?: number
  log: FastifyBaseLogger
}

export interface Looker {
  /** On request: at most one fresh look per interval, else the last one. Whoever asks at the same time shares the look. */
  lookAt: (domainId: number, service: Service) => Promise<ServiceLook>
  /** By schedule: looks at all that the domain has hosted, and says when to look again. */
  perform: (claim: Claim, signal: AbortSignal) => Promise<Next>
}

export function createLooker(options: LookerOptions): Looker {
  const { store, eyes, minInterval, pace, patience = 12_000 } = options
  const nextLook = (state: LookState) => eyes.now() + Math.round(nextLookDelay(state, eyes.random()) / pace)
  const running = new Map<string, Promise<ServiceLook>>()

  /** One look at a time for each service of a domain. */
  function look(domainId: number, service: Service, signal?: AbortSignal): Promise<ServiceLook> {
    const key = `${domainId} ${service}`
    const shared = running.get(key)
    if (shared) return shared
    const started = lookAndSave(domainId, service, options, signal).finally(() => running.delete(key))
    running.set(key, started)
    return started
  }

  return {
    async lookAt(domainId, service) {
      const last = await lastVerification<ServiceLook>(store.db, domainId, service)
      const { published_at } = await hostingOf(store.db, domainId)
      // A look from before the last change of the records says nothing about them; while a change is on its way, one
      // that calls them published is such a look.
      const current =
        last &&
        (published_at === null
          ? Object.values(last.report.txts).every(({ status }) => status !== 'published')
          : last.checkedAt >= published_at)
      if (current && eyes.now() - last.checkedAt < minInterval) return last.report
      const fresh = look(domainId, service)
      const seen = last ? await within(patience, fresh) : await fresh
      // Clients give up after some fifteen seconds. The look goes on and is the answer to the next call.
      if (!seen) return last?.report ?? fresh
      const ready = seen.overall === 'ready'
      const domain = await hostedServices(store, domainId)
      const enforced = isEnforced(domain)
      const wasReady = last?.report.overall === 'ready'
      const at = nextLook({ ready, wasReady, doubted: isDoubted(seen), enforced, attempt: 0 })
      // This was one service; where the other is hosted too, it may have to be looked at sooner (doubted, still waiting).
      const plan = domain?.hosted_dmarc && domain.hosted_mta_sts ? scheduleBy : schedule
      await plan(store.db, 'verify', String(domainId), at)
      return seen
    },

    async perform(claim, signal) {
      const domainId = Number(claim.subject)
      const domain = await hostedServices(store, domainId)
      const services: Service[] = []
      if (domain?.hosted_dmarc) services.push('dmarc')
      if (domain?.hosted_mta_sts) services.push('mta_sts')
      if (services.length === 0) return { at: null, attempt: 0 }

      const before = await Promise.all(
        services.map((service) => lastVerification<ServiceLook>(store.db, domainId, service)),
      )
      const seen = await Promise.all(services.map((service) => look(domainId, service, signal)))
      const ready = seen.every(({ overall }) => overall === 'ready')
      const state = {
        ready,
        wasReady: before.every((last) => last?.report.overall === 'ready'),
        doubted: seen.some(isDoubted),
        enforced: isEnforced(domain),
        attempt: claim.attempt + 1,
      }
      return { at: nextLook(state), attempt: ready ? 0 : claim.attempt + 1 }
    },
  }
}

async function lookAndSave(
  domainId: number,
  service: Service,
  { store, zone, eyes, log }: LookerOptions,
  signal?: AbortSignal,
): Promise<ServiceLook> {
  const hosting = await hostingOf(store.db, domainId)
  const last = await lastVerification<ServiceLook>(store.db, domainId, service)
  const seen = await takeLook(hosting, service, zone, eyes, last?.report, signal)
  const ready = seen.overall === 'ready'
  await store.transaction(async (tx) => {
    const domain = await tx
      .selectFrom('domains')
      .select(['hosted_dmarc', 'hosted_mta_sts'])
      .where('id', '=', domainId)
      .executeTakeFirst()
    // Deleted or switched off while the look was under way: nobody may find its result later.
    if (!domain || (service === 'dmarc' ? domain.hosted_dmarc : domain.hosted_mta_sts) === 0) return
    const changes = transitions(service, last?.report, seen)
    await saveVerification(tx, domainId, service, { summary: summary(seen), report: seen, checkedAt: seen.at })
    await recordObservations(tx, domainId, changes)
    const status =
      service === 'dmarc'
        ? { dmarc_status: ready ? 'dmarc_record_published' : 'dmarc_inactive' }
        : { mta_sts_status: ready ? 'mta_sts_active' : 'mta_sts_inactive' }
    await tx.updateTable('domains').set(status).where('id', '=', domainId).execute()
    const policyCname = seen.cnames.mta_sts_policy
    if (policyCname) await markPolicyCname(tx, hosting.key, policyCname.status === 'verified', seen.at)
    for (const change of changes.filter(({ part }) => part === 'overall')) {
      log.info({ domain: hosting.address, service, from: change.from, to: change.to }, 'a domain changed its state')
    }
  })
  return seen
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
    // Should the look fail later, there is nobody left to tell.
    promise.catch(() => {})
  }
}

const isDoubted = (look: ServiceLook): boolean =>
  Object.values(look.cnames).some((verdict) => verdict.contrary !== undefined)

function summary(look: ServiceLook): CnameSummary {
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
