import type { PlanEffect } from '@dmarc-as-code/dns/apply'
import { hostedNames } from '@dmarc-as-code/records'
import type { ModifyPlanRequest } from '@dmarc-as-code/terraform-plugin'
import type { ProviderContext } from '../../context/provider-context.ts'
import { canonicalAddress } from '../../hosting/address.ts'
import { shownEffect } from '../../hosting/stand-in.ts'
import { describeEffect, effectOf } from '../../live/mail-effect.ts'
import { weakeningFindings } from '../../live/weakening.ts'
import type { domainSchema } from './domain-schema.ts'
import type { DomainState } from './domain-state.ts'
import { hasUnknown, type PublicationChange, policyText } from './publication.ts'

type Request = ModifyPlanRequest<ProviderContext, typeof domainSchema>
type Change = Exclude<Request, { action: 'delete' }>

/**
 * Refuses a change of hosting that weakens what receivers of mail find now, unless the configuration gives a reason. Answers the
 * effect of each change; undefined where no policy holds before and after.
 */
export async function checkWeakening(
  request: Change,
  state: DomainState | null,
  changes: readonly PublicationChange[],
): Promise<(PlanEffect | undefined)[]> {
  const { plan, config, signal, diagnostics } = request
  if (typeof plan.address !== 'string') return changes.map(() => undefined)
  const domain = canonicalAddress(plan.address)
  const effects: (PlanEffect | undefined)[] = []
  if (changes.length > 0) {
    const look = await liveView(request, state, domain)
    for (const change of changes) {
      // Where the records lead elsewhere, ending hosting changes nothing.
      const ends = change.expected === null && (await look.leadsHere(change.policy)) === false
      const effect = ends ? undefined : await effectOf({ ...change, domain }, look.view)
      effects.push(effect && shownEffect(effect))
    }
    signal.throwIfAborted()
  }
  const attribute = (effect: PlanEffect) => [effect.policy === 'dmarc' ? 'hosted_dmarc' : 'hosted_mta_sts']
  const advice = ({ policy, after }: PlanEffect) => {
    if (after.text === null) return undefined
    return policy === 'dmarc'
      ? 'To keep what is live, set `hosted_dmarc = { from_current = true }` or write its policy and report addresses.'
      : 'To keep what is live, set `hosted_mta_sts = { from_current = true }` or write its mode.'
  }
  warnOfUnknown(request, domain)
  const known = effects.filter((effect) => effect !== undefined)
  weakeningFindings(known, config.allow_weaker, { place: domain, attribute, advice }, diagnostics)
  return effects
}

/** Values that are known only after the apply, such as outputs of other resources, cannot be compared with what is live. */
function warnOfUnknown({ config, diagnostics }: Change, domain: string): void {
  for (const attribute of ['hosted_dmarc', 'hosted_mta_sts'] as const) {
    if (!hasUnknown(config[attribute])) continue
    diagnostics.warning(
      `The effect at ${domain} is unknown: what will be hosted is known only after the apply.`,
      `\`${attribute}\` depends on values that are not known yet, so this plan cannot tell whether it weakens what is live. Write the values out to have them compared.`,
      [attribute],
    )
  }
}

/** What stops to answer when a domain with hosted records is destroyed, or replaced by one of another address. */
export async function warnOfLoss(request: Request, state: DomainState): Promise<void> {
  const { diagnostics } = request
  const domain = canonicalAddress(state.address)
  const hosted = [
    ...(state.hosted_dmarc ? [{ policy: 'dmarc', expected: null } as const] : []),
    ...(state.hosted_mta_sts ? [{ policy: 'mta-sts', expected: null } as const] : []),
  ]
  if (hosted.length === 0) return
  const look = await liveView(request, state, domain)
  for (const change of hosted) {
    if ((await look.leadsHere(change.policy)) === false) continue
    const effect = await effectOf({ ...change, domain }, look.view)
    if (!effect || effect.grade === 'same') continue
    const what = change.policy === 'dmarc' ? 'DMARC record' : 'MTA-STS policy'
    diagnostics.warning(
      `Destroying ends the hosted ${what} of ${domain}`,
      `Unless another record takes its place:\n${describeEffect(effect)}`,
    )
  }
}

async function liveView({ client: { live, mail }, signal }: Request, state: DomainState | null, domain: string) {
  const view = await mail.view(signal)
  const names = hostedNames(domain)
  const leads = async (kind: 'dmarc' | 'mta_sts_policy') => {
    const target = state?.cnames[kind]?.value.toLowerCase()
    if (target === undefined) return false
    const found = await live.cnameAt(names[kind], signal)
    return found === undefined ? undefined : found === target
  }
  /** Undefined where the DNS does not tell. */
  const leadsHere = (policy: 'dmarc' | 'mta-sts') => leads(policy === 'dmarc' ? 'dmarc' : 'mta_sts_policy')
  const hosted = policyText(state?.hosted_mta_sts ?? null)
  return {
    leadsHere,
    view: {
      ...view,
      // Where the policy host cannot be reached from here, its own service says what it serves.
      async policyFile(...asked: Parameters<typeof view.policyFile>) {
        const file = await view.policyFile(...asked)
        const known = 'unknown' in file && hosted != null && (await leadsHere('mta-sts')) === true
        return known ? { value: hosted } : file
      },
    },
  }
}
