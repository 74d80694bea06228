import { reportUriOf, sameDmarcRecord } from '@dmarc-as-code/records'
import { between, each, lengthBetween, oneOf, s } from '@dmarc-as-code/terraform-plugin'
import { sameAddress } from '../../hosting/address.ts'
import { sameHosts } from '../../hosting/mta-sts-state.ts'
import {
  isConsent,
  isDomainName,
  isFailureOptions,
  isMxPattern,
  isReportAddress,
  isRetirement,
} from '../../hosting/validators.ts'

const policy = () =>
  s
    .string()
    .optional()
    .validate(oneOf('none', 'quarantine', 'reject'))
const alignment = () => s.string().optional().validate(oneOf('relaxed', 'strict'))
const reportAddress = s.string().sameAs((left, right) => reportUriOf(left) === reportUriOf(right))
const addresses = () => s.list(reportAddress).unordered().optional().validate(each(isReportAddress))

const gate = (level: string) =>
  s
    .string()
    .optional()
    .validate(oneOf('enforce', 'warn', 'off'))
    .describe(
      `What to do if a plan tightens the policy ${level} and the reports do not show that this is safe: refuse the plan (\`enforce\`), warn (\`warn\`) or do nothing (\`off\`). Only such a plan reads the reports. Restoring a policy that was lowered outside of Terraform tightens it too: whoever lowered it may have seen mail lost. Default: \`warn\`.`,
    )

export const hostedDmarcFields = {
  policy: policy().describe(
    'What receivers do with mail that fails DMARC (`p`): `none`, `quarantine` or `reject`. Default: the policy of the default record, which is `none` (`reject` for a parked domain).',
  ),
  subdomain_policy: policy().describe('Policy for subdomains (`sp`). Default: `policy`.'),
  nonexistent_subdomain_policy: policy().describe(
    'Policy for subdomains that do not exist (`np`). Default: `subdomain_policy`.',
  ),
  dkim_alignment: alignment().describe('DKIM alignment (`adkim`): `relaxed` or `strict`. Default: `relaxed`.'),
  spf_alignment: alignment().describe('SPF alignment (`aspf`): `relaxed` or `strict`. Default: `relaxed`.'),
  failure_options: s
    .string()
    .optional()
    .validate(isFailureOptions)
    .describe(
      'When receivers send failure reports (`fo`): `0`, `1`, `d`, `s`, or several separated by colons. Default: the value of the default record.',
    ),
  test_mode: s.bool().optional().describe('Whether receivers apply the next weaker policy (`t=y`). Default: `false`.'),
  extra_rua: addresses().describe(
    "Additional recipients of aggregate reports, as email addresses or `mailto:` URIs. The service's own addresses are always included.",
  ),
  extra_ruf: addresses().describe(
    "Additional recipients of failure reports, as email addresses or `mailto:` URIs. The service's own addresses are always included.",
  ),
  record: s
    .string()
    .optional()
    .sameAs(sameDmarcRecord)
    .describe(
      "Complete record as text, instead of the settings above. The service's own report addresses are added if they are missing.",
    ),
  from_current: s
    .bool()
    .optional()
    .describe(
      "Whether hosting starts with the live record, either the domain's own or that of its parent: policy, alignment and report addresses. The settings above take precedence. Looked up when it is set to `true`; later changes to the live record have no effect. Default: `false`.",
    ),
  gate: gate('to `quarantine` or `reject`'),
  current_record: s
    .string()
    .computed()
    .nullable()
    .describe('Record that `from_current` took over. Null if none was live.'),
  published_record: s.string().computed().sameAs(sameDmarcRecord).describe('Published record.'),
}

const hostedMtaStsFields = {
  mode: s
    .string()
    .optional()
    .computed()
    .validate(oneOf('none', 'testing', 'enforce'))
    .describe(
      'Policy mode: `testing`, `enforce`, or `none` to withdraw the policy before you turn hosting off. Required unless `from_current` is `true`.',
    ),
  mx: s
    .list(s.string())
    .optional()
    .computed()
    .nullable()
    .validate(each(isMxPattern))
    .sameAs(sameHosts)
    .describe(
      'Mail hosts as in the MX records. A leading `*.` matches exactly one label. Required unless `mode` is `none` or `from_current` is `true`.',
    ),
  max_age_days: s
    .integer()
    .optional()
    .computed()
    .validate(between(1, 365))
    .describe('How long senders may cache the policy, in days. Default: `7`.'),
  from_current: s
    .bool()
    .optional()
    .describe(
      'Whether hosting starts with the live policy: mode, mail hosts and maximum age. If there is none, hosting starts with mode `testing` and the MX records of the domain. The settings above take precedence. Looked up when it is set to `true`; later changes to the live policy have no effect. Default: `false`.',
    ),
  gate: gate('to `enforce`'),
  current_policy: s
    .string()
    .computed()
    .nullable()
    .describe('Policy that hosting started with because of `from_current`. Null without `from_current`.'),
}

/** The CNAMEs of a domain: keys and names are known while planning, values once hosting is on. */
export const cnameFields = {
  name: s.string().computed().describe('Fully qualified name of the record, without a trailing dot.'),
  type: s.string().computed().describe('Record type. Always `CNAME`.'),
  value: s.string().computed().describe('Target of the record, without a trailing dot.'),
}

export const domainSchema = {
  id: s.string().computed().useStateForUnknown().describe('Numeric ID of the domain.'),
  address: s
    .string()
    .required()
    .validate(isDomainName)
    .sameAs(sameAddress)
    .requiresReplace()
    .describe('Domain name, as U-labels or A-labels. Changing it replaces the domain.'),
  account_id: s
    .string()
    .validate(lengthBetween(1, 255))
    .optional()
    .computed()
    .useStateForUnknown()
    .describe(
      'Account that the domain belongs to: ID, slug or title. Default: the account of the provider. Changing it moves the domain.',
    ),
  rua_report: s.bool().default(true).describe('Whether to collect aggregate reports. Default: `true`.'),
  ruf_report: s.bool().default(true).describe('Whether to collect failure reports. Default: `true`.'),
  mta_sts_report: s
    .bool()
    .optional()
    .computed()
    .describe('Whether to collect TLS reports. Default: `true` if `hosted_mta_sts` is set, otherwise unchanged.'),
  parked: s
    .bool()
    .default(false)
    .requiresReplace()
    .describe(
      'Whether the domain is parked, which means that it sends no mail. Changing it replaces the domain. Default: `false`.',
    ),
  deletion_protection: s
    .bool()
    .default(false)
    .describe(
      'Whether the provider refuses to delete or replace the domain. The setting is kept in the state, so it also protects the domain after its block is removed. To delete the domain, set it to `false` and apply first. Default: `false`.',
    ),
  tags: s
    .set(s.string())
    .optional()
    .computed()
    .useStateForUnknown()
    .describe('Names of existing tags. If omitted, the tags stay as they are; `[]` removes all tags.'),
  hosted_dmarc: s.object(hostedDmarcFields).optional().describe('Hosts the DMARC record. If omitted, hosting is off.'),
  hosted_mta_sts: s
    .object(hostedMtaStsFields)
    .optional()
    .describe(
      'Hosts the MTA-STS policy and the TLS-RPT record. If omitted, hosting is off; a policy in mode `testing` or `enforce` is withdrawn first, see `retire_after`.',
    ),
  allow_weaker: s
    .string()
    .optional()
    .validate(isConsent)
    .describe(
      'Reason for weakening the live protection, 1 to 500 printable characters. Without it, a plan is refused that weakens a DMARC policy or alignment, drops report addresses or weakens an MTA-STS mode. Remove it after the apply so that it does not cover the next change.',
    ),
  accept_risk: s
    .string()
    .optional()
    .validate(isConsent)
    .describe(
      'Reason for tightening a policy without evidence from the reports, 1 to 500 printable characters. It passes the `gate`; servers that support it record it in the history of the domain. Remove it after the apply so that it does not cover the next change.',
    ),
  retire_after: s
    .string()
    .optional()
    .validate(isRetirement)
    .describe(
      'How long the MTA-STS records stay after `hosted_mta_sts` is removed, such as `168h`. The policy is set to mode `none` at once, and the first apply after this time turns hosting off, so that senders fetch the new policy (RFC 8461 section 8.3). `0s` turns hosting off at once. Default: the `max_age_days` of the policy, or of an earlier one in mode `enforce` that senders may cache for longer. At most `8784h`. Has no effect on servers that cannot change a policy.',
    ),
  mta_sts_retires_at: s
    .string()
    .computed()
    .nullable()
    .describe(
      'Time until which the records of a removed `hosted_mta_sts` stay published, in RFC 3339 format. Null unless a policy is being withdrawn.',
    ),
  slug: s.string().computed().useStateForUnknown().describe('Slug, which can be used instead of the ID.'),
  default_dmarc_record: s
    .string()
    .computed()
    .nullable()
    .describe('Record that hosted DMARC publishes by default. Null while hosting is off.'),
  dmarc_status: s.string().computed().describe('Last known DMARC status.'),
  mta_sts_status: s.string().computed().describe('Last known MTA-STS status.'),
  parked_domain_credits: s.integer().computed().nullable().describe('Remaining message credits. Parked domains only.'),
  cnames: s
    .map(s.object(cnameFields))
    .computed()
    .describe(
      'CNAME records to publish, keyed by `dmarc`, `mta_sts_policy`, `mta_sts_id` and `tls_rpt`. Contains only the records of hosted services. Keys and names are known at plan time, so `for_each` can use them in the first apply.',
    ),
}
