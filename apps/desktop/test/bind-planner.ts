import { createAdapter } from '@dmarc-as-code/dns/adapters'
import type { MailView } from '@dmarc-as-code/dns/apply'
import { createDnsClient, createResolver, type Resolver } from '@dmarc-as-code/dns/resolver'
import type { DnsDaemon } from '../../../test-support/dns-daemon.ts'
import { Planner } from '../src/main/apply/planner.ts'
import { CredentialStore, type DnsAccess } from '../src/main/dns/credential-store.ts'
import { InMemorySecretStore } from './memory-secrets.ts'

export interface BindPlannerOptions {
  readonly bind: Pick<DnsDaemon, 'address' | 'port'>
  /** A key that BIND knows. */
  readonly key: { readonly name: string; readonly algorithm: 'hmac-sha256'; readonly secret: string }
  /** The zones whose access is remembered. */
  readonly zones: readonly string[]
  readonly zoneOf: (name: string) => string
  readonly view: (resolver: Resolver, signal: AbortSignal | undefined) => MailView
}

/** A planner whose zones are on a BIND of the test, which is also the only server that is asked. */
export async function bindPlanner({ bind, key, zones, zoneOf, view }: BindPlannerOptions): Promise<Planner> {
  const { address, port } = bind
  const stubZones = [{ zone: '.', servers: [{ address, port }] }]
  const resolver = createResolver({ client: createDnsClient(), stubZones, recursors: [] })
  let access: DnsAccess = {}
  const credentials = new CredentialStore({
    secrets: new InMemorySecretStore(),
    load: () => access,
    save: (next) => {
      access = next
    },
    onSecret: () => {},
  })
  const planner = new Planner({
    lookUpZone: async ({ address: name }) => ({ zone: zoneOf(name), serviceTitle: 'BIND', suggested: 'rfc2136' }),
    openAdapter: () => createAdapter({ type: 'rfc2136', server: address, port, key }),
    access: credentials,
    view: (_domain, signal) => view(resolver, signal),
    onFailure: (error) => {
      throw error
    },
  })
  for (const zone of zones) await credentials.remember(zone, { method: 'rfc2136', values: {} })
  return planner
}
