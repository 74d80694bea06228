import { between, each, oneOf, s } from '@dmarc-as-code/terraform-plugin'
import { sameAddress } from '../../hosting/address.ts'
import { isDomainName, isFailureOptions, isMxPattern, isReportAddress } from '../../hosting/validators.ts'

const policy = () =>
  s
    .string()
    .optional()
    .validate(oneOf('none', 'quarantine', 'reject'))
const alignment = () => s.string().optional().validate(oneOf('relaxed', 'strict'))
const addresses = () => s.list(s.string()).optional().validate(each(isReportAddress))

export const hostedDmarcFields = {
  policy: policy().describe(
    'What receivers do with mail that fails (`p`): `none`, `quarantine` or `reject`. Default: that of the default record, `none` (`reject` for a parked domain).',
  ),
  subdomain_policy: policy().describe('The same for subdomains (`sp`). Default: `policy`.'),
  nonexistent_subdomain_policy: policy().describe(
    'The same for subdomains that do not exist (`np`). Default: `subdomain_policy`.',
  ),
  dkim_alignment: alignment().describe('`relaxed` or `strict` (`adkim`). Default: `relaxed`.'),
  spf_alignment: alignment().describe('`relaxed` or `strict` (`aspf`). Default: `relaxed`.'),
  failure_options: s
    .string()
    .optional()
    .validate(isFailureOptions)
    .describe(
      'When failure reports are wanted (`fo`): `0`, `1`, `d`, `s`, or several joined by colons. Default: that of the default record.',
    ),
  test_mode: s
    .bool()
    .optional()
    .describe('Receivers apply one level less than the policy says (`t=y`). Default: `false`.'),
  extra_rua: addresses().describe(
    "Further addresses for aggregate reports, as e-mail addresses or `mailto:` URIs. The service's own are always there.",
  ),
  extra_ruf: addresses().describe(
    "Further addresses for failure reports, as e-mail addresses or `mailto:` URIs. The service's own are always there.",
  ),
  record: s
    .string()
    .optional()
    .describe(
      "The whole record as text, instead of the settings above. The service's own report addresses are added where they are missing.",
    ),
  published_record: s.string().computed().describe('The record as it is published.'),
}

export const hostedMtaStsFields = {
  mode: s
    .string()
    .required()
    .validate(oneOf('none', 'testing', 'enforce'))
    .describe('`testing`, `enforce`, or `none` to withdraw a policy before hosting is switched off.'),
  mx: s
    .list(s.string())
    .optional()
    .validate(each(isMxPattern))
    .describe(
      'Mail hosts, as the MX records name them. `*.` in front stands for exactly one label. Needed unless mode is `none`.',
    ),
  max_age_days: s
    .integer()
    .default(7)
    .validate(between(1, 365))
    .describe('How long senders may remember the policy, in days. Default: `7`.'),
}

/** The CNAMEs of a domain: keys and names are known while planning, values once hosting is on. */
export const cnameFields = {
  name: s.string().computed().describe('The full name of the CNAME, without the final dot.'),
  type: s.string().computed().describe('Always `CNAME`.'),
  value: s.string().computed().describe('Its target, without the final dot.'),
}

export const domainSchema = {
  id: s.string().computed().useStateForUnknown().describe("The domain's number."),
  address: s
    .string()
    .required()
    .validate(isDomainName)
    .requiresReplaceIf(({ state, plan }) => !sameAddress(state, plan))
    .describe('The domain name, in its own script or as A-labels. A change makes a new domain.'),
  account_id: s
    .string()
    .optional()
    .computed()
    .useStateForUnknown()
    .describe(
      'The account it belongs to: id, slug or title. Default: that of the provider. A change moves the domain.',
    ),
  rua_report: s.bool().default(true).describe('Aggregate reports are wanted. Default: `true`.'),
  ruf_report: s.bool().default(true).describe('Failure reports are wanted. Default: `true`.'),
  mta_sts_report: s
    .bool()
    .optional()
    .computed()
    .describe('TLS reports are wanted. Default: `true` where `hosted_mta_sts` is set, else what it was.'),
  parked: s
    .bool()
    .default(false)
    .requiresReplace()
    .describe('The domain sends no mail. A change makes a new domain. Default: `false`.'),
  tags: s
    .set(s.string())
    .optional()
    .computed()
    .useStateForUnknown()
    .describe('Names of existing tags. Left out, tags stay as they are; `[]` removes them.'),
  hosted_dmarc: s.object(hostedDmarcFields).optional().describe('Hosts the DMARC record. Left out, hosting is off.'),
  hosted_mta_sts: s
    .object(hostedMtaStsFields)
    .optional()
    .describe('Hosts the MTA-STS policy and the TLS-RPT record. Left out, hosting is off.'),
  slug: s.string().computed().useStateForUnknown().describe('Usable in place of the id.'),
  default_dmarc_record: s
    .string()
    .computed()
    .nullable()
    .describe('What hosted DMARC publishes unless told otherwise. Null while hosting is off.'),
  dmarc_status: s.string().computed().describe('What the service last saw of DMARC.'),
  mta_sts_status: s.string().computed().describe('What the service last saw of MTA-STS.'),
  parked_domain_credits: s.integer().computed().nullable().describe('Message credits left; parked domains only.'),
  cnames: s
    .map(s.object(cnameFields))
    .computed()
    .describe(
      'The CNAMEs to publish, by `dmarc`, `mta_sts_policy`, `mta_sts_id` and `tls_rpt`; only those of the services that are hosted. Keys and names are known while planning.',
    ),
}
