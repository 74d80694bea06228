import { X509Certificate } from 'node:crypto'
import { untilAborted } from '@dmarc-as-code/primitives'
import { AcmeOrderError } from './acme-errors.ts'
import type { RenewalInfo } from './renewal-info.ts'
import type { Certificate, CertificateSource } from './source.ts'

/** A source that orders ahead of time, and tells what is known of orders that have not succeeded. */
export interface CertificateCache extends CertificateSource {
  /**
   * Orders the certificate of a host name that has none, and renews the one whose time has come, once `turn` allows it.
   * Rejects only when the signal or `turn` does; an order that is under way goes on then.
   */
  keepCurrent: (hostname: string, turn: OrderTurn, signal: AbortSignal) => Promise<KeptCurrent>
  /** Whether there is a certificate that is valid, here or in the store. */
  hasCertificate: (hostname: string) => Promise<boolean>
  /** Reads the certificate of a host name from the store again, where it is in memory: another process may have renewed it. */
  reload: (hostname: string) => Promise<void>
  /** The order for a host name; undefined where it has a certificate that is valid, or nothing is known of an order. */
  pendingOrder: (hostname: string) => PendingOrder | undefined
}

/** Allows an order with undefined; else answers when to ask again, in milliseconds since 1970. */
export type OrderTurn = (order: { renewal: boolean }) => Promise<number | undefined>

export interface KeptCurrent {
  /** When to come again, in milliseconds since 1970. */
  at: number
  /** Whether there is a certificate that need not be renewed yet. */
  current: boolean
  /** Why no order was made, or why it failed; undefined while the order waits for its turn. */
  failure?: unknown
}

export interface PendingOrder {
  /** Why the last attempt failed, for the owner of the domain; undefined before it has. */
  failure?: string
  /** Milliseconds since 1970: when the next attempt may be made; undefined while one is under way. */
  nextAttempt?: number
}

/** Persistent storage for certificates. */
export interface CertificateStore {
  load(hostname: string): Promise<Certificate | undefined>
  save(hostname: string, certificate: Certificate): Promise<void>
}

export interface CertificateCacheOptions {
  /** Default: none; certificates are lost on restart. */
  store?: CertificateStore
  /** Milliseconds since 1970. Default `Date.now`. */
  now?: () => number
  /** Chooses the time of a renewal within what the source suggests: from 0 up to 1. Default `Math.random`. */
  random?: () => number
  /** Maximum number of certificates in memory. Default 10,000. */
  capacity?: number
  /**
   * Milliseconds before a name is tried again after a failure. Default 15 minutes: public CAs allow five failures an
   * hour for a name. Each further failure doubles them, up to 16 times.
   */
  retryAfter?: number
  /**
   * Why an order for this name cannot succeed, as the end of a sentence; undefined where it can. Unlike a failed order, it is
   * not remembered: it may change with the next verification of the customer's CNAME. Default: every order can.
   */
  whyNot?: (hostname: string) => Promise<string | undefined>
  /**
   * Whether `getCertificate` orders and renews. With false it returns what there is, waits for an order that is under way, and
   * leaves the rest to `keepCurrent`. Default true.
   */
  onDemand?: boolean
  /** Called when a renewal by `getCertificate` fails while the current certificate stays in use. */
  onRenewalError?: (hostname: string, error: unknown) => void
}

interface CachedCertificate {
  certificate: Certificate
  renewAt: number
  /** When the source is asked again when to renew. */
  askAt: number
  /** What it suggested last. */
  window?: RenewalInfo['window']
  /** The latest time to renew, whatever the source suggests: a tenth of the lifetime before the end. */
  latest: number
  expires: number
}

/** Milliseconds for one request for renewal information, and between two where the source does not say. */
const infoTime = 30_000
const infoInterval = 6 * 3_600_000
/** Limits of what the source may say instead. */
const shortestInterval = 60_000
const longestInterval = 24 * 3_600_000

const ORDER_TIMEOUT = 5 * 60_000

/**
 * Caches the certificates of a source: one order at a time for each name, however many callers there are; renewal when the
 * source suggests it (`keepCurrent`), else in the last third of a certificate's lifetime, while the current one stays in use; no new order soon after a failed one.
 */
export function cachedCertificates(source: CertificateSource, options: CertificateCacheOptions = {}): CertificateCache {
  const now = options.now ?? Date.now
  const capacity = options.capacity ?? 10_000
  const kept = new Map<string, CachedCertificate>()
  const orders = new Map<string, Promise<Certificate>>()
  const failures = new Map<string, { error: unknown; until: number; count: number }>()
  const retryAfter = options.retryAfter ?? 15 * 60_000

  function keep(hostname: string, certificate: Certificate): void {
    const { validFromDate, validToDate } = new X509Certificate(certificate.cert)
    const expires = validToDate.getTime()
    kept.delete(hostname)
    const lifetime = expires - validFromDate.getTime()
    const renewAt = expires - lifetime / 3
    kept.set(hostname, { certificate, expires, renewAt, latest: expires - lifetime / 10, askAt: 0 })
    trim(kept, capacity)
  }

  /** Asks the source when to renew; what is known stays where it does not say. Returns when to come again. */
  async function planRenewal(cached: CachedCertificate, signal: AbortSignal): Promise<number> {
    if (!source.renewalInfo) return cached.renewAt
    if (cached.askAt <= now()) {
      cached.askAt = now() + infoInterval
      const within = AbortSignal.any([signal, AbortSignal.timeout(infoTime)])
      const info = await source.renewalInfo(cached.certificate, within).catch(() => undefined)
      signal.throwIfAborted()
      if (info) {
        const interval = Math.max(shortestInterval, Math.min(longestInterval, info.retryAfter ?? infoInterval))
        cached.askAt = now() + interval
        const { start, end } = info.window
        // The time within a window is chosen once, or it would move with each answer.
        if (cached.window?.start !== start || cached.window.end !== end) {
          cached.renewAt = Math.min(cached.latest, start + (options.random ?? Math.random)() * (end - start))
          cached.window = info.window
        }
      }
    }
    return Math.min(cached.renewAt, cached.askAt)
  }

  function order(hostname: string): Promise<Certificate> {
    const running = orders.get(hostname)
    if (running) return running
    // All waiting callers share the order, so it has its own deadline instead of a caller's signal.
    const started = source
      .getCertificate(hostname, AbortSignal.timeout(ORDER_TIMEOUT), kept.get(hostname)?.certificate)
      .then(
        async (certificate) => {
          keep(hostname, certificate)
          failures.delete(hostname)
          await options.store?.save(hostname, certificate)
          return certificate
        },
        (error: unknown) => {
          // The CA may ask to wait longer.
          const asked = error instanceof AcmeOrderError ? (error.retryAfter ?? 0) : 0
          const count = (failures.get(hostname)?.count ?? 0) + 1
          const wait = Math.max(retryAfter * 2 ** Math.min(count - 1, 4), asked)
          failures.delete(hostname)
          failures.set(hostname, { error, until: now() + wait, count })
          trim(failures, capacity)
          throw error
        },
      )
    orders.set(hostname, started)
    const done = () => orders.delete(hostname)
    started.then(done, done)
    return started
  }

  async function find(hostname: string): Promise<CachedCertificate | undefined> {
    const stored = kept.has(hostname) ? undefined : await options.store?.load(hostname)
    if (stored) keep(hostname, stored)
    const found = kept.get(hostname)
    return found && found.expires > now() ? found : undefined
  }

  async function reload(hostname: string): Promise<void> {
    const known = kept.get(hostname)
    if (!known || !options.store) return
    const stored = await options.store.load(hostname)
    if (stored && stored.cert !== known.certificate.cert) keep(hostname, stored)
  }

  async function refusal(hostname: string): Promise<unknown> {
    const failure = failures.get(hostname)
    if (failure && failure.until > now()) return failure.error
    const why = await options.whyNot?.(hostname)
    return why === undefined ? undefined : new Error(`No certificate is ordered for ${hostname}: ${why}`)
  }

  return {
    async keepCurrent(hostname, turn, signal) {
      signal.throwIfAborted()
      await reload(hostname)
      const found = await find(hostname)
      if (found) {
        const at = await planRenewal(found, signal)
        if (found.renewAt > now()) return { at, current: true }
      }
      const refused = await refusal(hostname)
      if (refused) {
        const until = failures.get(hostname)?.until ?? 0
        return { at: until > now() ? until : now() + retryAfter, current: false, failure: refused }
      }
      if (!orders.has(hostname)) {
        // An expired certificate is renewed, too.
        const wait = await turn({ renewal: kept.has(hostname) })
        if (wait !== undefined) return { at: wait, current: false }
      }
      try {
        await untilAborted(order(hostname), signal)
      } catch (failure) {
        signal.throwIfAborted()
        return { at: failures.get(hostname)?.until ?? now() + retryAfter, current: false, failure }
      }
      const fresh = kept.get(hostname)
      return { at: fresh ? await planRenewal(fresh, signal) : now(), current: true }
    },

    reload,
    hasCertificate: async (hostname) => (await find(hostname)) !== undefined,

    pendingOrder(hostname) {
      const current = kept.get(hostname)
      if (current && current.expires > now()) return undefined
      const failure = failures.get(hostname)
      const underWay = orders.has(hostname)
      if (!failure && !underWay) return undefined
      return {
        ...(failure ? { failure: publicWords(failure.error) } : {}),
        ...(failure && !underWay ? { nextAttempt: Math.max(failure.until, now()) } : {}),
      }
    },

    async getCertificate(hostname, signal) {
      signal.throwIfAborted()
      const found = await find(hostname)
      if (!found) {
        const underWay = orders.get(hostname)
        if (underWay) return untilAborted(underWay, signal)
        const refused = await refusal(hostname)
        if (refused) throw refused
        if (options.onDemand === false) throw new Error(`There is no certificate for ${hostname} yet.`)
        return untilAborted(order(hostname), signal)
      }
      if (options.onDemand !== false && found.renewAt <= now() && !(await refusal(hostname))) {
        order(hostname).catch((error: unknown) => options.onRenewalError?.(hostname, error))
      }
      return found.certificate
    },
  }
}

/** What the owner of a domain may read of a failed order. */
export const publicWords = (error: unknown): string =>
  error instanceof AcmeOrderError
    ? error.publicWords
    : 'The order failed inside this service; its operator finds the reason in the log.'

/** Maps keep insertion order, so the oldest entry is removed first. */
function trim(map: Map<string, unknown>, capacity: number): void {
  for (const key of map.keys()) {
    if (map.size <= capacity) return
    map.delete(key)
  }
}
