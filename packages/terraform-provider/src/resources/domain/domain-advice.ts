import { adviseDmarcChange, type Finding, mtaStsMxMatches, parseDmarc } from '@dmarc-as-code/records'
import { isSet, type ModifyPlanRequest, type ProposedOf } from '@dmarc-as-code/terraform-plugin'
import type { ProviderContext } from '../../context/provider-context.ts'
import { hosts, samePolicy } from '../../hosting/mta-sts-state.ts'
import { standInRecord } from '../../hosting/stand-in.ts'
import type { domainSchema } from './domain-schema.ts'
import type { DomainState } from './domain-state.ts'
import { futureRecord } from './future-record.ts'
import { hasUnknown } from './publication.ts'

type Change = Exclude<ModifyPlanRequest<ProviderContext, typeof domainSchema>, { action: 'delete' }>
type Proposed = ProposedOf<typeof domainSchema>

/**
 * Warns of a DMARC record that is risky or questionable where it changes. Where the evidence has been `judged`, the rule of thumb
 * about steps is not told beside it.
 */
export function adviseOnDmarc(
  { diagnostics, plan }: Change,
  settings: Proposed['hosted_dmarc'] | undefined,
  state: DomainState | null,
  judged: boolean,
): void {
  if (!settings || !isSet(settings) || plan.parked === true) return
  const before = state?.hosted_dmarc?.published_record
  // Until the service's addresses are known, its own record stands in: advice is about policies.
  const to = isSet(settings.published_record) ? settings.published_record : futureRecord(settings, standInRecord(plan))
  if (to === undefined || to === before) return
  for (const { code, message } of adviseDmarcChange(before === undefined ? null : parseDmarc(before), parseDmarc(to))) {
    if (judged && steps.has(code)) continue
    diagnostics.warning('Risky DMARC policy change', `${String(plan.address)}: ${message}`, ['hosted_dmarc'])
  }
  for (const { message } of questions(to, settings.record !== null)) {
    diagnostics.warning('Questionable DMARC record', `${String(plan.address)}: ${message}`, ['hosted_dmarc'])
  }
}

const steps: ReadonlySet<string> = new Set(['advice-two-steps', 'advice-subdomain-jump'])

/**
 * What is questionable about a record that changes. Not about addresses, which the service adds, nor what the user cannot
 * change: settings have no word for `pct`, and a record that has it beside t=y is not told to drop it.
 */
function questions(record: string, isText: boolean): Finding[] {
  const { tags, warnings } = parseDmarc(record)
  return warnings.filter(({ code, tag }) => {
    if (tag === 'rua' || tag === 'ruf' || tag === 'fo') return false
    if (code === 't-unknown-to-rfc7489') return isText
    return !(code === 'historic-tag' && tag === 'pct' && tags.t === 'y')
  })
}

/** Enforcing a policy that leaves out a mail host loses the mail to it (RFC 8461 section 5). */
export async function adviseOnMx(
  { plan, client: { resolveMx }, diagnostics }: Change,
  state: DomainState | null,
): Promise<void> {
  const policy = plan.hosted_mta_sts
  if (!isSet(policy) || policy.mode !== 'enforce' || !isSet(policy.mx) || typeof plan.address !== 'string') return
  // A host that is not known yet may be the one that seems to be left out.
  if (hasUnknown(policy.mx)) return
  if (
    state?.hosted_mta_sts &&
    samePolicy(
      { mode: 'enforce', mx: hosts(policy.mx as string[]).join(), mx_age: state.hosted_mta_sts.max_age_days },
      state.hosted_mta_sts,
    )
  )
    return
  const patterns = hosts(policy.mx.filter((host) => typeof host === 'string'))
  const mailHosts = await resolveMx(plan.address).catch(() => [])
  const uncovered = mailHosts.filter((host) => !patterns.some((pattern) => mtaStsMxMatches(pattern, host)))
  if (uncovered.length === 0) return
  diagnostics.warning(
    'MTA-STS policy does not cover all mail hosts',
    `The MX records of ${plan.address} include ${uncovered.join(', ')}, which \`mx\` (${patterns.join(', ')}) does not cover. ` +
      'In mode enforce, senders do not deliver to these hosts. Add them, or keep mode testing and check the TLS reports first.',
    ['hosted_mta_sts', 'mx'],
  )
}
