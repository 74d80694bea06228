import { each, oneOf, s } from '@dmarc-as-code/terraform-plugin'

export const domainVerificationSchema = {
  id: s.string().computed().useStateForUnknown().describe("The domain's number."),
  domain_id: s.string().required().requiresReplace().describe("The domain's id, slug or address."),
  account_id: s
    .string()
    .optional()
    .computed()
    .useStateForUnknown()
    .describe('The account of the domain: id, slug or title. Default: that of the provider.'),
  services: s
    .set(s.string())
    .optional()
    .computed()
    .validate(each(oneOf('dmarc', 'mta_sts')))
    .describe('`dmarc`, `mta_sts` or both. Default: those that are hosted.'),
  records: s
    .dynamic()
    .optional()
    .describe(
      'Anything that changes when the records do, usually the records themselves: a change verifies again, and the reference makes Terraform create them first.',
    ),
  verified: s.bool().computed().describe('Every CNAME is right.'),
  ready: s.bool().computed().describe('Everything is live: CNAMEs, the records behind them, and the policy file.'),
  checks: s
    .list(
      s.object({
        record: s.string().computed().describe('`dmarc`, `mta_sts_policy`, `mta_sts_id` or `tls_rpt`.'),
        part: s.string().computed().describe('`cname`, `txt` (the record behind it) or `policy_file`.'),
        status: s.string().computed().describe('`verified`, `published` or `active` when all is well.'),
        name: s.string().computed().nullable().describe('Where it was looked for.'),
        reason: s.string().computed().nullable().describe('Why, in one word, where there is something to explain.'),
        expected: s.string().computed().nullable().describe('What should be there.'),
        found: s.string().computed().nullable().describe('What was there.'),
        fix: s.string().computed().nullable().describe('What to do.'),
      }),
    )
    .computed()
    .describe('Each part as the service saw it last.'),
}
