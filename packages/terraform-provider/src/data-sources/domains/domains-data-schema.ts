import { lengthBetween, s } from '@dmarc-as-code/terraform-plugin'
import { cnameFields } from '../../resources/domain/domain-schema.ts'

export const domainsDataSchema = {
  account_id: s
    .string()
    .validate(lengthBetween(1, 255))
    .optional()
    .describe(
      'Return only domains of this account: ID, slug or title. Default: the account of the provider, otherwise all accounts.',
    ),
  tag: s.string().optional().describe('Return only domains with this tag.'),
  parked: s.bool().optional().describe('Return only domains that are parked (`true`) or not parked (`false`).'),
  hosted: s.bool().optional().describe('Return only domains with (`true`) or without (`false`) hosted services.'),
  addresses: s.list(s.string()).computed().describe('Domain names, sorted.'),
  domains: s
    .list(
      s.object({
        id: s.string().computed().describe('Numeric ID of the domain.'),
        account_id: s.string().computed().nullable().describe('Account that the domain belongs to.'),
        address: s.string().computed().describe('Domain name.'),
        slug: s.string().computed().describe('Slug, which can be used instead of the ID.'),
        parked: s.bool().computed().describe('Whether the domain is parked.'),
        tags: s.set(s.string()).computed().describe('Names of the tags.'),
        hosted_dmarc: s
          .bool()
          .computed()
          .nullable()
          .describe('Whether DMARC is hosted. Null if the service does not report it.'),
        hosted_mta_sts: s
          .bool()
          .computed()
          .nullable()
          .describe('Whether MTA-STS is hosted. Null if the service does not report it.'),
        dmarc_status: s.string().computed().describe('Last known DMARC status.'),
        mta_sts_status: s.string().computed().describe('Last known MTA-STS status.'),
        cnames: s.map(s.object(cnameFields)).computed().describe('CNAME records of the hosted services.'),
      }),
    )
    .computed()
    .describe('Matching domains, sorted by name.'),
}
