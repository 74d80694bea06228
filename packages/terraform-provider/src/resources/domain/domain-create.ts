import { ConflictError, type CreateDomainInput, type Domain } from '@dmarc-as-code/client'
import { DiagnosticError, isKnown } from '@dmarc-as-code/terraform-plugin'
import type { ProviderContext } from '../../context/provider-context.ts'
import { canonicalAddress } from '../../hosting/address.ts'
import { type DomainPlan, policyInput } from './domain-reconcile.ts'

/**
 * Creates the domain, or takes over the one that an earlier run made before it was killed. One that somebody else made is
 * never taken over silently: the error says how to import it.
 */
export async function createOrTakeOver(
  { api, markers }: Pick<ProviderContext, 'api' | 'markers'>,
  accountId: number,
  plan: DomainPlan,
  signal: AbortSignal,
): Promise<Domain> {
  const key = intentKey(accountId, plan.address)
  const earlier = await markers.begin('domain', key)
  try {
    return await api.client.domains.create(accountId, input(plan), { signal })
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error
    const existing = await api.fresh(accountId, error.existingId ?? slugOf(plan.address), { signal })
    const isOurs = existing && earlier && existing.parked_domain === plan.parked
    if (isOurs && canonicalAddress(existing.address) === canonicalAddress(plan.address)) return existing
    await markers.end('domain', key)
    throw existing ? exists(existing, accountId) : error
  } finally {
    api.stale()
  }
}

export const intentKey = (accountId: number, address: string) => `${accountId}/${canonicalAddress(address)}`

const slugOf = (address: string) => canonicalAddress(address).replaceAll('.', '-')

function input(plan: DomainPlan): CreateDomainInput {
  const { hosted_mta_sts: mtaSts } = plan
  return {
    address: canonicalAddress(plan.address),
    rua_report: plan.rua_report,
    ruf_report: plan.ruf_report,
    ...(plan.parked && { parked_domain: true }),
    ...(isKnown(plan.mta_sts_report) && { mta_sts_report: plan.mta_sts_report }),
    ...(isKnown(plan.tags) && plan.tags.length > 0 && { tag_names: plan.tags }),
    ...(mtaSts && { mta_sts_policy: policyInput(mtaSts) }),
  }
}

function exists(domain: Domain, accountId: number): DiagnosticError {
  return new DiagnosticError(
    `Domain ${domain.address} already exists`,
    `Account ${accountId} holds it as domain ${domain.id}, made outside of this configuration. To manage it here, import it:\n\n` +
      `import {\n  to = dmarcreport_domain.NAME\n  id = "${accountId}/${domain.address}"\n}`,
    { path: ['address'] },
  )
}
