import type { CreateDomainInput, Domain, ManagedByInput } from '@dmarc-as-code/client'
import { isKnown } from '@dmarc-as-code/terraform-plugin'
import type { ProviderContext } from '../../context/provider-context.ts'
import { canonicalAddress, sameAddress } from '../../hosting/address.ts'
import { createMarked } from '../../markers/create-marked.ts'
import { type DomainPlan, plannedPolicy, policyInput } from './domain-reconcile.ts'
import { alreadyExists, domainMarker } from './existing-domain.ts'

/**
 * Creates the domain, or completes the creation by an earlier run that was killed. A domain that is not provably the one which
 * that run created is never taken over: the error contains the import block.
 */
export async function createDomain(
  { api, markers }: Pick<ProviderContext, 'api' | 'markers'>,
  accountId: number,
  plan: DomainPlan,
  signal: AbortSignal,
): Promise<Domain> {
  const address = canonicalAddress(plan.address)
  try {
    const domain = await createMarked<Domain>(markers, {
      kind: 'domain',
      name: domainMarker(accountId, address),
      signal,
      create: (options) => api.client.domains.create(accountId, input(plan, api.managedBy), options),
      async find(id) {
        const found = await api.fresh(accountId, id, { signal })
        return found && sameAddress(found.address, address) ? found : undefined
      },
      async existing({ existingId }) {
        const found = await api.fresh(accountId, existingId ?? address.replaceAll('.', '-'), { signal })
        return found && alreadyExists(found, accountId)
      },
    })
    // Created by an earlier run, from another configuration: `parked` cannot be changed.
    if (domain.parked_domain !== plan.parked) throw alreadyExists(domain, accountId)
    return domain
  } finally {
    api.stale()
  }
}

function input(plan: DomainPlan, managedBy: ManagedByInput | undefined): CreateDomainInput {
  const { hosted_mta_sts: mtaSts } = plan
  return {
    address: canonicalAddress(plan.address),
    rua_report: plan.rua_report,
    ruf_report: plan.ruf_report,
    ...(plan.parked && { parked_domain: true }),
    ...(isKnown(plan.mta_sts_report) && { mta_sts_report: plan.mta_sts_report }),
    ...(isKnown(plan.tags) && plan.tags.length > 0 && { tag_names: plan.tags }),
    ...(mtaSts && { mta_sts_policy: policyInput(plannedPolicy(mtaSts)) }),
    ...(managedBy && { managed_by: managedBy }),
  }
}
