import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { FastifyBaseLogger } from 'fastify'
import type { HostedZone } from '../rules/zone-records.ts'
import type { Store } from '../store/open-store.ts'
import { dropObservationsBefore } from '../store/verifications.ts'
import { schedule } from '../store/work.ts'
import type { Looker } from './looker.ts'
import { publishHosting } from './publish.ts'
import { startWorker } from './worker.ts'
import type { ZonePublisher } from './zone-publisher.ts'

export interface WorkersOptions {
  store: Store
  zone: HostedZone
  publisher: ZonePublisher
  looker: Looker
  now: () => number
  log: FastifyBaseLogger
}

const day = 86_400_000
/** The history of a domain's states is kept for so long. */
const historyKept = 400 * day

/** Starts the background work: publishing, looking, tidying up. */
export function startWorkers(options: WorkersOptions): { wake: () => void; stop: () => Promise<void> } {
  const { store, zone, publisher, looker, now, log } = options
  const common = { store, owner: `${hostname()} ${randomUUID()}`, now, random: Math.random, log }
  const publishing = startWorker({
    ...common,
    task: 'publish',
    concurrency: 8,
    lease: 60_000,
    perform: (claim, signal) => publishHosting(claim, { store, zone, publisher, now }, signal),
  })
  const looking = startWorker({
    ...common,
    task: 'verify',
    concurrency: 8,
    lease: 120_000,
    perform: looker.perform,
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
    log.error({ err: error }, 'the daily tidying could not be planned')
  })
  return {
    wake: publishing.wake,
    async stop() {
      await Promise.all([publishing.stop(), looking.stop(), sweeping.stop()])
    },
  }
}
