import { each, lengthBetween, oneOf, s } from '@dmarc-as-code/terraform-plugin'

export const domainVerificationSchema = {
  id: s.string().computed().useStateForUnknown().describe('Numeric ID of the domain.'),
  domain_id: s.string().required().requiresReplace().describe('ID, slug or address of the domain.'),
  account_id: s
    .string()
    .validate(lengthBetween(1, 255))
    .optional()
    .computed()
    .useStateForUnknown()
    .describe('Account of the domain: ID, slug or title. Default: the account of the provider.'),
  services: s
    .set(s.string())
    .optional()
    .computed()
    .validate(each(oneOf('dmarc', 'mta_sts')))
    .describe('Services to wait for: `dmarc`, `mta_sts` or both. Default: all hosted services.'),
  records: s
    .dynamic()
    .optional()
    .describe(
      'Any value that changes when the DNS records change, usually the records themselves. A change triggers a new verification, and the reference makes Terraform create the records first.',
    ),
  verified: s.bool().computed().describe('Whether every CNAME is correct.'),
  ready: s
    .bool()
    .computed()
    .describe('Whether everything is live: the CNAMEs, the hosted records and the policy file.'),
  checks: s
    .list(
      s.object({
        record: s.string().computed().describe('Record kind: `dmarc`, `mta_sts_policy`, `mta_sts_id` or `tls_rpt`.'),
        part: s
          .string()
          .computed()
          .describe('Part that was checked: `cname`, `txt` (the hosted record) or `policy_file`.'),
        status: s.string().computed().describe('Status. `verified`, `published` and `active` mean success.'),
        name: s.string().computed().nullable().describe('Name or URL that was checked.'),
        reason: s.string().computed().nullable().describe('Reason code, if there is something to explain.'),
        expected: s.string().computed().nullable().describe('Expected value.'),
        found: s.string().computed().nullable().describe('Value that was found.'),
        fix: s.string().computed().nullable().describe('What to do next.'),
      }),
    )
    .computed()
    .describe('Result of each check as last reported by the service.'),
}
