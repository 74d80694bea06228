import type { WireManagedBy, WireMtaStsPolicy } from '@dmarc-as-code/client/contract'
import { formatTlsRpt, hostingFault } from '@dmarc-as-code/records'
import { defaultDmarcRecord } from './default-record.ts'
import { checkHostedConfig, withOwnReports } from './hosted-config.ts'
import { policyFaults, policyText } from './mta-sts-policy.ts'
import type { Plan } from './plans.ts'
import { type ProblemDetail, refused } from './problem.ts'
import type { ReportAddresses } from './report-addresses.ts'

/** The part of a domain its owner may change. */
export interface DomainSettings {
  rua_report: boolean
  ruf_report: boolean
  mta_sts_report: boolean | null
  hosted_dmarc: boolean
  /** Null: the default record. */
  hosted_dmarc_config: string | null
  hosted_mta_sts: boolean
  mta_sts_policy: WireMtaStsPolicy | null
  /** Which code keeps the domain. */
  managed_by: WireManagedBy | null
}

export type SettingsChange = {
  [Key in keyof DomainSettings]?:
    | (Key extends 'managed_by' ? DomainSettings[Key] : Exclude<DomainSettings[Key], null>)
    | undefined
}

/** The unchangeable properties of a domain, and the plan of its owner. */
export interface DomainFacts {
  address: string
  parked: boolean
  plan: Plan
  addresses: ReportAddresses
}

/**
 * The settings after a change.
 *
 * @throws {Problem} 422 with a detail for every violated rule; then nothing is changed
 */
export function changedSettings(now: DomainSettings, change: SettingsChange, facts: DomainFacts): DomainSettings {
  const next: DomainSettings = { ...now, ...withoutUndefined(change) }
  // Switching off discards the custom record: switching on again starts with the default one.
  if (!next.hosted_dmarc && change.hosted_dmarc_config === undefined) next.hosted_dmarc_config = null

  const details: ProblemDetail[] = []
  const wantsMore = (['rua_report', 'ruf_report'] as const).some((report) => next[report] && !now[report])
  if (wantsMore && change.hosted_dmarc_config === undefined && next.hosted_dmarc_config !== null) {
    next.hosted_dmarc_config = withOwnReports(next.hosted_dmarc_config, facts.addresses, next)
  }
  const checksConfig = change.hosted_dmarc_config !== undefined || change.hosted_dmarc || wantsMore
  if (next.hosted_dmarc_config !== null && checksConfig) {
    const { parked, addresses } = facts
    const context = { parked, addresses, reports: next, field: 'domain.hosted_dmarc_config' }
    const checked = checkHostedConfig(next.hosted_dmarc_config, context)
    if (checked.ok) next.hosted_dmarc_config = checked.record
    else details.push(...checked.details)
  }
  if (change.hosted_dmarc_config !== undefined && !next.hosted_dmarc) {
    details.push({
      field: 'domain.hosted_dmarc_config',
      code: 'hosted_dmarc_off',
      message: 'Hosted DMARC is off, so there is no record to change. Send hosted_dmarc: true in the same request.',
    })
  }
  if (change.mta_sts_policy !== undefined) details.push(...policyFaults(change.mta_sts_policy, 'domain.mta_sts_policy'))
  if (next.hosted_dmarc && !now.hosted_dmarc) details.push(...hostingFaults('domain.hosted_dmarc', facts))
  if (next.hosted_mta_sts && !now.hosted_mta_sts) details.push(...hostingFaults('domain.hosted_mta_sts', facts))
  if (next.hosted_mta_sts) details.push(...mtaStsFaults(next, facts))
  if (details.length > 0) throw refused(details)
  return next
}

function hostingFaults(field: string, facts: DomainFacts): ProblemDetail[] {
  const details: ProblemDetail[] = []
  if (!facts.plan.hosting) {
    details.push({
      field,
      code: 'plan_too_low',
      message: 'The plan monitors domains but does not host their records. Move to a plan with hosting.',
    })
  }
  const fault = hostingFault(facts.address)
  if (fault) details.push({ field, code: 'name_too_long_to_host', message: fault.message })
  return details
}

function mtaStsFaults(next: DomainSettings, facts: DomainFacts): ProblemDetail[] {
  const field = 'domain.hosted_mta_sts'
  if (facts.parked) {
    const message = `${facts.address} is parked: it receives no mail, so MTA-STS cannot be hosted for it.`
    return [{ field, code: 'parked_domain_not_hostable', message }]
  }
  const details: ProblemDetail[] = []
  if (next.mta_sts_report !== true) {
    details.push({
      field,
      code: 'mta_sts_report_required',
      message:
        'Hosted MTA-STS requires mta_sts_report: true. Send it in the same request, or switch hosted_mta_sts off.',
    })
  }
  return details
}

/** The records and policy to publish for a domain with these settings. */
export interface WantedHosting {
  dmarc_record: string | null
  tls_rpt_record: string | null
  /** Null also while hosted MTA-STS has no policy yet. */
  wanted_policy: string | null
}

export function wantedHosting(settings: DomainSettings, parked: boolean, addresses: ReportAddresses): WantedHosting {
  const policy = settings.hosted_mta_sts ? settings.mta_sts_policy : null
  return {
    dmarc_record: settings.hosted_dmarc
      ? (settings.hosted_dmarc_config ?? defaultDmarcRecord(parked, addresses, settings))
      : null,
    tls_rpt_record: settings.hosted_mta_sts ? formatTlsRpt({ rua: [`mailto:${addresses.tls}`] }) : null,
    wanted_policy: policy ? policyText(policy) : null,
  }
}

function withoutUndefined<T extends object>(fields: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]: Exclude<T[Key], undefined>
  }
}
