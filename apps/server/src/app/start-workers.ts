import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { FastifyBaseLogger } from 'fastify'
import { publishHosting } from '../publishing/publish-hosting.ts'
import type { ZonePublisher } from '../publishing/zone-publisher.ts'
import type { HostedZone } from '../rules/zone-records.ts'
import type { Store } from '../store/open-store.ts'
import { dropObservationsBefore } from '../store/verifications.ts'
import { schedule } from '../store/work.ts'
import type { Verifier } from '../verification/verifier.ts'
import { startWorker } from '../workers/worker.ts'

export interface WorkersOptions {
  store: Store
  zone: HostedZone
  publisher: ZonePublisher
  verifier: Verifier
  now: () => number
  log: FastifyBaseLogger
}

const day = 86_400_000
/** How long the history of a domain's status changes is kept. */
const historyKept = 400 * day

/** Starts the background work: publishing, verification, clean-up. */
export function startWorkers(options: WorkersOptions): { wake: () => void; stop: () => Promise<void> } {
  const { store, zone, publisher, verifier, now, log } = options
  const common = { store, owner: `${hostname()} ${randomUUID()}`, now, random: Math.random, log }
  const publishing = startWorker({
    ...common,
    task: 'publish',
    concurrency: 8,
    lease: 60_000,
    perform: (work) => publishHosting(work, { store, zone, publisher, now }),
  })
  const looking = startWorker({
    ...common,
    task: 'verify',
    concurrency: 32,
    lease: 120_000,
    perform: verifier.perform,
  })
  const sweeping = startWorker({
    ...common,
    task: 'sweep',
    concurrency: 1,
    lease: 60_000,
    poll: 60_000,
    async perform() {
      await dropObservationsBefore(store.db, now() - historyKept)
      return { at: now() + day, attempt: 0 }
    },
  })
  void schedule(store.db, 'sweep', 'all', now()).then(sweeping.wake, (error) => {
    log.error({ err: error }, 'could not schedule the daily clean-up')
  })
  return {
    wake: publishing.wake,
    async stop() {
      await Promise.all([publishing.stop(), looking.stop(), sweeping.stop()])
    },
  }
}
