import { s } from '@dmarc-as-code/terraform-plugin'
import { cnameFields } from '../../resources/domain/domain-schema.ts'

export const domainsDataSchema = {
  account_id: s
    .string()
    .optional()
    .describe('Only domains of this account: id, slug or title. Default: that of the provider, else all.'),
  tag: s.string().optional().describe('Only domains that carry this tag.'),
  parked: s.bool().optional().describe('Only domains that are parked, or that are not.'),
  hosted: s.bool().optional().describe('Only domains with a hosted service, or without any.'),
  addresses: s.list(s.string()).computed().describe('The domain names, sorted.'),
  domains: s
    .list(
      s.object({
        id: s.string().computed().describe("The domain's number."),
        account_id: s.string().computed().nullable().describe('The account it belongs to.'),
        address: s.string().computed().describe('The domain name.'),
        slug: s.string().computed().describe('Usable in place of the id.'),
        parked: s.bool().computed().describe('The domain sends no mail.'),
        tags: s.set(s.string()).computed().describe('Names of its tags.'),
        hosted_dmarc: s.bool().computed().nullable().describe('DMARC is hosted. Null where the service does not tell.'),
        hosted_mta_sts: s
          .bool()
          .computed()
          .nullable()
          .describe('MTA-STS is hosted. Null where the service does not tell.'),
        dmarc_status: s.string().computed().describe('What the service last saw of DMARC.'),
        mta_sts_status: s.string().computed().describe('What the service last saw of MTA-STS.'),
        cnames: s.map(s.object(cnameFields)).computed().describe('The CNAMEs of the hosted services.'),
      }),
    )
    .computed()
    .describe('Sorted by domain name.'),
}
