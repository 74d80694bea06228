import { between, oneOf, s } from '@dmarc-as-code/terraform-plugin'

/** A DNS service as `dmarcreport_dns_records` has it: what is not secret is stored, so that refresh and destroy find the way; secrets never are. */
export const dnsServiceFields = {
  rfc2136: s
    .object({
      server: s.string().optional().describe('Address or host name of the primary server.'),
      port: s.integer().optional().validate(between(1, 65535)).describe('Default: `53`.'),
      key_name: s.string().optional().describe('Name of the TSIG key.'),
      key_algorithm: s
        .string()
        .optional()
        .validate(oneOf('hmac-sha256', 'hmac-sha512'))
        .describe('`hmac-sha256` (default) or `hmac-sha512`.'),
      key_secret: s.string().writeOnly().sensitive().describe('The TSIG key, base64.'),
      zones: s.list(s.string()).optional().describe('The zones to work in. Default: found by asking the server.'),
      transport: s
        .string()
        .optional()
        .validate(oneOf('udp', 'tcp'))
        .describe('Default: questions over UDP, updates over TCP.'),
    })
    .optional()
    .describe('Dynamic updates (RFC 2136) with TSIG: BIND, Knot, PowerDNS and others.'),
  route53: s
    .object({
      hosted_zone_id: s.string().optional().describe('Needed where several public zones have the same name.'),
      profile: s.string().optional().describe('A profile of the shared AWS configuration.'),
      access_key: s.string().optional().describe('Default: the usual AWS chain.'),
      secret_key: s.string().writeOnly().sensitive().describe('Default: the usual AWS chain.'),
      session_token: s.string().writeOnly().sensitive().describe('Of temporary credentials.'),
      endpoint: s.string().optional().describe('Another address of the Route 53 API.'),
    })
    .optional()
    .describe('Amazon Route 53.'),
  cloudflare: s
    .object({
      api_token: s.string().writeOnly().sensitive().describe('Needs Zone Read and DNS Edit.'),
      endpoint: s.string().optional().describe('Another address of the Cloudflare API.'),
    })
    .optional()
    .describe('Cloudflare.'),
  powerdns: s
    .object({
      url: s.string().optional().describe('Where its API listens, without `/api/v1`.'),
      server_id: s.string().optional().describe('Default: `localhost`.'),
      api_key: s.string().writeOnly().sensitive().describe('The API key.'),
    })
    .optional()
    .describe('The API of PowerDNS.'),
  google: s
    .object({
      project: s
        .string()
        .optional()
        .describe('Default: `GOOGLE_CLOUD_PROJECT`, or that of the credentials or the machine.'),
      credentials: s.string().writeOnly().sensitive().describe('The contents of a credentials file.'),
      access_token: s.string().writeOnly().sensitive().describe('A ready token.'),
      endpoint: s.string().optional().describe('Another address of the Cloud DNS API.'),
    })
    .optional()
    .describe(
      "Google Cloud DNS. Default: Google's application default credentials, which are the file `GOOGLE_APPLICATION_CREDENTIALS` names (workload identity federation too), that of `gcloud auth application-default login`, or the metadata server.",
    ),
  azure: s
    .object({
      subscription_id: s.string().optional().describe('Default: `AZURE_SUBSCRIPTION_ID`.'),
      resource_group: s.string().optional().describe('Default: every group the credentials can see.'),
      tenant_id: s.string().optional().describe('Default: `AZURE_TENANT_ID`.'),
      client_id: s
        .string()
        .optional()
        .describe('Of the application, or of a managed identity that a user assigned. Default: `AZURE_CLIENT_ID`.'),
      client_secret: s
        .string()
        .writeOnly()
        .sensitive()
        .describe('The secret of the application. Not needed with workload identity or a managed identity.'),
      endpoint: s.string().optional().describe('Another address of the Azure Resource Manager.'),
    })
    .optional()
    .describe(
      "Azure DNS. Without a secret, the credentials are those Azure's own tools would find: workload identity (`AZURE_FEDERATED_TOKEN_FILE`), the managed identity of the machine or the app, then the `az` command. `AZURE_TOKEN_CREDENTIALS` limits them.",
    ),
  digitalocean: s
    .object({
      token: s.string().writeOnly().sensitive().describe('A personal access token.'),
      endpoint: s.string().optional().describe('Another address of the DigitalOcean API.'),
    })
    .optional()
    .describe('DigitalOcean.'),
}

export type DnsServiceName = keyof typeof dnsServiceFields
export const dnsServiceNames = Object.keys(dnsServiceFields) as readonly DnsServiceName[]

/** The credentials of each DNS service as the provider block has them. */
export const providerServiceFields = {
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
        .describe('Default: `AZURE_CLIENT_SECRET`, else workload identity, a managed identity or the `az` command.'),
    })
    .optional()
    .describe('Azure DNS.'),
  digitalocean: s
    .object({ token: s.string().optional().sensitive().describe('Default: `DIGITALOCEAN_TOKEN`.') })
    .optional()
    .describe('DigitalOcean.'),
}
