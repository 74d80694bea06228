import { isKnown, isSet, type ModifyPlanRequest, type ProposedOf, Unknown } from '@dmarc-as-code/terraform-plugin'
import type { ProviderContext } from '../../context/provider-context.ts'
import { canonicalAddress } from '../../hosting/address.ts'
import type { domainSchema } from './domain-schema.ts'
import type { DomainState } from './domain-state.ts'

type Change = Exclude<ModifyPlanRequest<ProviderContext, typeof domainSchema>, { action: 'delete' }>
type HostedDmarc = Exclude<ProposedOf<typeof domainSchema>['hosted_dmarc'], null | Unknown>

/**
 * The record that hosting begins with: looked up once, when `from_current` is set, and kept from then on. What cannot be read is
 * not absent, so that it fails the plan.
 */
export async function plannedCurrent(
  { plan, client: { mail }, signal, diagnostics }: Change,
  settings: HostedDmarc,
  state: DomainState | null,
): Promise<string | null | Unknown> {
  if (!isKnown(settings.from_current) || typeof plan.address !== 'string') return Unknown
  if (!isSet(settings.from_current) || !settings.from_current) return null
  const before = state?.hosted_dmarc
  if (before?.from_current) return before.current_record
  const domain = canonicalAddress(plan.address)
  const { currentDmarc } = await import('../../hosting/current-dmarc.ts')
  const current = await currentDmarc(domain, plan.parked === true, await mail.view(signal))
  if ('record' in current) return current.record
  diagnostics.error(
    `Could not read the current DMARC record of ${domain}`,
    `${current.unknown}\n\n\`from_current\` takes over what is live, so it must be readable while planning. Try again, or write the policy and the report addresses instead.`,
    ['hosted_dmarc', 'from_current'],
  )
  return Unknown
}
