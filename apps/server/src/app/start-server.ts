import type { Server } from 'node:http'
import { createDnsClient, createResolver, type Resolver, systemRecursors } from '@dmarc-as-code/dns/resolver'
import { caaForbids, createPolicyFetcher, findCaa, type PolicyFetcher } from '@dmarc-as-code/dns/verify'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import type { ApiContext } from '../api/context.ts'
import { buildApi } from '../api/server.ts'
import { type PendingOrders, pendingOrders } from '../certificates/pending-orders.ts'
import { createLogger } from '../config/logger.ts'
import { type Role, roles } from '../config/roles.ts'
import type { Config } from '../config/schema.ts'
import { currentRecords } from '../current/current-records.ts'
import { countingClient } from '../metrics/counting-client.ts'
import { createMetrics, type Metrics } from '../metrics/metrics.ts'
import { serveMetrics } from '../metrics/serve-metrics.ts'
import { addStoreMetrics } from '../metrics/store-metrics.ts'
import { hideInternalServers } from '../network/internal-servers.ts'
import { publicOnlyClient, publicOnlyFetcher } from '../network/public-only.ts'
import { mailSender } from '../notices/mail.ts'
import { sealStoredSecrets } from '../notices/webhook-secrets.ts'
import { createPolicyHost, type Listening } from '../policy-host/index.ts'
import { lookUpPolicy } from '../policy-host/look-up-policy.ts'
import { refreshHostings } from '../publishing/refresh-hostings.ts'
import { type Reports, startReports } from '../reports/start-reports.ts'
import { systemRandom } from '../rules/secrets.ts'
import { openStore, type Store } from '../store/open-store.ts'
import { looksOnDemand } from '../verification/looks-on-demand.ts'
import { createVerifier } from '../verification/verifier.ts'
import { certificateAuthorities } from './certificate-authorities.ts'
import { hostedZone } from './hosted-zone.ts'
import { type OpenCertificates, openCertificates } from './open-certificates.ts'
import { openZone } from './open-zone.ts'
import { packageVersion } from './package-version.ts'
import { readiness } from './readiness.ts'
import { startWorkers } from './start-workers.ts'
import { configuredWebhookSecrets } from './store-keys.ts'
import { zoneSerial } from './zone-serial.ts'

export interface ServerOptions {
  /** Default: JSON lines on standard output, at the level of the configuration. */
  logger?: FastifyBaseLogger
  /** Milliseconds since 1970. Default `Date.now`. */
  now?: () => number
  /** Fetches the policy files that domains have elsewhere. Default: over HTTPS, from the addresses in DNS. */
  policyFetcher?: PolicyFetcher
}

/** The parts of a server that run in this process; those of other roles are undefined. */
export interface RunningRoles {
  /** Base URL of the API. */
  apiUrl: string | undefined
  /** The HTTP server behind it. */
  http: Server | undefined
  store: Store
  hostedZone: string
  /** The authoritative responder of the hosted zone; undefined too when a DNS service serves it. */
  dns: { address: string; port: number } | undefined
  policyHost: { address: string; port: number } | undefined
  reports: Reports | undefined
  /** The listener of the metrics, when the configuration has one. */
  metrics: { address: string; port: number } | undefined
  /** PEM of the local certificate authority, when the configuration selects it. */
  caCertificate: string | undefined
  /** Stops accepting requests, waits for work in progress, closes the store. */
  close: () => Promise<void>
}

/** A server with all roles in one process. */
export interface RunningServer extends RunningRoles {
  apiUrl: string
  http: Server
  policyHost: { address: string; port: number }
  reports: Reports
}

/** Starts all roles, whatever the configuration says. */
export async function startServer(config: Config, options: ServerOptions = {}): Promise<RunningServer> {
  const server = await startRoles({ ...config, roles: [...roles] }, options)
  const { apiUrl, http, policyHost, reports } = server
  if (apiUrl === undefined || !http || !policyHost || !reports) throw new Error('A role of the server was not started.')
  return { ...server, apiUrl, http, policyHost, reports }
}

/** Starts the store and the configured roles. When one of them fails to start, the others are stopped again. */
export async function startRoles(config: Config, options: ServerOptions = {}): Promise<RunningRoles> {
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

  async function start(): Promise<RunningRoles> {
    const store = await openStore(config.store)
    closers.push(() => store.close())
    const zone = hostedZone(config, await certificateAuthorities(config, { store, log }))

    const counters = config.metrics && createMetrics(packageVersion())
    const metrics = counters && (await startMetrics(counters, store))
    const runs = (role: Role) => config.roles.includes(role)
    if (runs('workers')) await refreshHostings(store, zone, { now })
    const hosted = await openZone(config, { store, zone, log, now })
    closers.push(() => hosted.close())

    const certificates = await openCertificates(config, {
      store,
      log,
      now,
      forbiddenByCaa: (hostname) => forbiddenByCaa(deps.resolver, hostname, zone.certificateAuthorities),
    })
    closers.push(() => certificates.close())
    const policyHost = runs('policy') ? await startPolicyHost(store, certificates) : undefined

    const deps = verificationDeps(config, {
      metrics: counters,
      dns: hosted.dns,
      policyHost: policyHost ?? { address: config.policyHost.listen.host, port: config.policyHost.listen.port },
      caCertificate: certificates.caCertificate,
      pendingOrders: certificates.ordered && pendingOrders(store, certificates.ordered, now),
      now,
    })
    const current = currentRecords({
      resolver: deps.resolver,
      http: options.policyFetcher ?? guarded(createPolicyFetcher(), config),
      hide: deps.hide,
    })
    const { minInterval, pace } = config.verification
    const onLook = counters?.look
    const verifier = createVerifier({
      store,
      current,
      zone,
      deps,
      minInterval,
      pace,
      log,
      ...(onLook ? { onLook } : {}),
    })
    const secrets = await configuredWebhookSecrets(config)
    if (runs('workers')) await sealStoredSecrets(store, secrets)
    const mail = config.notices.mail && mailSender(config.notices.mail)
    closers.push(async () => mail?.close())
    const workers = runs('workers')
      ? startWorkers({
          store,
          zone,
          publisher: hosted.publisher,
          comparable: hosted.comparable,
          serial: (signal) => zoneSerial(deps.resolver, zone.zone, signal),
          verifier,
          certificates: certificates.ordered,
          orderLimits: config.limits.certificateOrders,
          current,
          notices: { mail, webhook: { allowPrivate: config.network.allowPrivate }, secrets },
          now,
          log,
        })
      : undefined
    if (workers) closers.push(() => workers.stop())
    const { resolver } = deps
    const reports = runs('intake')
      ? await startReports({ store, config, reportHost: zone.reportHost, zone: zone.zone, resolver, current, now, log })
      : undefined
    if (reports) closers.push(() => reports.stop())

    const context: ApiContext = {
      store,
      zone,
      now,
      random: systemRandom,
      verifyNow: verifier.verifyNow,
      current,
      looks: looksOnDemand(config.limits.looks),
      allowPrivate: config.network.allowPrivate,
      sendsMail: mail !== undefined,
      webhookSecrets: secrets,
      pace,
      deletionGrace: config.hostedZone.deletionGraceHours * 3_600_000,
      // The workers of other processes poll.
      wakePublisher: workers?.wake ?? (() => {}),
      wakeReports: reports?.wake ?? (() => {}),
      readiness: readiness({ store, zone: hosted.ready }),
      version: packageVersion(),
    }
    const api = runs('api') ? await startApi(context, counters) : undefined
    return {
      apiUrl: api?.url,
      http: api?.server,
      store,
      hostedZone: zone.zone,
      dns: hosted.dns && { address: hosted.dns.address, port: hosted.dns.port },
      policyHost: policyHost && { address: policyHost.address, port: policyHost.port },
      reports,
      metrics,
      caCertificate: certificates.caCertificate,
      close,
    }
  }

  async function startMetrics(counters: Metrics, store: Store) {
    const onError = (error: unknown) => log.warn({ err: error }, 'could not collect metrics')
    addStoreMetrics(counters.registry, { store, zone: config.hostedZone.name, now, onError })
    const { host, port } = config.metrics ?? { host: '127.0.0.1', port: 0 }
    const server = await serveMetrics(counters.registry, { host, port, onError })
    closers.push(() => server.close())
    return { address: server.address, port: server.port }
  }

  async function startPolicyHost(store: Store, certificates: OpenCertificates): Promise<Listening> {
    const policyHost = await createPolicyHost({
      lookUpPolicy: (hostname, { serving }) => lookUpPolicy(store, hostname, { now, serving }),
      ...(certificates.source ? { certificates: certificates.source } : {}),
      ...(certificates.alpnProof ? { alpnProof: certificates.alpnProof } : {}),
      ...config.policyHost.listen,
      onError: (hostname, error) => log.warn({ err: error, hostname }, 'could not obtain a certificate'),
    })
    closers.push(() => policyHost.close())
    return policyHost
  }

  async function startApi(
    context: ApiContext,
    counters: Metrics | undefined,
  ): Promise<{ url: string; server: Server }> {
    const api = await buildApi(context, {
      logger: log,
      requestsPerMinute: config.limits.requestsPerMinute,
      requestsPerMinuteAndAddress: config.limits.requestsPerMinuteAndAddress,
      trustProxy: config.api.trustProxy,
      ...(counters ? { onAnswer: counters.request } : {}),
    })
    closers.push(() => closeApi(api))
    return { url: await api.listen({ host: config.api.host, port: config.api.port }), server: api.server }
  }
}

/** Milliseconds for running requests to finish after the server is told to stop. */
const closeTime = 20_000

async function closeApi(api: Pick<FastifyInstance, 'close' | 'server'>): Promise<void> {
  const timer = setTimeout(() => api.server.closeAllConnections(), closeTime)
  await api.close().finally(() => clearTimeout(timer))
}

/** Milliseconds for the CAA records of a host name. */
const caaTime = 5000

/** Why the CAA records of a host name keep these CAs from issuing; undefined where they do not, or cannot be read. */
async function forbiddenByCaa(
  resolver: Resolver,
  hostname: string,
  issuers: readonly string[],
): Promise<string | undefined> {
  const caa = await findCaa(resolver.begin({ timeout: caaTime }), hostname, AbortSignal.timeout(caaTime)).catch(
    () => undefined,
  )
  return caaForbids(caa, issuers)
}

/** What verification uses to query DNS and fetch policy files. A zone this server serves itself is queried at its own responder. */
function verificationDeps(
  config: Config,
  parts: {
    dns: { address: string; port: number } | undefined
    policyHost: { address: string; port: number }
    caCertificate: string | undefined
    pendingOrders: PendingOrders | undefined
    metrics: Metrics | undefined
    now: () => number
  },
) {
  const { stubZones, recursors, policyFile } = config.verification
  const own = parts.dns && {
    zone: config.hostedZone.name,
    servers: [{ address: reachable(parts.dns.address), port: parts.dns.port }],
  }
  const connect = { address: reachable(parts.policyHost.address), port: parts.policyHost.port }
  const stubs = own ? [own, ...stubZones] : stubZones
  const resolvers = recursors ?? systemRecursors()
  const guards = {
    configured: [...stubs.flatMap(({ servers }) => servers), ...resolvers],
    zones: [config.hostedZone.name, ...stubs.map(({ zone }) => zone)],
    own: ownAddresses(config),
  }
  const plain = createDnsClient()
  const client = parts.metrics ? countingClient(plain, parts.metrics) : plain
  const fetcher = createPolicyFetcher({
    ...(policyFile === 'own-host' ? { connect } : {}),
    ...(parts.caCertificate === undefined ? {} : { ca: parts.caCertificate }),
  })
  return {
    resolver: createResolver({
      client: config.network.allowPrivate ? client : publicOnlyClient(client, guards),
      stubZones: stubs,
      recursors: resolvers,
    }),
    // The policy host is asked at the address of the configuration then, whatever DNS says.
    http: policyFile === 'own-host' ? fetcher : guarded(fetcher, config),
    hide: config.network.allowPrivate
      ? (text: string) => text
      : hideInternalServers([...guards.configured, { address: connect.address }]),
    now: parts.now,
    random: Math.random,
    certificatesAreOrdered: config.policyHost.certificates.source !== 'local-ca',
    ...(parts.pendingOrders ? { pendingOrders: parts.pendingOrders } : {}),
  }
}

/** A fetcher that stays on the public internet, unless the configuration says otherwise. */
function guarded(fetcher: PolicyFetcher, config: Config): PolicyFetcher {
  return config.network.allowPrivate ? fetcher : publicOnlyFetcher(fetcher, ownAddresses(config))
}

const ownAddresses = ({ policyHost: { addresses } }: Config): string[] => [...addresses.ipv4, ...addresses.ipv6]

/** The address to connect to for a listen address: a wildcard becomes loopback. */
const reachable = (address: string): string =>
  address === '0.0.0.0' ? '127.0.0.1' : address === '::' ? '::1' : address
