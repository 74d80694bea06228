import { createAdapter } from '@dmarc-as-code/dns/adapters'
import type { FastifyBaseLogger } from 'fastify'
import type { Config } from '../config/schema.ts'
import { servicePublisher } from '../publishing/service-publisher.ts'
import { syncZone } from '../publishing/sync-zone.ts'
import { type ComparableZone, storePublisher, type ZonePublisher } from '../publishing/zone-publisher.ts'
import { type HostedZone, type NamedRrsets, sharedRecords } from '../rules/zone-records.ts'
import type { Store } from '../store/open-store.ts'
import { zoneHead } from '../store/zone-contents.ts'
import { serveZone, type ZoneServer, type ZoneServerOptions } from '../zone-server/serve-zone.ts'
import { startZoneThread } from '../zone-server/start-thread.ts'
import { readTransferKeys } from './transfer-keys.ts'

export interface OpenZone {
  publisher: ZonePublisher
  /** Undefined for the zone of the embedded responders, which nobody else can change. */
  comparable: ComparableZone | undefined
  /** The responder of this process; undefined when another process or a DNS service serves the zone. */
  dns: { address: string; port: number } | undefined
  /** Rejects where the zone cannot be reached for publishing. */
  ready: (signal: AbortSignal) => Promise<void>
  close: () => Promise<void>
}

export interface ZoneContext {
  store: Store
  zone: HostedZone
  log: FastifyBaseLogger
  now: () => number
}

/** Opens the hosted zone as configured: in the store, from which our responders serve it, or at a DNS service. */
export async function openZone(config: Config, context: ZoneContext): Promise<OpenZone> {
  const { store, zone, now } = context
  if (config.hostedZone.service !== undefined) {
    const adapter = await createAdapter(config.hostedZone.service)
    const close = async () => adapter.close?.()
    const publisher = servicePublisher(adapter, zone.zone)
    return { publisher, comparable: publisher, dns: undefined, ready: publisher.ready, close }
  }
  const serves = config.roles.includes('dns')
  const written = (await zoneHead(store.db, zone.zone))?.complete === 1
  if (config.roles.includes('workers') || (serves && !written)) {
    await syncZone({ store, zone, configured: configuredRecords(config.hostedZone, zone), now })
  }
  const responder = serves ? await startResponder(config, context) : undefined
  const publisher = storePublisher({
    store,
    zone: zone.zone,
    now,
    served: async (serial) => responder?.catchUp(serial),
  })
  return {
    publisher,
    comparable: undefined,
    dns: responder,
    // The zone lies in the store.
    ready: async () => {},
    close: async () => responder?.close(),
  }
}

async function startResponder({ hostedZone, store: location }: Config, context: ZoneContext): Promise<ZoneServer> {
  const { store, zone, log } = context
  const { name, nameServers, contact, listen, transfer } = hostedZone
  const options: ZoneServerOptions = {
    zone: {
      origin: name,
      nameServers: nameServers.map((server) => server.name),
      ...(contact === undefined ? {} : { contact }),
      negativeTtl: Math.min(60, zone.ttl),
    },
    hosts: listen.host,
    port: listen.port,
    transfer: { ...transfer, keys: await readTransferKeys(transfer.keys) },
  }
  const onError = (message: string, err?: unknown) => log.error({ err }, message)
  // A database in memory is seen by this thread only.
  return location === ':memory:'
    ? serveZone(store, options, onError)
    : startZoneThread({ ...options, store: location }, onError)
}

/** What the configuration has in the hosted zone: the name servers, the addresses of those in the zone, shared records. */
function configuredRecords({ name, nameServers }: Config['hostedZone'], zone: HostedZone): NamedRrsets[] {
  const glue = nameServers
    .filter((server) => server.name.endsWith(`.${name}`))
    .map((server): NamedRrsets => {
      const a = server.ipv4.length > 0 ? [{ type: 'A' as const, ttl: 3600, data: server.ipv4 }] : []
      const aaaa = server.ipv6.length > 0 ? [{ type: 'AAAA' as const, ttl: 3600, data: server.ipv6 }] : []
      return [server.name, [...a, ...aaaa]]
    })
  const apex = { type: 'NS' as const, ttl: 3600, data: nameServers.map((server) => server.name) }
  return [[name, [apex]], ...glue, ...sharedRecords(zone)]
}
