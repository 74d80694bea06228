import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { FastifyBaseLogger } from 'fastify'
import { fairOrders } from '../certificates/fair-orders.ts'
import type { CertificateCache } from '../certificates/index.ts'
import { keepCertificate } from '../certificates/keep-certificate.ts'
import type { CurrentRecords } from '../current/current-records.ts'
import { checkMailHosts, scheduleMailHostChecks } from '../notices/check-mail-hosts.ts'
import { type DeliverContext, deliverNotice } from '../notices/deliver.ts'
import { compareShared, compareZone } from '../publishing/compare-zone.ts'
import { publishHosting, sharedSubject } from '../publishing/publish-hosting.ts'
import type { ComparableZone, ZonePublisher } from '../publishing/zone-publisher.ts'
import type { HostedZone } from '../rules/zone-records.ts'
import { dropExpiredAcmeState } from '../store/acme-state.ts'
import { auditKept, dropAuditEventsBefore } from '../store/audit.ts'
import type { OrderLimits } from '../store/certificate-orders.ts'
import { overdueKeys } from '../store/deleted-domains.ts'
import { dropRetiredHostings } from '../store/hostings.ts'
import { dropNoticesBefore } from '../store/notices.ts'
import type { Store } from '../store/open-store.ts'
import { dropObservationsBefore } from '../store/verifications.ts'
import { schedule, scheduleOnce } from '../store/work.ts'
import { dropOldZoneChanges } from '../store/zone-contents.ts'
import { startVerifying } from '../verification/start-verifying.ts'
import type { Verifier } from '../verification/verifier.ts'
import { startWorker } from '../workers/worker.ts'

export interface WorkersOptions {
  store: Store
  zone: HostedZone
  publisher: ZonePublisher
  /** Set when the zone can change behind the server's back. */
  comparable: ComparableZone | undefined
  /** The serial of the hosted zone. */
  serial: (signal: AbortSignal) => Promise<number | undefined>
  verifier: Verifier
  /** Set where certificates are ordered ahead of time. */
  certificates: CertificateCache | undefined
  orderLimits: OrderLimits
  current: Pick<CurrentRecords, 'mailHosts'>
  /** How notices to owners leave the server. */
  notices: Pick<DeliverContext, 'mail' | 'webhook' | 'secrets'>
  now: () => number
  log: FastifyBaseLogger
}

const day = 86_400_000
/** Between two comparisons of the whole hosted zone with the store; each verification compares the records of its domain. */
const reconcileInterval = 6 * 3_600_000
const reconcileLease = 3_600_000
/** Between two comparisons of the records that belong to no single domain. */
const sharedInterval = 10 * 60_000
/** Orders for certificates at the same time in one process, and milliseconds for one. */
const orderSlots = 8
const orderLease = 10 * 60_000
/** How long the history of a domain's status changes is kept. */
const historyKept = 400 * day
/** How long the hosting of a deleted domain is kept, so that a record of it that a late write brings back is found. */
const retiredKept = 7 * day

/** Starts the background work: publishing, verification, orders for certificates, clean-up. */
export function startWorkers(options: WorkersOptions): { wake: () => void; stop: () => Promise<void> } {
  const {
    store,
    zone,
    publisher,
    comparable,
    serial,
    verifier,
    certificates,
    orderLimits: limits,
    current,
    notices,
    now,
    log,
  } = options
  const common = { store, owner: `${hostname()} ${randomUUID()}`, now, random: Math.random, log }
  const publishing = startWorker({
    ...common,
    task: 'publish',
    concurrency: 8,
    lease: 60_000,
    perform: (work) => publishHosting(work, { store, zone, publisher, now }),
  })
  const repairing = startWorker({
    ...common,
    task: 'repair',
    concurrency: 4,
    lease: 60_000,
    perform: (work) => publishHosting(work, { store, zone, publisher, now }),
  })
  const reconciling = startWorker({
    ...common,
    task: 'reconcile',
    concurrency: 2,
    lease: reconcileLease,
    async perform({ subject, signal }) {
      if (!comparable) return { at: null, attempt: 0 }
      const context = { store, zone, target: comparable, serial, interval: reconcileInterval, now, log }
      if (subject === sharedSubject) {
        if ((await compareShared(context, signal)) > 0) repairing.wake()
        return { at: now() + sharedInterval, attempt: 0 }
      }
      const { at, differences } = await compareZone(context, signal)
      if (differences > 0) repairing.wake()
      return { at, attempt: 0 }
    },
  })
  const verifying = startVerifying({ ...common, verifier })
  const certifying =
    certificates &&
    startWorker({
      ...common,
      task: 'certificate',
      concurrency: orderSlots,
      lease: orderLease,
      choose: fairOrders({ store, limits, now }),
      perform: (work) => keepCertificate(work, { store, certificates, limits, now, log }),
    })
  const notifying = startWorker({
    ...common,
    task: 'notify',
    concurrency: 8,
    lease: 60_000,
    perform: (work) => deliverNotice(work, { ...notices, store, zone: zone.zone, now, random: Math.random, log }),
  })
  const checkingMailHosts = startWorker({
    ...common,
    task: 'mail_hosts',
    concurrency: 4,
    lease: 60_000,
    poll: 60_000,
    perform: (work) => checkMailHosts(work, { store, current, now }),
  })
  const sweeping = startWorker({
    ...common,
    task: 'sweep',
    concurrency: 1,
    lease: 60_000,
    poll: 60_000,
    async perform() {
      await dropObservationsBefore(store.db, now() - historyKept)
      await dropAuditEventsBefore(store.db, now() - auditKept)
      await dropNoticesBefore(store.db, now() - historyKept)
      // Left by a process of an earlier release, which does not know of them.
      for (const key of await overdueKeys(store.db, now())) await scheduleOnce(store.db, 'publish', key, now())
      await scheduleMailHostChecks(store, now(), Math.random)
      await dropRetiredHostings(store.db, now() - retiredKept)
      await dropOldZoneChanges(store, now())
      await dropExpiredAcmeState(store.db, now())
      return { at: now() + day, attempt: 0 }
    },
  })
  const compare = async () => {
    await schedule(store.db, 'reconcile', 'zone', now())
    // The comparison of the zone begins with them.
    await schedule(store.db, 'reconcile', sharedSubject, now() + sharedInterval)
    reconciling.wake()
  }
  if (comparable) {
    void compare().catch((error) => {
      log.error({ err: error }, 'could not schedule the comparison of the hosted zone')
    })
  }
  void schedule(store.db, 'sweep', 'all', now()).then(sweeping.wake, (error) => {
    log.error({ err: error }, 'could not schedule the daily clean-up')
  })
  return {
    wake: publishing.wake,
    async stop() {
      await Promise.all(
        [publishing, repairing, reconciling, verifying, certifying, notifying, checkingMailHosts, sweeping].map(
          (worker) => worker?.stop(),
        ),
      )
    },
  }
}
