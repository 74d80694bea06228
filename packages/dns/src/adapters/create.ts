import type { DnsAdapter } from '../engine/types.ts'
import { createResolver, type Resolver } from '../observe/resolver.ts'
import type { DnsServiceId } from '../services/catalogue.ts'
import { createDnsClient } from '../transport/client.ts'
import { type AdapterConfig, parseAdapterConfig } from './config.ts'
import type { Sleep } from './http.ts'
import { withoutSecrets } from './without-secrets.ts'

export interface AdapterContext {
  /** Default: the global `fetch`. */
  fetch?: typeof fetch
  /** Milliseconds since 1970. Default `Date.now`. */
  clock?: () => number
  /** Where credentials not in the configuration are looked up. Default `process.env`. */
  env?: Record<string, string | undefined>
  /** Through which `manual` looks at zones. Default: the system's resolvers. */
  resolver?: Resolver
  /** How pauses between tries are made. Default: a timer. */
  sleep?: Sleep
}

type Loaders = {
  [Id in DnsServiceId]: (config: Extract<AdapterConfig, { type: Id }>, context: AdapterContext) => Promise<DnsAdapter>
}

// Code (and SDK) of a service is loaded only when it is asked for.
const loaders: Loaders = {
  rfc2136: async (config, context) => (await import('./rfc2136/adapter.ts')).rfc2136Adapter(config, context),
  powerdns: async (config, context) => (await import('./powerdns/adapter.ts')).powerDnsAdapter(config, context),
  route53: async (config, context) => (await import('./route53/adapter.ts')).route53Adapter(config, context),
  cloudflare: async (config, context) => (await import('./cloudflare/adapter.ts')).cloudflareAdapter(config, context),
  google: async (config, context) => (await import('./google/adapter.ts')).googleAdapter(config, context),
  azure: async (config, context) => (await import('./azure/adapter.ts')).azureAdapter(config, context),
  desec: async (config, context) => (await import('./desec/adapter.ts')).desecAdapter(config, context),
  hetzner: async (config, context) => (await import('./hetzner/adapter.ts')).hetznerAdapter(config, context),
  ovh: async (config, context) => (await import('./ovh/adapter.ts')).ovhAdapter(config, context),
  gandi: async (config, context) => (await import('./gandi/adapter.ts')).gandiAdapter(config, context),
  ionos: async (config, context) => (await import('./ionos/adapter.ts')).ionosAdapter(config, context),
  scaleway: async (config, context) => (await import('./scaleway/adapter.ts')).scalewayAdapter(config, context),
  dnsimple: async (config, context) => (await import('./dnsimple/adapter.ts')).dnsimpleAdapter(config, context),
  linode: async (config, context) => (await import('./linode/adapter.ts')).linodeAdapter(config, context),
  ns1: async (config, context) => (await import('./ns1/adapter.ts')).ns1Adapter(config, context),
  porkbun: async (config, context) => (await import('./porkbun/adapter.ts')).porkbunAdapter(config, context),
  exec: async (config, context) => (await import('./exec/adapter.ts')).execAdapter(config, context),
  digitalocean: async (config, context) =>
    (await import('./digitalocean/adapter.ts')).digitalOceanAdapter(config, context),
}

/** The adapter for a configuration, which is checked first. Fails with a `DnsServiceError` of kind `configuration`. */
export async function createAdapter(input: AdapterConfig | unknown, context: AdapterContext = {}): Promise<DnsAdapter> {
  const config = parseAdapterConfig(input, context.env)
  if (config.type === 'manual') {
    return (await import('./manual/adapter.ts')).manualAdapter(
      context.resolver ?? createResolver({ client: createDnsClient() }),
    )
  }
  const load = loaders[config.type] as (config: AdapterConfig, context: AdapterContext) => Promise<DnsAdapter>
  return withoutSecrets(config, () => load(config, context))
}
