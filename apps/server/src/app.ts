import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { createDnsClient, createResolver } from '@dmarc-as-code/dns/resolver'
import { createPolicyFetcher } from '@dmarc-as-code/dns/verify'
import type { FastifyBaseLogger } from 'fastify'
import { buildApi } from './api/server.ts'
import { openCertificates } from './config/certificates.ts'
import { createLogger } from './config/logger.ts'
import type { Config } from './config/schema.ts'
import { createPolicyHost, type Listening } from './policy-host/index.ts'
import { systemRandom } from './rules/secrets.ts'
import type { HostedZone } from './rules/zone-records.ts'
import { openStore, type Store } from './store/open-store.ts'
import { createLooker } from './workers/looker.ts'
import { openZone } from './workers/open-zone.ts'
import { lookupPolicy } from './workers/policy-lookup.ts'
import { refreshHostings } from './workers/refresh-hostings.ts'
import { startWorkers } from './workers/start-workers.ts'

export interface ServerOptions {
  /** Default: JSON lines on standard output, at the level of the configuration. */
  logger?: FastifyBaseLogger
  /** Milliseconds since 1970. Default `Date.now`. */
  now?: () => number
}

export interface RunningServer {
  /** Base URL of the API. */
  apiUrl: string
  /** The HTTP server behind it. */
  http: Server
  store: Store
  hostedZone: string
  /** The authoritative responder of the hosted zone; undefined when a DNS service serves it. */
  dns: { address: string; port: number } | undefined
  policyHost: { address: string; port: number }
  /** PEM of our own certificate authority, when the configuration chose one. */
  caCertificate: string | undefined
  /** Stops taking requests, lets work under way end, closes the store. */
  close: () => Promise<void>
}

/** Starts everything: store, hosted zone, policy host, workers, API. What was started is stopped again when a part fails. */
export async function startServer(config: Config, options: ServerOptions = {}): Promise<RunningServer> {
  const { now = Date.now } = options
  const log = options.logger ?? createLogger(config.log)
  const closers: (() => Promise<unknown>)[] = []
  const close = async () => {
    for (const stop of closers.splice(0).reverse()) await stop()
  }
  try {
    return await start()
  } catch (error) {
    await close()
    throw error
  }

  async function start(): Promise<RunningServer> {
    const zone = hostedZone(config)
    const store = await openStore(config.store)
    closers.push(() => store.close())

    await refreshHostings(store, zone, { now, everything: config.hostedZone.service !== undefined })
    const hosted = await openZone(config.hostedZone, { store, zone, log, now })
    closers.push(() => hosted.close())

    const certificates = await openCertificates(config, { store, log, now })
    closers.push(() => certificates.close())
    const policyHost = await createPolicyHost({
      lookupPolicy: (hostname, { serving }) => lookupPolicy(store, hostname, { now, serving }),
      ...(certificates.source ? { certificates: certificates.source } : {}),
      ...config.policyHost.listen,
      onError: (hostname, error) => log.warn({ err: error, hostname }, 'no certificate could be had'),
    })
    closers.push(() => policyHost.close())

    const eyes = openEyes(config, { dns: hosted.dns, policyHost, caCertificate: certificates.caCertificate, now })
    const { minInterval, pace } = config.verification
    const looker = createLooker({ store, zone, eyes, minInterval, pace, log })
    const workers = startWorkers({ store, zone, publisher: hosted.publisher, looker, now, log })
    closers.push(() => workers.stop())

    const context = {
      store,
      zone,
      now,
      random: systemRandom,
      lookAt: looker.lookAt,
      pace,
      published: workers.wake,
      readiness: async () => ({ store: await answers(store) }),
      version: packageVersion(),
    }
    const api = await buildApi(context, { logger: log, requestsPerMinute: config.limits.requestsPerMinute })
    closers.push(() => api.close())
    const apiUrl = await api.listen(config.api)
    return {
      apiUrl,
      http: api.server,
      store,
      hostedZone: zone.zone,
      dns: hosted.dns && { address: hosted.dns.address, port: hosted.dns.port },
      policyHost: { address: policyHost.address, port: policyHost.port },
      caCertificate: certificates.caCertificate,
      close,
    }
  }
}

function hostedZone(config: Config): HostedZone {
  const { name, ttl } = config.hostedZone
  const { certificates, certificateAuthorities } = config.policyHost
  return {
    zone: name,
    ttl,
    reportHost: config.reports.host ?? `reports.${name}`,
    reportExchanges: config.reports.exchanges,
    policyHostAddresses: config.policyHost.addresses,
    certificateAuthorities: certificateAuthorities ?? (certificates.source === 'acme' ? ['letsencrypt.org'] : []),
  }
}

/** How this server looks at the world. For a zone it serves itself it asks its own responder. */
function openEyes(
  config: Config,
  parts: {
    dns: { address: string; port: number } | undefined
    policyHost: Listening
    caCertificate: string | undefined
    now: () => number
  },
) {
  const { stubZones, recursors, policyFile } = config.verification
  const own = parts.dns && {
    zone: config.hostedZone.name,
    servers: [{ address: reachable(parts.dns.address), port: parts.dns.port }],
  }
  const connect = { address: reachable(parts.policyHost.address), port: parts.policyHost.port }
  return {
    resolver: createResolver({
      client: createDnsClient(),
      stubZones: own ? [own, ...stubZones] : stubZones,
      ...(recursors === undefined ? {} : { recursors }),
    }),
    http: createPolicyFetcher({
      ...(policyFile === 'own-host' ? { connect } : {}),
      ...(parts.caCertificate === undefined ? {} : { ca: parts.caCertificate }),
    }),
    now: parts.now,
    random: Math.random,
    certificatesAreOrdered: config.policyHost.certificates.source !== 'local-ca',
  }
}

/** An address to connect to, for one that was listened on. */
const reachable = (address: string): string =>
  address === '0.0.0.0' ? '127.0.0.1' : address === '::' ? '::1' : address

async function answers(store: Store): Promise<boolean> {
  try {
    await store.db.selectFrom('users').select('id').limit(1).execute()
    return true
  } catch {
    return false
  }
}

function packageVersion(): string {
  for (const path of ['../package.json', '../../package.json']) {
    try {
      const { name, version } = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'))
      if (name === '@dmarc-as-code/server') return String(version)
    } catch {
      // Built files lie one folder deeper than the sources.
    }
  }
  return '0.0.0'
}
