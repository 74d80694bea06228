import { between, lengthBetween, s } from '@dmarc-as-code/terraform-plugin'
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
    .describe(
      'Base URL of the API. Default: the environment variable `DMARCREPORT_ENDPOINT`, otherwise `https://api.dmarcreport.com`.',
    ),
  account: s
    .string()
    .optional()
    .describe(
      'Default account for resources without `account_id`: ID, slug or title. Not required if the token can access exactly one account.',
    ),
  label: s
    .string()
    .optional()
    .validate(lengthBetween(1, 255))
    .describe(
      'Where this configuration is kept, such as the name of its repository. Servers that support it show it, with the workspace, next to the domains that it manages; an imported domain shows it after its first change.',
    ),
  max_retries: s
    .integer()
    .optional()
    .validate(between(0, 20))
    .describe(
      'Maximum number of retries after a network failure, a 429 or a 5xx response. Create requests are retried only if they provably had no effect. Default: `4`.',
    ),
  request_timeout: s
    .integer()
    .optional()
    .validate(between(1, 600))
    .describe('Timeout of one request in seconds. Default: `30`.'),
  dns: s
    .object(providerServiceFields)
    .optional()
    .describe(
      'Credentials for `dmarcreport_dns_records`, by DNS service. Terraform never stores them. Settings that are omitted come from the environment.',
    ),
}
