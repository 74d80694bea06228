import { getServers } from 'node:dns'
import { isIPv6 } from 'node:net'
import { serverAddress } from '../transport/errors.ts'
import type { DnsServer } from '../transport/types.ts'
import { canonicalName } from '../wire/names.ts'
import { ResolverRun, type RunOptions } from './run.ts'
import type { ResolverOptions } from './types.ts'

/** Knows whom to ask. It holds no answers: what it learns lives in a `ResolverRun`, and dies with it. */
export interface Resolver {
  /** Begins a run: look-ups that may share what they learn about zones and servers, and nothing longer than that. */
  begin(options?: RunOptions): ResolverRun
}

/**
 * A resolver over the given client: stub zones first (longest suffix), recursive resolvers for the rest.
 *
 * ```ts
 * const resolver = createResolver({ client: createDnsClient() })
 * const sandboxed = createResolver({ client: createDnsClient(), stubZones: sandbox.stubZones, recursors: [] })
 * ```
 */
export function createResolver(options: ResolverOptions): Resolver {
  const settings = {
    client: options.client,
    stubZones: (options.stubZones ?? [])
      .map((stub) => ({ ...stub, zone: canonicalName(stub.zone) }))
      .sort((a, b) => b.zone.length - a.zone.length),
    recursors: options.recursors ?? systemRecursors(),
    timeout: options.timeout ?? 2000,
    tries: options.tries ?? 2,
    stubServers: new Set((options.stubZones ?? []).flatMap(({ servers }) => servers.map(serverAddress))),
  }
  return { begin: (run = {}) => new ResolverRun(settings, run) }
}

/** The resolvers this machine is set up to use. */
export function systemRecursors(): DnsServer[] {
  return getServers().flatMap((text) => {
    const server = parseServer(text)
    return server ? [server] : []
  })
}

/** `192.0.2.1`, `192.0.2.1:5353`, `2001:db8::1` or `[2001:db8::1]:5353`. */
function parseServer(text: string): DnsServer | undefined {
  if (isIPv6(text)) return { address: text }
  const match = /^\[?([^\]]+?)\]?(?::(\d+))?$/.exec(text)
  if (!match?.[1]) return undefined
  return match[2] ? { address: match[1], port: Number(match[2]) } : { address: match[1] }
}
