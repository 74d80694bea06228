import type { AccessMethod } from '../../shared/apply.ts'

interface Method extends AccessMethod {
  /** The form's values as the configuration of the adapter. */
  readonly toConfig: (values: Readonly<Record<string, string>>) => Record<string, unknown>
}

const secret = (name: string, label: string) => ({ name, label, secret: true, optional: false })
const text = (name: string, label: string, more: { example?: string; optional?: boolean } = {}) => ({
  name,
  label,
  secret: false,
  optional: more.optional ?? false,
  ...(more.example ? { example: more.example } : {}),
})

const methods: readonly Method[] = [
  {
    id: 'cloudflare',
    title: 'Cloudflare',
    help: 'Create an API token with the permission "Zone, DNS, Edit" for this zone (My Profile, API Tokens).',
    fields: [secret('apiToken', 'API token')],
    toConfig: ({ apiToken }) => ({ type: 'cloudflare', apiToken }),
  },
  {
    id: 'route53',
    title: 'Amazon Route 53',
    help: 'An access key of a user that may list hosted zones and change record sets in this one.',
    fields: [
      text('accessKeyId', 'Access key id', { example: 'AKIA…' }),
      secret('secretAccessKey', 'Secret access key'),
    ],
    toConfig: ({ accessKeyId, secretAccessKey }) => ({ type: 'route53', accessKeyId, secretAccessKey }),
  },
  {
    id: 'digitalocean',
    title: 'DigitalOcean',
    help: 'A personal access token with the scopes "domain:read", "domain:create", "domain:update" and "domain:delete".',
    fields: [secret('token', 'Token')],
    toConfig: ({ token }) => ({ type: 'digitalocean', token }),
  },
  {
    id: 'google',
    title: 'Google Cloud DNS',
    help: 'The JSON key of a service account with the role "DNS Administrator" in the project of the zone.',
    fields: [{ ...secret('credentials', 'Key file (JSON)'), long: true }],
    toConfig: ({ credentials }) => ({ type: 'google', credentials }),
  },
  {
    id: 'azure',
    title: 'Azure DNS',
    help: 'A service principal with the role "DNS Zone Contributor" for the zone.',
    fields: [
      text('subscriptionId', 'Subscription id'),
      text('tenantId', 'Tenant id'),
      text('clientId', 'Client id'),
      secret('clientSecret', 'Client secret'),
    ],
    toConfig: ({ subscriptionId, tenantId, clientId, clientSecret }) => ({
      type: 'azure',
      subscriptionId,
      tenantId,
      clientId,
      clientSecret,
    }),
  },
  {
    id: 'rfc2136',
    title: 'Your own server (dynamic update, RFC 2136)',
    help: 'BIND, Knot, PowerDNS or Windows DNS, with a TSIG key that may update this zone.',
    fields: [
      text('server', 'Primary server', { example: 'ns1.example.com' }),
      text('port', 'Port', { example: '53', optional: true }),
      text('keyName', 'Key name', { example: 'dmarc-watch' }),
      { ...text('algorithm', 'Algorithm'), options: ['hmac-sha256', 'hmac-sha512'] },
      secret('secret', 'Key (base64)'),
    ],
    toConfig: ({ server, port, keyName, algorithm, secret: key }) => ({
      type: 'rfc2136',
      server,
      ...(port ? { port: Number(port) } : {}),
      key: { name: keyName, algorithm, secret: key },
    }),
  },
  {
    id: 'powerdns',
    title: 'PowerDNS (HTTP API)',
    help: 'The address of its web server and the key set as "api-key" in its configuration.',
    fields: [text('url', 'Address', { example: 'https://dns.example.com:8081' }), secret('apiKey', 'API key')],
    toConfig: ({ url, apiKey }) => ({ type: 'powerdns', url, apiKey }),
  },
]

/** What the page may ask for. Functions do not cross to it. */
export const accessMethods: readonly AccessMethod[] = methods.map(({ toConfig: _kept, ...shown }) => shown)

/** The adapter configuration for a method and the values of its form, or undefined for a method there is not. */
export function adapterConfig(method: string, values: Readonly<Record<string, string>>): unknown {
  return methods.find((candidate) => candidate.id === method)?.toConfig(values)
}
