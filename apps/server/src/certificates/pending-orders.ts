import { readAcmeState } from '../store/acme-state.ts'
import { firstOrderAt } from '../store/certificate-orders.ts'
import type { Store } from '../store/open-store.ts'
import type { CertificateCache, PendingOrder } from './cached-certificates.ts'

/** What is known of the order for the certificate of a hosting's policy host; undefined where it has a certificate. */
export type PendingOrders = (hosting: { key: string; address: string }) => Promise<PendingOrder | undefined>

/** The last failure of an order, as it lies in the store. */
export interface KnownFailure {
  failure: string
  /** Milliseconds since 1970. */
  nextAttempt: number
}

/** Knows the words of the CA from this process or the store, and from the store which orders wait for their turn. */
export function pendingOrders(
  store: Store,
  certificates: Pick<CertificateCache, 'pendingOrder' | 'hasCertificate'>,
  now: () => number,
): PendingOrders {
  return async ({ key, address }) => {
    const hostname = `mta-sts.${address}`
    const known = certificates.pendingOrder(hostname)
    if (known) return known
    const failed = await readAcmeState(store.db, 'failure', hostname)
    if (failed !== undefined) {
      if (await certificates.hasCertificate(hostname)) return undefined
      const { failure, nextAttempt } = JSON.parse(failed) as KnownFailure
      return nextAttempt > now() ? { failure, nextAttempt } : { failure }
    }
    const at = await firstOrderAt(store.db, key)
    if (at === undefined) return undefined
    return at > now() ? { nextAttempt: at } : {}
  }
}
