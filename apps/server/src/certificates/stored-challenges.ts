import { readAcmeState, removeAcmeState, writeAcmeState } from '../store/acme-state.ts'
import type { Store } from '../store/open-store.ts'
import type { Challenges } from './challenges.ts'

/** Milliseconds that a proof is kept where its order was cut off. */
const kept = 3_600_000

/** Proofs in the store: the worker that orders is not always the process that the CA asks. */
export function storedChallenges(store: Store, kind: 'http-01' | 'tls-alpn-01', now: () => number): Challenges {
  return {
    put: (name, proof) => writeAcmeState(store, kind, name, proof, { expiresAt: now() + kept }),
    remove: (name) => removeAcmeState(store.db, kind, name),
    get: (name) => readAcmeState(store.db, kind, name),
  }
}
