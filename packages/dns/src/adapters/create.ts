import type { DnsAdapter } from '../engine/types.ts'
import { createResolver, type Resolver } from '../observe/resolver.ts'
import { createDnsClient } from '../transport/client.ts'
import { type AdapterConfig, parseAdapterConfig } from './config.ts'
import type { Sleep } from './http.ts'

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

/**
 * The adapter for a configuration, which is checked first. Code (and SDK) of a service is loaded only when it is asked
 * for. Fails with a `DnsServiceError` of kind `configuration`.
 */
export async function createAdapter(input: AdapterConfig | unknown, context: AdapterContext = {}): Promise<DnsAdapter> {
  const config = parseAdapterConfig(input, context.env)
  switch (config.type) {
    case 'rfc2136':
      return (await import('./rfc2136/adapter.ts')).rfc2136Adapter(config, context)
    case 'powerdns':
      return (await import('./powerdns/adapter.ts')).powerDnsAdapter(config, context)
    case 'route53':
      return (await import('./route53/adapter.ts')).route53Adapter(config, context)
    case 'cloudflare':
      return (await import('./cloudflare/adapter.ts')).cloudflareAdapter(config, context)
    case 'google':
      return (await import('./google/adapter.ts')).googleAdapter(config, context)
    case 'azure':
      return (await import('./azure/adapter.ts')).azureAdapter(config, context)
    case 'digitalocean':
      return (await import('./digitalocean/adapter.ts')).digitalOceanAdapter(config, context)
    case 'manual':
      return (await import('./manual/adapter.ts')).manualAdapter(
        context.resolver ?? createResolver({ client: createDnsClient() }),
      )
  }
}
