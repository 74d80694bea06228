import { between, s } from '@dmarc-as-code/terraform-plugin'

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
    .object({
      rfc2136: s
        .object({
          server: s.string().optional().describe('Default: `DNS_UPDATE_SERVER`.'),
          port: s.integer().optional().validate(between(1, 65535)).describe('Default: `DNS_UPDATE_PORT`, else `53`.'),
          key_name: s.string().optional().describe('Default: `DNS_UPDATE_KEYNAME`.'),
          key_algorithm: s.string().optional().describe('Default: `DNS_UPDATE_KEYALGORITHM`, else `hmac-sha256`.'),
          key_secret: s.string().optional().sensitive().describe('Base64. Default: `DNS_UPDATE_KEYSECRET`.'),
        })
        .optional()
        .describe('Dynamic updates (RFC 2136).'),
      route53: s
        .object({
          access_key: s.string().optional().describe('Default: the usual AWS chain.'),
          secret_key: s.string().optional().sensitive().describe('Default: the usual AWS chain.'),
          session_token: s.string().optional().sensitive().describe('Of temporary credentials.'),
          profile: s.string().optional().describe('A profile of the shared AWS configuration.'),
        })
        .optional()
        .describe('Amazon Route 53.'),
      cloudflare: s
        .object({ api_token: s.string().optional().sensitive().describe('Default: `CLOUDFLARE_API_TOKEN`.') })
        .optional()
        .describe('Cloudflare.'),
      powerdns: s
        .object({
          url: s.string().optional().describe('Where its API listens. Default: `PDNS_SERVER_URL`.'),
          api_key: s.string().optional().sensitive().describe('Default: `PDNS_API_KEY`.'),
        })
        .optional()
        .describe('PowerDNS.'),
      google: s
        .object({
          credentials: s
            .string()
            .optional()
            .sensitive()
            .describe("The contents of a credentials file. Default: Google's application default credentials."),
          access_token: s.string().optional().sensitive().describe('Default: `GOOGLE_OAUTH_ACCESS_TOKEN`.'),
        })
        .optional()
        .describe('Google Cloud DNS.'),
      azure: s
        .object({
          tenant_id: s.string().optional().describe('Default: `AZURE_TENANT_ID`.'),
          client_id: s.string().optional().describe('Default: `AZURE_CLIENT_ID`.'),
          client_secret: s
            .string()
            .optional()
            .sensitive()
            .describe(
              'Default: `AZURE_CLIENT_SECRET`, else workload identity, a managed identity or the `az` command.',
            ),
        })
        .optional()
        .describe('Azure DNS.'),
      digitalocean: s
        .object({ token: s.string().optional().sensitive().describe('Default: `DIGITALOCEAN_TOKEN`.') })
        .optional()
        .describe('DigitalOcean.'),
    })
    .optional()
    .describe(
      'Credentials for `dmarcreport_dns_records`, per DNS service. Terraform never stores them. What is not set here comes from the environment.',
    ),
}
