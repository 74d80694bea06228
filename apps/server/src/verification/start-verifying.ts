import type { Store } from '../store/open-store.ts'
import { startWorker, type Worker, type WorkerOptions } from '../workers/worker.ts'
import { fairShares } from './fair-shares.ts'
import type { Verifier } from './verifier.ts'

/** Verifications at the same time in one process. Half of them for one tenant, an eighth for one zone. */
export const verificationSlots = 64

export interface VerifyingOptions extends Pick<WorkerOptions, 'owner' | 'now' | 'random' | 'log'> {
  store: Store
  verifier: Pick<Verifier, 'perform'>
}

/** Starts the worker that verifies domains by schedule. */
export function startVerifying({ verifier, ...common }: VerifyingOptions): Worker {
  const { store, now } = common
  return startWorker({
    ...common,
    task: 'verify',
    concurrency: verificationSlots,
    lease: 120_000,
    choose: fairShares({ store, now, perTenant: verificationSlots / 2, perZone: verificationSlots / 8 }),
    perform: verifier.perform,
  })
}
