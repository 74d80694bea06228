import { compareMtaSts, formatMtaStsPolicy, hostedMtaStsPolicy, parseMtaStsPolicy } from '@dmarc-as-code/records'
import { type Losses, lossesOf, refused } from './effect.ts'
import { type Domain, type DomainChange, hasUnknown } from './plan.ts'

/** A mode that goes back takes consent. Further mail hosts, and a policy that senders forget sooner, are shown. */
export function weakerMtaSts({ before, after, unknown }: DomainChange): Losses {
  const was = before.hosted_mta_sts
  if (!was || was.mode === 'none') return refused()
  if (hasUnknown(unknown.hosted_mta_sts)) {
    return refused(`what MTA-STS will say is known only after the apply (was ${was.mode})`)
  }
  const will = after?.hosted_mta_sts
  if (!will) return refused(`MTA-STS is no longer hosted (was ${was.mode})`)
  const effect = compareMtaSts(policyOf(was), policyOf(will))
  // Without a policy, hosts and lifetime go with the mode.
  const changes = effect.changes.filter(({ aspect }) => will.mode !== 'none' || aspect === 'mode')
  return lossesOf({ ...effect, changes })
}

const policyOf = (settings: HostedMtaSts) => parseMtaStsPolicy(policyText(settings))

/** The policy file of these settings. */
export const policyText = ({ mode, mx, max_age_days }: HostedMtaSts) =>
  formatMtaStsPolicy(hostedMtaStsPolicy({ mode, mx: mx ?? [], mxAgeDays: max_age_days ?? 7 }))

type HostedMtaSts = NonNullable<Domain['hosted_mta_sts']>
