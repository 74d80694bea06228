import { isKnown, isSet, type ModifyPlanRequest, type ProposedOf, Unknown } from '@dmarc-as-code/terraform-plugin'
import type { ProviderContext } from '../../context/provider-context.ts'
import { canonicalAddress } from '../../hosting/address.ts'
import { policyFile, settingsOfFile } from '../../hosting/mta-sts-file.ts'
import { hosts, type MtaStsSettings, sameHosts } from '../../hosting/mta-sts-state.ts'
import type { domainSchema } from './domain-schema.ts'
import type { DomainState } from './domain-state.ts'

type Change = Exclude<ModifyPlanRequest<ProviderContext, typeof domainSchema>, { action: 'delete' }>
type Proposed = ProposedOf<typeof domainSchema>
type HostedDmarc = Exclude<Proposed['hosted_dmarc'], null | Unknown>

/** How long senders keep a policy whose age is not written, in days: mistakes are over soon. */
const DEFAULT_AGE_DAYS = 7

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

/** The policy that will be hosted: what is written, on what hosting began with where `from_current` is set. */
export async function plannedMtaSts(request: Change, state: DomainState | null): Promise<Proposed['hosted_mta_sts']> {
  const { plan, config } = request
  const [settings, written] = [plan.hosted_mta_sts, config.hosted_mta_sts]
  if (!isSet(settings) || !isSet(written)) return settings
  const current = await currentPolicy(request, written, state)
  const base = isKnown(current) ? (current === null ? standard : settingsOfFile(current)) : nothingKnown
  const stored = state?.hosted_mta_sts?.mx
  const mx = stored && isSet(base.mx) && sameHosts(stored, base.mx) ? stored : base.mx
  return {
    ...settings,
    mode: written.mode ?? base.mode,
    mx: written.mx === null ? mx : settings.mx,
    max_age_days: written.max_age_days ?? base.max_age_days,
    current_policy: current,
  }
}

/** Without `from_current`, where validation asks for the mode. */
const standard = { mode: 'none', mx: null, max_age_days: DEFAULT_AGE_DAYS }
const nothingKnown = { mode: Unknown, mx: Unknown, max_age_days: Unknown } as const

async function currentPolicy(
  request: Change,
  written: Exclude<Change['config']['hosted_mta_sts'], null | Unknown>,
  state: DomainState | null,
): Promise<string | null | Unknown> {
  const { plan, client, signal, diagnostics } = request
  if (!isKnown(written.from_current) || typeof plan.address !== 'string') return written.from_current ? Unknown : null
  if (!written.from_current) return null
  const before = state?.hosted_mta_sts
  if (before?.from_current && before.current_policy !== null) return before.current_policy
  const domain = canonicalAddress(plan.address)
  const { currentMtaSts } = await import('../../hosting/current-mta-sts.ts')
  const current = await currentMtaSts(domain, await client.mail.view(signal))
  if ('policy' in current) return current.policy ?? firstPolicy(request, written, domain)
  diagnostics.error(
    `Could not read the current MTA-STS policy of ${domain}`,
    `${current.unknown}\n\n\`from_current\` takes over what is live, so it must be readable while planning. Try again, or write \`mode\` and \`mx\` instead.`,
    ['hosted_mta_sts', 'from_current'],
  )
  return Unknown
}

/** What to begin with where no policy is live: mode testing, which loses no mail, with the mail hosts of the domain. */
async function firstPolicy(
  { client: { resolveMx }, diagnostics, signal }: Change,
  written: Exclude<Change['config']['hosted_mta_sts'], null | Unknown>,
  domain: string,
): Promise<string | Unknown> {
  const began = (mx: MtaStsSettings['mx']) => policyFile({ mode: 'testing', mx, max_age_days: DEFAULT_AGE_DAYS })
  if (written.mx !== null) return isKnown(written.mx) && written.mx.every(isKnown) ? began(hosts(written.mx)) : Unknown
  const found = await resolveMx(domain).catch((error: Error) => error)
  signal.throwIfAborted()
  if (Array.isArray(found) && found.length > 0) return began(hosts(found))
  const why = Array.isArray(found)
    ? `${domain} has no MX records that name a mail host`
    : `the MX records of ${domain} could not be looked up (${found.message})`
  diagnostics.error(
    `No MTA-STS policy to begin with for ${domain}`,
    `No policy is live, and ${why}. Write \`mode\` and \`mx\` instead of \`from_current\`.`,
    ['hosted_mta_sts', 'from_current'],
  )
  return Unknown
}
