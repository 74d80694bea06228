import { lengthBetween, s } from '@dmarc-as-code/terraform-plugin'
import { cnameFields } from '../../resources/domain/domain-schema.ts'

export const hostedServicesDataSchema = {
  domain_id: s.string().required().describe('ID, slug or address of the domain.'),
  account_id: s
    .string()
    .validate(lengthBetween(1, 255))
    .optional()
    .describe('Account of the domain: ID, slug or title. Default: the account of the provider.'),
  hosted_dmarc: s.bool().computed().describe('Whether DMARC is hosted.'),
  hosted_mta_sts: s.bool().computed().describe('Whether MTA-STS is hosted.'),
  cnames: s
    .map(
      s.object({
        ...cnameFields,
        status: s.string().computed().nullable().describe('Last known status, such as `verified`.'),
        reason: s.string().computed().nullable().describe('Reason code, if there is something to explain.'),
      }),
    )
    .computed()
    .describe(
      'CNAME records of the hosted services, keyed by `dmarc`, `mta_sts_policy`, `mta_sts_id` and `tls_rpt`, with their status.',
    ),
}
