import type { CallOptions } from '../core/call.ts'
import type { IdOrSlug } from '../input/id-or-slug.ts'
import type { VerifyMtaStsOptions } from '../input/verify-options.ts'
import {
  type DmarcVerification,
  type MtaStsVerification,
  readDmarcVerification,
  readMtaStsVerification,
} from '../read/verification.ts'
import { domainAnswer } from '../session/one-domain.ts'
import type { Session } from '../session/session.ts'
import { callAssumed } from './assumed-routes.ts'

/** See `Domains.verifyHostedDmarc`. */
export function verifyHostedDmarc(
  session: Session,
  accountId: IdOrSlug,
  id: IdOrSlug,
  options: CallOptions,
): Promise<DmarcVerification> {
  return callAssumed(
    session.transport,
    'verifyHostedDmarc',
    { params: { account_id: accountId, domain_id: id } },
    options,
    ({ body }) => readDmarcVerification(body),
    () => domainAnswer(session, accountId, id, options),
  )
}

/** See `Domains.verifyHostedMtaSts`. */
export function verifyHostedMtaSts(
  session: Session,
  accountId: IdOrSlug,
  id: IdOrSlug,
  options: VerifyMtaStsOptions,
): Promise<MtaStsVerification> {
  return callAssumed(
    session.transport,
    'verifyHostedMtaSts',
    // In the query, which Rails reads for any method.
    { params: { account_id: accountId, domain_id: id }, query: { record: options.record } },
    options,
    ({ body }) => readMtaStsVerification(body, options.record),
    () => domainAnswer(session, accountId, id, options),
  )
}
