import { between, lengthBetween, s } from '@dmarc-as-code/terraform-plugin'

export const statusChangesDataSchema = {
  domain_id: s.string().required().describe('ID, slug or address of the domain.'),
  account_id: s
    .string()
    .validate(lengthBetween(1, 255))
    .optional()
    .describe('Account of the domain: ID, slug or title. Default: the account of the provider.'),
  limit: s.integer().validate(between(1, 1000)).optional().describe('Most changes to read. Default: 100.'),
  changes: s
    .list(
      s.object({
        at: s.string().computed().describe('Time of the change, RFC 3339 in UTC.'),
        service: s.string().computed().describe('`dmarc` or `mta_sts`.'),
        record: s
          .string()
          .computed()
          .describe('Record, such as `tls_rpt`; `policy_file`; or `all` for the whole service.'),
        part: s
          .string()
          .computed()
          .describe(
            '`cname`, `txt` or `file`; `overall` for the whole service; `consent` or `risk` for the reason of a change that needed one.',
          ),
        from: s.string().computed().nullable().describe('Status before. Null for the first one.'),
        to: s.string().computed().describe('Status from then on.'),
        reason: s.string().computed().nullable().describe('Reason code, if there is something to explain.'),
        found: s.string().computed().nullable().describe('What was found, or the words of a consent.'),
      }),
    )
    .computed()
    .describe('Changes, the latest first.'),
}
