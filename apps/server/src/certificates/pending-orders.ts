import { firstOrderAt } from '../store/certificate-orders.ts'
import type { Store } from '../store/open-store.ts'
import type { CertificateCache, PendingOrder } from './cached-certificates.ts'

/** What is known of the order for the certificate of a hosting's policy host; undefined where it has a certificate. */
export type PendingOrders = (hosting: { key: string; address: string }) => Promise<PendingOrder | undefined>

/** Knows the words of the CA from this process, and from the store which orders wait for their turn. */
export function pendingOrders(store: Store, certificates: CertificateCache, now: () => number): PendingOrders {
  return async ({ key, address }) => {
    const known = certificates.pendingOrder(`mta-sts.${address}`)
    if (known) return known
    const at = await firstOrderAt(store.db, key)
    if (at === undefined) return undefined
    return at > now() ? { nextAttempt: at } : {}
  }
}
