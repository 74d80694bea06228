import { s } from '@dmarc-as-code/terraform-plugin'
import { cnameFields } from '../../resources/domain/domain-schema.ts'

const text = (description: string) => s.string().computed().nullable().describe(description)

export const domainDataSchema = {
  id: s.string().optional().computed().describe("The domain's number. Set one of `id`, `slug` and `address`."),
  slug: s.string().optional().computed().describe('Usable in place of the id.'),
  address: s.string().optional().computed().describe('The domain name.'),
  account_id: s
    .string()
    .optional()
    .computed()
    .describe('Only look in this account: id, slug or title. Default: that of the provider, else all.'),
  rua_report: s.bool().computed().describe('Aggregate reports are wanted.'),
  ruf_report: s.bool().computed().describe('Failure reports are wanted.'),
  mta_sts_report: s.bool().computed().describe('TLS reports are wanted.'),
  parked: s.bool().computed().describe('The domain sends no mail.'),
  tags: s.set(s.string()).computed().describe('Names of its tags.'),
  hosted_dmarc: s
    .object({
      policy: text('`p`.'),
      subdomain_policy: text('`sp`.'),
      nonexistent_subdomain_policy: text('`np`.'),
      dkim_alignment: text('`adkim`: `relaxed` or `strict`.'),
      spf_alignment: text('`aspf`: `relaxed` or `strict`.'),
      failure_options: text('`fo`.'),
      test_mode: s.bool().computed().describe('`t=y`.'),
      extra_rua: s.list(s.string()).computed().describe("Addresses beyond the service's own."),
      extra_ruf: s.list(s.string()).computed().describe("Addresses beyond the service's own."),
      published_record: text('The record as it is published.'),
    })
    .computed()
    .nullable()
    .describe('Null where DMARC is not hosted.'),
  hosted_mta_sts: s
    .object({
      mode: s.string().computed().describe('`none`, `testing` or `enforce`.'),
      mx: s.list(s.string()).computed().describe('Mail hosts.'),
      max_age_days: s.integer().computed().describe('How long senders may remember the policy.'),
    })
    .computed()
    .nullable()
    .describe('Null where MTA-STS is not hosted, or the service does not tell the policy.'),
  default_dmarc_record: text('What hosted DMARC publishes unless told otherwise.'),
  dmarc_status: s.string().computed().describe('What the service last saw of DMARC.'),
  mta_sts_status: s.string().computed().describe('What the service last saw of MTA-STS.'),
  parked_domain_credits: s.integer().computed().nullable().describe('Message credits left; parked domains only.'),
  cnames: s
    .map(s.object(cnameFields))
    .computed()
    .describe('The CNAMEs of the hosted services, by `dmarc`, `mta_sts_policy`, `mta_sts_id` and `tls_rpt`.'),
}
