import { lengthBetween, s } from '@dmarc-as-code/terraform-plugin'
import { cnameFields } from '../../resources/domain/domain-schema.ts'

const text = (description: string) => s.string().computed().nullable().describe(description)

export const domainDataSchema = {
  id: s
    .string()
    .optional()
    .computed()
    .describe('Numeric ID of the domain. Set exactly one of `id`, `slug` and `address`.'),
  slug: s.string().optional().computed().describe('Slug, which can be used instead of the ID.'),
  address: s.string().optional().computed().describe('Domain name.'),
  account_id: s
    .string()
    .validate(lengthBetween(1, 255))
    .optional()
    .computed()
    .describe('Account to search: ID, slug or title. Default: the account of the provider, otherwise all accounts.'),
  rua_report: s.bool().computed().describe('Whether aggregate reports are collected.'),
  ruf_report: s.bool().computed().describe('Whether failure reports are collected.'),
  mta_sts_report: s.bool().computed().describe('Whether TLS reports are collected.'),
  parked: s.bool().computed().describe('Whether the domain is parked.'),
  tags: s.set(s.string()).computed().describe('Names of the tags.'),
  hosted_dmarc: s
    .object({
      policy: text('Policy (`p`).'),
      subdomain_policy: text('Policy for subdomains (`sp`).'),
      nonexistent_subdomain_policy: text('Policy for subdomains that do not exist (`np`).'),
      dkim_alignment: text('DKIM alignment (`adkim`): `relaxed` or `strict`.'),
      spf_alignment: text('SPF alignment (`aspf`): `relaxed` or `strict`.'),
      failure_options: text('Failure report options (`fo`).'),
      test_mode: s.bool().computed().describe('Whether test mode is on (`t=y`).'),
      extra_rua: s.list(s.string()).computed().describe("Report addresses other than the service's own."),
      extra_ruf: s.list(s.string()).computed().describe("Report addresses other than the service's own."),
      published_record: text('Published record.'),
    })
    .computed()
    .nullable()
    .describe('Hosted DMARC record. Null if DMARC is not hosted.'),
  hosted_mta_sts: s
    .object({
      mode: s.string().computed().describe('Policy mode: `none`, `testing` or `enforce`.'),
      mx: s.list(s.string()).computed().describe('Mail hosts that the policy lists.'),
      max_age_days: s.integer().computed().describe('How long senders may cache the policy, in days.'),
    })
    .computed()
    .nullable()
    .describe('Hosted MTA-STS policy. Null if MTA-STS is not hosted or the service does not report the policy.'),
  default_dmarc_record: text('Record that hosted DMARC publishes by default.'),
  dmarc_status: s.string().computed().describe('Last known DMARC status.'),
  mta_sts_status: s.string().computed().describe('Last known MTA-STS status.'),
  parked_domain_credits: s.integer().computed().nullable().describe('Remaining message credits. Parked domains only.'),
  cnames: s
    .map(s.object(cnameFields))
    .computed()
    .describe('CNAME records of the hosted services, keyed by `dmarc`, `mta_sts_policy`, `mta_sts_id` and `tls_rpt`.'),
}
