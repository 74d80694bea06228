import type { Domain } from '@dmarc-as-code/client'
import { hostedNames, recordKinds, recordKindTable } from '@dmarc-as-code/records'
import { DiagnosticError, type StateOf } from '@dmarc-as-code/terraform-plugin'
import { readHostedDmarc } from '../../hosting/dmarc-state.ts'
import { readHostedMtaSts } from '../../hosting/mta-sts-state.ts'
import type { domainSchema } from './domain-schema.ts'

export type DomainState = StateOf<typeof domainSchema>

/** What the state held before, or what the plan says. */
export type Before = { readonly [K in keyof DomainState]?: DomainState[K] | null }

/** A domain of the API as the state of its resource. */
export function stateOf(domain: Domain, accountId: string, before: Before) {
  const tags = domain.tags.map(({ name }) => name).sort()
  const policy = domain.mta_sts_policy
  const { hosted_dmarc: dmarcBefore, hosted_mta_sts: mtaStsBefore } = before
  // The configuration no longer has the policy, and the service serves its withdrawal.
  const withdrawn = domain.hosted_mta_sts && policy?.mode === 'none' ? (before.mta_sts_retires_at ?? null) : null
  return {
    id: String(domain.id),
    address: domain.address,
    account_id: accountId,
    rua_report: domain.rua_report,
    ruf_report: domain.ruf_report,
    mta_sts_report: domain.mta_sts_report ?? false,
    parked: domain.parked_domain,
    deletion_protection: before.deletion_protection ?? false,
    tags,
    hosted_dmarc: domain.hosted_dmarc
      ? domain.current_dmarc_config == null
        ? (dmarcBefore ?? null)
        : readHostedDmarc(domain.current_dmarc_config, domain.default_dmarc_record ?? null, dmarcBefore ?? null)
      : null,
    hosted_mta_sts:
      !domain.hosted_mta_sts || withdrawn !== null
        ? null
        : policy == null
          ? (mtaStsBefore ?? null)
          : readHostedMtaSts(policy, mtaStsBefore ?? null),
    allow_weaker: before.allow_weaker ?? null,
    accept_risk: before.accept_risk ?? null,
    retire_after: before.retire_after ?? null,
    mta_sts_retires_at: withdrawn,
    slug: domain.slug,
    default_dmarc_record:
      domain.default_dmarc_record === undefined ? (before.default_dmarc_record ?? null) : domain.default_dmarc_record,
    dmarc_status: domain.dmarc_status,
    mta_sts_status: domain.mta_sts_status,
    parked_domain_credits: domain.parked_domain ? (domain.parked_domain_credits ?? null) : null,
    cnames: cnamesOf(domain),
  }
}

/** The CNAMEs of the hosted services, by their kind. Fails when the server does not tell one. */
export function cnamesOf(domain: Domain): Record<string, { name: string; type: string; value: string }> {
  const names = hostedNames(domain.address)
  const told = new Map((domain.cname_records ?? []).map((record) => [record.kind, record]))
  const wanted = recordKinds.filter((kind) => domain[recordKindTable[kind].service])
  return Object.fromEntries(
    wanted.map((kind) => {
      const record = told.get(kind)
      if (record) return [kind, { name: names[kind], type: 'CNAME', value: record.value }]
      throw new DiagnosticError(
        `The server did not return the CNAME of ${names[kind]}`,
        `Hosting is on for ${domain.address}, but the response contains no target for its ${kind} record. Try again later. If the problem persists, check the domain in the web app.`,
      )
    }),
  )
}
