import { compareDmarc, parseDmarc } from '@dmarc-as-code/records'
import { plural, t } from './messages/messages.ts'
import type { DomainSummary, RecordView } from './model.ts'
import { mtaStsNeedsConsent } from './publishing.ts'

/**
 * What becomes of the CNAMEs when hosting ends. `eject`: the DMARC CNAME is replaced by the record it leads to. `remove`: they
 * are removed first. `keep`: they stay, and dangle.
 */
export const leaveModes = ['eject', 'remove', 'keep'] as const
export type LeaveMode = (typeof leaveModes)[number]

export type HostedService = 'dmarc' | 'mta-sts'

/** The CNAMEs that lead to what is hosted. */
export function liveCnames({ records }: DomainSummary, service?: HostedService): RecordView[] {
  return records.filter(
    ({ kind, status, expected }) =>
      expected !== undefined && status === 'verified' && (!service || (kind === 'dmarc') === (service === 'dmarc')),
  )
}

/** Whether receivers use the hosted DMARC record, so that its end is felt. */
const isDmarcLive = (domain: DomainSummary) => domain.policy !== undefined && liveCnames(domain, 'dmarc').length > 0

/** Whether leaving in this way takes protection away, which requires a reason. */
export function leavingNeedsConsent(
  domain: DomainSummary,
  services: readonly HostedService[],
  mode: LeaveMode,
): boolean {
  const dmarc =
    services.includes('dmarc') &&
    mode !== 'eject' &&
    isDmarcLive(domain) &&
    compareDmarc({ own: parseDmarc(domain.dmarcRecord ?? '') }, { own: null }).needsConsent
  return dmarc || (services.includes('mta-sts') && mtaStsNeedsConsent(domain, undefined))
}

/** Whether the DMARC CNAME can be replaced by its record. */
export const canEject = isDmarcLive

/** What the end of hosting means for mail, a sentence or two. */
export function leavingText(domain: DomainSummary, service: HostedService): string {
  return service === 'dmarc' ? dmarcText(domain) : mtaStsText(domain)
}

function dmarcText(domain: DomainSummary): string {
  const { title, policy } = domain
  if (!isDmarcLive(domain)) return t('Receivers do not see this record yet, so mail is not affected.')
  const lost = t('{domain} then publishes no DMARC record, and DMARC reports stop.', { domain: title })
  switch (policy) {
    case 'reject':
      return `${t('Messages that fail DMARC now are rejected (p=reject). Without the record they are delivered.')} ${lost}`
    case 'quarantine':
      return `${t('Messages that fail DMARC now go to the spam folder (p=quarantine). Without the record they are delivered.')} ${lost}`
    default:
      return lost
  }
}

function mtaStsText({ mtaSts, records }: DomainSummary): string {
  const isLive = records.some(({ kind, status }) => kind === 'mta_sts_policy' && status === 'verified')
  if (!isLive || !mtaSts) return t('Sending servers do not use this policy yet, so mail is not affected.')
  if (mtaSts.mode === 'enforce')
    return plural(
      'Sending servers that have cached the policy keep enforcing it for up to {count} day. If your mail hosts change meanwhile, they do not deliver your mail. TLS reports stop.|Sending servers that have cached the policy keep enforcing it for up to {count} days. If your mail hosts change meanwhile, they do not deliver your mail. TLS reports stop.',
      mtaSts.days,
    )
  return mtaSts.mode === 'none'
    ? plural(
        'The policy is withdrawn. Sending servers may have an older one cached for up to {count} day.|The policy is withdrawn. Sending servers may have an older one cached for up to {count} days.',
        mtaSts.days,
      )
    : t('Sending servers no longer check encryption to your mail hosts, and TLS reports stop.')
}
