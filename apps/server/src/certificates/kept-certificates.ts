import { X509Certificate } from 'node:crypto'
import type { Certificate, CertificateSource } from './source.ts'

/** Where certificates survive a restart. */
export interface CertificateStore {
  load(hostname: string): Promise<Certificate | undefined>
  save(hostname: string, certificate: Certificate): Promise<void>
}

export interface KeptCertificatesOptions {
  /** Default: memory only. */
  store?: CertificateStore
  /** Milliseconds since 1970. Default `Date.now`. */
  now?: () => number
  /** Certificates kept in memory. Default 10,000. */
  capacity?: number
  /**
   * After a failure, that name is not tried again for so long, in milliseconds. Default 15 minutes: public CAs allow
   * five failures an hour for a name.
   */
  retryAfter?: number
  /**
   * Whether an order for this name has a chance. A refusal is not remembered, unlike a failed order: it may change with
   * the next look at the customer's CNAME. Default: always.
   */
  mayOrder?: (hostname: string) => Promise<boolean>
  /** Told when a renewal fails while the old certificate still serves. */
  onRenewalError?: (hostname: string, error: unknown) => void
}

interface Kept {
  certificate: Certificate
  renewAt: number
  expires: number
}

const ORDER_TIMEOUT = 5 * 60_000

/**
 * Keeps what a source gives: one order at a time for a name, however many ask; renewal in the last third of a
 * certificate's life, while the old one still serves; no new order soon after a failed one.
 */
export function keptCertificates(source: CertificateSource, options: KeptCertificatesOptions = {}): CertificateSource {
  const now = options.now ?? Date.now
  const capacity = options.capacity ?? 10_000
  const kept = new Map<string, Kept>()
  const orders = new Map<string, Promise<Certificate>>()
  const failures = new Map<string, { error: unknown; until: number }>()

  function keep(hostname: string, certificate: Certificate): void {
    const { validFromDate, validToDate } = new X509Certificate(certificate.cert)
    const expires = validToDate.getTime()
    kept.delete(hostname)
    kept.set(hostname, { certificate, expires, renewAt: expires - (expires - validFromDate.getTime()) / 3 })
    trim(kept, capacity)
  }

  function order(hostname: string): Promise<Certificate> {
    const running = orders.get(hostname)
    if (running) return running
    // The order belongs to everybody who waits for it, so it has a deadline of its own and no caller's signal.
    const started = source.getCertificate(hostname, AbortSignal.timeout(ORDER_TIMEOUT)).then(
      async (certificate) => {
        keep(hostname, certificate)
        failures.delete(hostname)
        await options.store?.save(hostname, certificate)
        return certificate
      },
      (error: unknown) => {
        failures.set(hostname, { error, until: now() + (options.retryAfter ?? 15 * 60_000) })
        trim(failures, capacity)
        throw error
      },
    )
    orders.set(hostname, started)
    const done = () => orders.delete(hostname)
    started.then(done, done)
    return started
  }

  async function find(hostname: string): Promise<Kept | undefined> {
    const stored = kept.has(hostname) ? undefined : await options.store?.load(hostname)
    if (stored) keep(hostname, stored)
    const found = kept.get(hostname)
    return found && found.expires > now() ? found : undefined
  }

  async function mayOrder(hostname: string): Promise<boolean> {
    return (
      (failures.get(hostname)?.until ?? 0) <= now() && (options.mayOrder === undefined || options.mayOrder(hostname))
    )
  }

  function refusal(hostname: string): unknown {
    const failure = failures.get(hostname)
    if (failure && failure.until > now()) return failure.error
    return new Error(`No certificate is ordered for ${hostname} before its CNAME was seen pointing here.`)
  }

  return {
    async getCertificate(hostname, signal) {
      signal.throwIfAborted()
      const found = await find(hostname)
      if (!found) {
        if (!(await mayOrder(hostname))) throw refusal(hostname)
        return untilAborted(order(hostname), signal)
      }
      if (found.renewAt <= now() && (await mayOrder(hostname))) {
        order(hostname).catch((error: unknown) => options.onRenewalError?.(hostname, error))
      }
      return found.certificate
    },
  }
}

/** Maps keep the order of insertion: the oldest entry goes first. */
function trim(map: Map<string, unknown>, capacity: number): void {
  for (const key of map.keys()) {
    if (map.size <= capacity) return
    map.delete(key)
  }
}

/** The result of `promise`, or the signal's reason, whichever is first; `promise` goes on either way. */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
