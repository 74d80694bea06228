import type { FastifyBaseLogger } from 'fastify'
import { removeAcmeState, writeAcmeState } from '../store/acme-state.ts'
import { type OrderLimits, recordCertificate, takeOrder } from '../store/certificate-orders.ts'
import { findHosting } from '../store/hostings.ts'
import type { Store } from '../store/open-store.ts'
import type { Next, Work } from '../workers/worker.ts'
import { type CertificateCache, type OrderTurn, publicWords } from './cached-certificates.ts'
import type { KnownFailure } from './pending-orders.ts'

export interface KeepCertificateContext {
  store: Store
  certificates: Pick<CertificateCache, 'keepCurrent'>
  limits: OrderLimits
  /** Milliseconds since 1970. */
  now: () => number
  log: FastifyBaseLogger
}

/** Milliseconds that the words of the CA are kept beyond the time of the next attempt. */
const failureKept = 86_400_000

/** Milliseconds until a policy that is being published is looked for again. */
const untilPublished = 10_000

/**
 * Keeps the certificate of one hosting current, before anybody asks for it in a handshake: the first order as soon as the CNAME
 * of the customer is seen and there is a policy to serve, then each renewal. The work ends with the CNAME or the policy; the
 * next look that sees both begins it again.
 */
export async function keepCertificate(
  { subject, signal }: Pick<Work, 'subject' | 'signal'>,
  { store, certificates, limits, now, log }: KeepCertificateContext,
): Promise<Next> {
  const hosting = await findHosting(store.db, subject)
  if (!hosting || hosting.policy_cname_verified_at === null) return { at: null, attempt: 0 }
  if (hosting.live_policy === null) {
    return { at: hosting.wanted_policy === null ? null : now() + untilPublished, attempt: 0 }
  }
  const hostname = `mta-sts.${hosting.address}`
  const tenant = await tenantOf(store, hosting.domain_id)
  const turn: OrderTurn = ({ renewal }) => takeOrder(store, { tenant, renewal, limits, now: now() })
  const { at, current, failure } = await certificates.keepCurrent(hostname, turn, signal)
  if (current) {
    await recordCertificate(store.db, hosting.key, now())
    await removeAcmeState(store.db, 'failure', hostname)
  }
  if (failure !== undefined) {
    // For verify, which other processes answer too.
    const known: KnownFailure = { failure: publicWords(failure), nextAttempt: at }
    await writeAcmeState(store, 'failure', hostname, JSON.stringify(known), { expiresAt: at + failureKept })
    const nextAttempt = new Date(at).toISOString()
    log.warn({ err: failure, hostname, nextAttempt }, 'could not obtain a certificate; it is tried again')
  }
  return { at, attempt: 0 }
}

async function tenantOf({ db }: Store, domainId: number | null): Promise<number | null> {
  if (domainId === null) return null
  const domain = await db.selectFrom('domains').select('user_id').where('id', '=', domainId).executeTakeFirst()
  return domain?.user_id ?? null
}
