import type { PlanEffect } from '@dmarc-as-code/dns/apply'
import { isKnown, isSet, type ModifyPlanRequest, type Path } from '@dmarc-as-code/terraform-plugin'
import type { ProviderContext } from '../../context/provider-context.ts'
import { gateOf, judgeTightening } from '../../evidence/gate.ts'
import { tightenedTo } from '../../evidence/tightening.ts'
import { canonicalAddress } from '../../hosting/address.ts'
import type { domainSchema } from './domain-schema.ts'
import type { DomainState } from './domain-state.ts'
import { type PublicationChange, policyText } from './publication.ts'

type Change = Exclude<ModifyPlanRequest<ProviderContext, typeof domainSchema>, { action: 'delete' }>

/**
 * Asks for evidence where the plan tightens a policy, and nowhere else, so that a fleet at rest costs no request. Answers the
 * policies that the user was told about.
 */
export async function checkEvidence(
  request: Change,
  state: DomainState | null,
  changes: readonly PublicationChange[],
  effects: readonly (PlanEffect | undefined)[],
): Promise<Set<PublicationChange['policy']>> {
  const { plan, config, diagnostics, signal } = request
  const { api } = request.client
  const told = new Set<PublicationChange['policy']>()
  if (typeof plan.address !== 'string') return told
  const domain = canonicalAddress(plan.address)
  const tightened = changes.flatMap((change, index) => {
    // A parked domain sends no mail that could be lost.
    if (change.policy === 'dmarc' && plan.parked === true) return []
    const target = tightenedTo({ ...change, published: publishedIn(state, change.policy), effect: effects[index] })
    return target === undefined ? [] : [{ policy: change.policy, target }]
  })
  const byService = tightened.length > 0 && state !== null && (await isGatedByService(request, state))
  const gated = tightened.flatMap((one) => {
    const gate = byService ? 'enforce' : gateFor(config, one.policy)
    return gate === 'off' ? [] : [{ ...one, gate }]
  })
  if (config.accept_risk !== null) {
    if (tightened.length === 0) warnOfUnneeded(request, domain)
    return new Set(gated.map(({ policy }) => policy))
  }
  const place = gated.length > 0 && state ? await placeOf(request, state) : null
  for (const { policy, target, gate } of gated) {
    const tightening = { domain, target, gate, byService, attribute: attributeOf(config, policy), place }
    if (await judgeTightening(tightening, api, diagnostics, signal)) told.add(policy)
  }
  return told
}

/** Whether the service itself refuses the change: the apply would fail whatever the configuration says. */
async function isGatedByService({ client: { api }, signal }: Change, state: DomainState): Promise<boolean> {
  const domains = await api.domainsUnlessReported({ signal })
  return domains?.get(Number(state.id))?.evidence_gate === 'enforce'
}

function gateFor(
  { hosted_dmarc: dmarc, hosted_mta_sts: mtaSts }: Change['config'],
  policy: PublicationChange['policy'],
) {
  const settings = policy === 'dmarc' ? dmarc : mtaSts
  return gateOf(isSet(settings) ? settings.gate : null)
}

const publishedIn = (state: DomainState | null, policy: PublicationChange['policy']): string | null =>
  policy === 'dmarc'
    ? (state?.hosted_dmarc?.published_record ?? null)
    : (policyText(state?.hosted_mta_sts ?? null) ?? null)

/** The setting that the user wrote, else the block. */
function attributeOf(
  { hosted_dmarc: dmarc, hosted_mta_sts: mtaSts }: Change['config'],
  policy: PublicationChange['policy'],
): Path {
  if (policy === 'mta-sts')
    return isSet(mtaSts) && mtaSts.mode !== null ? ['hosted_mta_sts', 'mode'] : ['hosted_mta_sts']
  const written = isSet(dmarc) ? (['policy', 'record'] as const).find((name) => dmarc[name] !== null) : undefined
  return written === undefined ? ['hosted_dmarc'] : ['hosted_dmarc', written]
}

async function placeOf({ client: { api }, signal }: Change, state: DomainState) {
  return { accountId: await api.accountId(state.account_id, { signal }), domainId: Number(state.id) }
}

function warnOfUnneeded({ config, diagnostics }: Change, domain: string): void {
  if (!isKnown(config.accept_risk)) return
  diagnostics.warning(
    `\`accept_risk\` is not needed any more at ${domain}`,
    'This plan tightens no policy that evidence is asked for. Remove the attribute, so that it does not cover the next change.',
    ['accept_risk'],
  )
}
