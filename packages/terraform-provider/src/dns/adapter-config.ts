import type { DnsSettings } from './dns-settings.ts'
import type { DnsServiceName } from './service-fields.ts'

/** The settings of one service as a resource has them; secrets only where the configuration is at hand. */
export type ServiceSettings = { readonly [setting: string]: unknown }

type Get = (setting: string) => unknown

/**
 * The engine's configuration of a service. Each setting comes from the resource, else the provider block, else the
 * environment (the names that are usual among Terraform users; the engine itself looks up the rest).
 */
export function adapterConfig(
  service: DnsServiceName,
  resource: ServiceSettings,
  { services, env }: DnsSettings,
): { readonly type: DnsServiceName } & ServiceSettings {
  const get: Get = (setting) => resource[setting] ?? services[service]?.[setting] ?? undefined
  return { type: service, ...withoutUndefined(builders[service](get, env)) }
}

const builders: { readonly [S in DnsServiceName]: (get: Get, env: DnsSettings['env']) => ServiceSettings } = {
  rfc2136(get, env) {
    const secret = get('key_secret') ?? env.DNS_UPDATE_KEYSECRET
    const algorithm = get('key_algorithm') ?? env.DNS_UPDATE_KEYALGORITHM?.toLowerCase()
    const key = {
      name: get('key_name') ?? env.DNS_UPDATE_KEYNAME,
      // The dns provider of HashiCorp wants no final dot here, BIND's own tools print one.
      algorithm: typeof algorithm === 'string' ? algorithm.replace(/\.$/, '') : undefined,
      secret,
    }
    return {
      server: get('server') ?? env.DNS_UPDATE_SERVER,
      port: get('port') ?? (env.DNS_UPDATE_PORT ? Number(env.DNS_UPDATE_PORT) : undefined),
      // Without its secret the key is no use; questions usually need none.
      key: secret ? withoutUndefined(key) : undefined,
      zones: get('zones'),
      transport: get('transport'),
    }
  },
  route53: (get) => ({
    accessKeyId: get('secret_key') ? get('access_key') : undefined,
    secretAccessKey: get('secret_key'),
    sessionToken: get('session_token'),
    profile: get('profile'),
    hostedZoneId: get('hosted_zone_id'),
    endpoint: get('endpoint'),
  }),
  cloudflare: (get) => ({ apiToken: get('api_token'), baseUrl: get('endpoint') }),
  powerdns: (get, env) => ({
    url: get('url') ?? env.PDNS_SERVER_URL,
    apiKey: get('api_key'),
    serverId: get('server_id'),
  }),
  google: (get) => ({
    project: get('project'),
    credentials: get('credentials'),
    accessToken: get('access_token'),
    baseUrl: get('endpoint'),
  }),
  azure: (get) => ({
    subscriptionId: get('subscription_id'),
    resourceGroup: get('resource_group'),
    tenantId: get('tenant_id'),
    clientId: get('client_id'),
    clientSecret: get('client_secret'),
    baseUrl: get('endpoint'),
  }),
  digitalocean: (get) => ({ token: get('token'), baseUrl: get('endpoint') }),
}

const withoutUndefined = (object: ServiceSettings): ServiceSettings =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined))
