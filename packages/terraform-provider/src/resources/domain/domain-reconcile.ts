import type { Domain, ManagedByInput, MtaStsMode, UpdateDomainInput } from '@dmarc-as-code/client'
import { sameDmarcRecord } from '@dmarc-as-code/records'
import { isKnown, type PlanOf } from '@dmarc-as-code/terraform-plugin'
import type { Api } from '../../api/api.ts'
import { recordToPublish } from '../../hosting/dmarc-record.ts'
import { hosts, type MtaStsSettings, samePolicy } from '../../hosting/mta-sts-state.ts'
import type { domainSchema } from './domain-schema.ts'

export type DomainPlan = PlanOf<typeof domainSchema>

/** A policy as the API takes it. */
export function policyInput(settings: MtaStsSettings) {
  return { mode: settings.mode as MtaStsMode, mx: hosts(settings.mx ?? []), mx_age: settings.max_age_days }
}

/** The policy of a plan. By apply everything about it is known: Terraform plans again where it was not. */
export function plannedPolicy({ mode, mx, max_age_days }: NonNullable<DomainPlan['hosted_mta_sts']>): MtaStsSettings {
  if (isKnown(mode) && isKnown(mx) && isKnown(max_age_days)) return { mode, mx, max_age_days }
  throw new Error('The MTA-STS policy is applied before it is known.')
}

export type HostedService = 'hosted_dmarc' | 'hosted_mta_sts'

/** Whether a service is hosted after this plan; MTA-STS also while its policy is being withdrawn. */
export function isHosted(
  plan: Pick<DomainPlan, HostedService | 'mta_sts_retires_at'>,
  service: HostedService,
): boolean {
  return plan[service] !== null || (service === 'hosted_mta_sts' && plan.mta_sts_retires_at !== null)
}

/**
 * Brings a domain from what it is to what is planned, sending only what differs, so that repeating it after a failure
 * ends in the same place. Services in `ending` stay hosted for now.
 */
export async function reconcile(
  api: Api,
  accountId: number,
  found: Domain,
  plan: DomainPlan,
  signal: AbortSignal,
  ending: readonly HostedService[] = [],
): Promise<Domain> {
  let domain = found
  const update = async (change: UpdateDomainInput) => {
    if (Object.keys(change).length === 0) return
    const reasons = {
      ...(plan.allow_weaker !== null && { allow_weaker: plan.allow_weaker }),
      ...(plan.accept_risk !== null && { accept_risk: plan.accept_risk }),
    }
    const answer = await api.client.domains.update(accountId, domain.id, { ...change, ...reasons }, { signal })
    // What this answer does not tell is as it was, but for hosting, which is asked for then.
    const { hosted_dmarc, hosted_mta_sts, cname_records, ...before } = domain
    const sent = change.hosted_dmarc_config
    const record = answer.current_dmarc_config ?? sent
    const told = { ...before, ...answer, ...(record !== undefined && { current_dmarc_config: record }) }
    domain = await api.withHosting(accountId, told, { signal })
  }
  await sayFarewell(api, domain, plan, update)
  await update({ ...changes(domain, plan, ending), ...newManager(domain, api.managedBy) })
  if (plan.hosted_dmarc) {
    const own = domain.default_dmarc_record ?? (await ownRecord(api, accountId, domain, signal))
    const { current_record } = plan.hosted_dmarc
    const settings = { ...plan.hosted_dmarc, current_record: isKnown(current_record) ? current_record : null }
    const record = recordToPublish(settings, own)
    if (!sameDmarcRecord(domain.current_dmarc_config ?? own, record)) {
      await update({ hosted_dmarc_config: record })
    }
    domain = { ...domain, default_dmarc_record: own }
  }
  return domain
}

/**
 * A policy that senders have fetched binds them until its age is over, so it is withdrawn by mode none before hosting
 * stops (RFC 8461 section 8.3). Where the server cannot change a policy, hosting just stops.
 */
async function sayFarewell(
  api: Api,
  domain: Domain,
  plan: Pick<DomainPlan, 'hosted_mta_sts'>,
  update: (change: UpdateDomainInput) => Promise<void>,
): Promise<void> {
  const policy = domain.mta_sts_policy
  if (plan.hosted_mta_sts || !domain.hosted_mta_sts || !policy || policy.mode === 'none') return
  if (!(await api.client.capabilities()).has('mta_sts_policy_on_update')) return
  await update({ mta_sts_policy: { mode: 'none', mx: policy.mx, mx_age: policy.mx_age } })
}

function changes(domain: Domain, plan: DomainPlan, ending: readonly HostedService[]): UpdateDomainInput {
  const { rua_report, ruf_report } = plan
  const mtaSts = plan.hosted_mta_sts && plannedPolicy(plan.hosted_mta_sts)
  const mta_sts_report = isKnown(plan.mta_sts_report) ? plan.mta_sts_report : (domain.mta_sts_report ?? false)
  const tags = isKnown(plan.tags) ? [...plan.tags].sort() : undefined
  const tagsNow = domain.tags.map(({ name }) => name).sort()
  const policy = domain.mta_sts_policy
  const turn = (service: HostedService) =>
    isHosted(plan, service) !== (domain[service] ?? false) && !ending.includes(service)
  return {
    ...(rua_report !== domain.rua_report && { rua_report }),
    ...(ruf_report !== domain.ruf_report && { ruf_report }),
    ...(mta_sts_report !== (domain.mta_sts_report ?? false) && { mta_sts_report }),
    ...(tags && JSON.stringify(tags) !== JSON.stringify(tagsNow) && { tag_names: tags }),
    // A server that does not tell the policy cannot change it either, and has it from creation.
    ...(mtaSts &&
      policy !== undefined &&
      !(policy && samePolicy(policy, mtaSts)) && { mta_sts_policy: policyInput(mtaSts) }),
    ...(turn('hosted_mta_sts') && { hosted_mta_sts: isHosted(plan, 'hosted_mta_sts') }),
    ...(turn('hosted_dmarc') && { hosted_dmarc: isHosted(plan, 'hosted_dmarc') }),
  }
}

/** Says which code keeps the domain, where the server takes that down and does not have it yet. */
function newManager({ managed_by: now }: Domain, managedBy: ManagedByInput | undefined): UpdateDomainInput {
  if (now === undefined || managedBy === undefined) return {}
  const same = now?.workspace === managedBy.workspace && (now.label ?? null) === (managedBy.label ?? null)
  return same ? {} : { managed_by: managedBy }
}

/** A record with the service's own report addresses, from a server that does not show its default record. */
async function ownRecord(api: Api, accountId: number, domain: Domain, signal: AbortSignal): Promise<string> {
  const p = domain.parked_domain ? 'reject' : 'none'
  const generated = await api.client.domains.generateDmarcRecord(accountId, domain.id, { p }, { signal })
  return generated.dmarc_record
}
