import { refused } from '../rules/problem.ts'
import { isConflict } from '../store/retry.ts'
import type { Caller } from '../store/tokens.ts'
import type { Service } from '../store/verifications.ts'
import type { VerificationReport } from '../verification/verification-report.ts'
import { domainOf } from './access.ts'
import type { ApiContext } from './context.ts'

const services = {
  dmarc: { name: 'Hosted DMARC', field: 'hosted_dmarc', code: 'hosted_dmarc_off' },
  mta_sts: { name: 'Hosted MTA-STS', field: 'hosted_mta_sts', code: 'hosted_mta_sts_off' },
} as const satisfies Record<Service, object>

interface LookRequest {
  caller: Caller
  params: { account_id: string; domain_id: string }
}

/**
 * Verifies a hosted service of a domain on request.
 *
 * @throws {Problem} 404 where the domain is not there or is deleted meanwhile, 422 where the service is not hosted or is
 *   switched off meanwhile, 429 where too many look-ups run
 */
export async function lookAtHosting(
  service: Service,
  { caller, params }: LookRequest,
  { store, looks, verifyNow }: Pick<ApiContext, 'store' | 'looks' | 'verifyNow'>,
): Promise<VerificationReport> {
  const { name, field, code } = services[service]
  const hosted = async () => {
    const { domain } = await domainOf(store.db, caller, params.account_id, params.domain_id)
    if (domain[field] === 1) return domain
    const message = `${name} is off for ${domain.address}, so there is nothing to verify. Switch it on with ${field}: true.`
    throw refused([{ field: '', code, message }])
  }
  const { id } = await hosted()
  const look = await looks
    .run(caller.tokenId, `verify ${id} ${service}`, () => verifyNow(id, service))
    .catch(async (error) => {
      if (isConflict(error)) await hosted()
      throw error
    })
  // A look takes seconds, and one at what is gone says nothing.
  await hosted()
  return look
}
