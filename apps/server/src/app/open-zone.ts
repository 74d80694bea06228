import { createAdapter } from '@dmarc-as-code/dns/adapters'
import type { FastifyBaseLogger } from 'fastify'
import { startAuthority, ZoneData } from '../authority/index.ts'
import type { Config } from '../config/schema.ts'
import { servicePublisher } from '../publishing/service-publisher.ts'
import { type ComparableZone, embeddedPublisher, type ZonePublisher } from '../publishing/zone-publisher.ts'
import { hostedRecords } from '../rules/hosted-records.ts'
import { type HostedZone, sharedRecords } from '../rules/zone-records.ts'
import { activeHostings } from '../store/hostings.ts'
import type { Store } from '../store/open-store.ts'

export interface OpenZone {
  publisher: ZonePublisher
  /** Undefined for the embedded zone, which nobody else can change. */
  comparable: ComparableZone | undefined
  /** The embedded responder; undefined when a DNS service serves the zone. */
  dns: { address: string; port: number } | undefined
  close: () => Promise<void>
}

export interface ZoneContext {
  store: Store
  zone: HostedZone
  log: FastifyBaseLogger
  now: () => number
}

/** Opens the hosted zone as configured: the embedded responder, or the DNS service that serves the zone. */
export async function openZone(config: Config['hostedZone'], context: ZoneContext): Promise<OpenZone> {
  const { zone, log } = context
  if (config.service !== undefined) {
    const adapter = await createAdapter(config.service)
    const close = async () => adapter.close?.()
    const publisher = servicePublisher(adapter, zone.zone)
    return { publisher, comparable: publisher, dns: undefined, close }
  }
  const data = await loadZone(config, context)
  const { host: hosts, port } = config.listen
  const onError = (error: unknown) => log.error({ err: error }, 'could not answer a DNS query')
  const dns = await startAuthority({ zones: [data], hosts, port, onError })
  return { publisher: embeddedPublisher(data), comparable: undefined, dns, close: dns.close }
}

/** The whole hosted zone from the store, so that the first answer already contains everything published earlier. */
async function loadZone(config: Config['hostedZone'], { store, zone, now }: ZoneContext): Promise<ZoneData> {
  const { name, nameServers, contact } = config
  const data = new ZoneData({
    origin: name,
    nameServers: nameServers.map((server) => server.name),
    ...(contact === undefined ? {} : { contact }),
    negativeTtl: Math.min(60, zone.ttl),
    // Seconds since 1970, so that the serial after a restart is higher than any before it.
    serial: Math.floor(now() / 1000) >>> 0,
  })
  const glue = nameServers
    .filter((server) => server.name.endsWith(`.${name}`))
    .map((server) => {
      const a = server.ipv4.length > 0 ? [{ type: 'A' as const, ttl: 3600, data: server.ipv4 }] : []
      const aaaa = server.ipv6.length > 0 ? [{ type: 'AAAA' as const, ttl: 3600, data: server.ipv6 }] : []
      return [server.name, [...a, ...aaaa]] as const
    })
  const hosted = (await activeHostings(store.db)).flatMap((hosting) => hostedRecords(hosting, zone))
  data.apply([...glue, ...sharedRecords(zone), ...hosted])
  return data
}
