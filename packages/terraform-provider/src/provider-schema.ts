import { between, s } from '@dmarc-as-code/terraform-plugin'
import { providerServiceFields } from './dns/service-fields.ts'

/** The provider block. Every setting may be left out: the environment and the service's own defaults fill in. */
export const providerSchema = {
  token: s
    .string()
    .optional()
    .sensitive()
    .describe('API token, without `Token token=`. Default: the environment variable `DMARCREPORT_TOKEN`.'),
  endpoint: s
    .string()
    .optional()
    .describe('Base URL of the API. Default: `DMARCREPORT_ENDPOINT`, else `https://api.dmarcreport.com`.'),
  account: s
    .string()
    .optional()
    .describe(
      'The account of resources that name none: its id, slug or title. Default: the only account the token can see; with several, one must be named.',
    ),
  max_retries: s
    .integer()
    .optional()
    .validate(between(0, 20))
    .describe(
      'How often a request is repeated after a network failure, a 429 or a 5xx. Creating is repeated only where it provably had no effect. Default: `4`.',
    ),
  request_timeout: s
    .integer()
    .optional()
    .validate(between(1, 600))
    .describe('Seconds one request may take. Default: `30`.'),
  dns: s
    .object(providerServiceFields)
    .optional()
    .describe(
      'Credentials for `dmarcreport_dns_records`, per DNS service. Terraform never stores them. What is not set here comes from the environment.',
    ),
}
