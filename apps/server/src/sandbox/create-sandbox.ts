import { randomBytes } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { StubZone } from '@dmarc-as-code/dns'
import { type RunningServer, startServer } from '../app.ts'
import type { ZoneData } from '../authority/index.ts'
import { parseConfig } from '../config/load-config.ts'
import { createLogger } from '../config/logger.ts'
import type { Config } from '../config/schema.ts'
import { type SandboxDns, startSandboxDns } from '../sandbox-dns/index.ts'
import { describeSandbox } from './describe.ts'
import { type Faults, injectFaults } from './faults.ts'
import { type Keepsake, readKeepsake, writeKeepsake } from './keepsake.ts'
import type { SandboxOptions, SandboxTenant } from './options.ts'
import { seed } from './seed.ts'

export interface Endpoint {
  address: string
  port: number
}

/** The whole system on loopback: the server, and the DNS of a few pretended customers. */
export interface Sandbox {
  apiUrl: string
  /** May do everything in the owner's account. */
  token: string
  accountId: number
  /** The owner's account; may read only. */
  readOnlyToken: string
  /** Of a user on the free plan: one domain, no hosting. */
  freeAccount: SandboxTenant
  /** Of a user who sees nothing of the owner's. */
  otherTenant: SandboxTenant
  /** The zone that hosted records lie in. */
  hostedZone: string
  /** The customers' DNS. Takes updates (RFC 2136) signed with `tsig`. */
  dns: Endpoint
  tsig: { name: string; algorithm: 'hmac-sha256'; secret: string }
  /** Names of the customer zones. */
  customerZones: string[]
  /** A customer zone, to look at (`dump()`) or to change behind everybody's back. */
  zone: (name: string) => ZoneData
  /** The server's own DNS, for the hosted zone. */
  hostedDns: Endpoint
  policyHost: Endpoint
  /** PEM: who trusts it can fetch policy files over HTTPS. */
  caCertificate: string
  /** For a resolver of `@dmarc-as-code/dns`: which servers to ask for which zone. */
  stubZones: StubZone[]
  /** What shall go wrong at the API. */
  faults: Faults
  /** Where everything listens, for people; with the token and the key. */
  describe: () => string
  /** Stops everything. Without a folder nothing is left behind. */
  close: () => Promise<void>
}

const HOSTED_ZONE = 'hosted.test'
const KEY_NAME = 'sandbox'
const STORE = 'sandbox.sqlite'

/**
 * Starts a sandbox: nothing to configure, everything on 127.0.0.1, nothing printed.
 *
 * ```ts
 * const sandbox = await createSandbox()
 * const client = new DmarcReportClient({ baseUrl: sandbox.apiUrl, token: sandbox.token })
 * await sandbox.close()
 * ```
 */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { folder } = options
  if (folder !== undefined) await mkdir(folder, { recursive: true, mode: 0o700 })
  const kept = folder === undefined ? undefined : await readKeepsake(folder)
  if (folder !== undefined && !kept) await removeUnfinished(folder)
  const tsig = kept?.tsig ?? newKey()
  const dns = await startSandboxDns({
    keys: [tsig],
    ...(options.customerZones && { zones: options.customerZones }),
    ...(options.ports?.dns !== undefined && { port: options.ports.dns }),
    ...(folder !== undefined && { folder }),
  })
  try {
    const server = await startServer(sandboxConfig(options, dns), {
      logger: options.log ? createLogger('info', options.log) : createLogger('silent'),
      ...(options.now && { now: options.now }),
    })
    try {
      return await assemble(options, dns, server, tsig, kept)
    } catch (error) {
      await server.close()
      throw error
    }
  } catch (error) {
    await dns.close()
    throw error
  }
}

async function assemble(
  options: SandboxOptions,
  dns: SandboxDns,
  server: RunningServer,
  tsig: Keepsake['tsig'],
  kept: Keepsake | undefined,
): Promise<Sandbox> {
  const { folder } = options
  const { caCertificate, dns: hostedDns } = server
  if (!caCertificate || !hostedDns) throw new Error('The server of a sandbox must have a CA and a DNS of its own.')
  const tenants = kept?.tenants ?? (await seed(server.store, Date.now()))
  if (folder !== undefined && !kept) await writeKeepsake(folder, { tsig, tenants })
  const caFile = folder === undefined ? undefined : join(folder, 'ca-certificate.pem')
  if (caFile !== undefined) await writeFile(caFile, caCertificate)
  const sandbox: Sandbox = {
    apiUrl: server.apiUrl,
    ...tenants.owner,
    readOnlyToken: tenants.readOnlyToken,
    freeAccount: tenants.freeAccount,
    otherTenant: tenants.otherTenant,
    hostedZone: server.hostedZone,
    dns: { address: dns.address, port: dns.port },
    tsig,
    customerZones: dns.zones.map((zone) => zone.name),
    zone: dns.zone,
    hostedDns,
    policyHost: server.policyHost,
    caCertificate,
    stubZones: [...stubZones(options, dns), { zone: server.hostedZone, servers: [hostedDns] }],
    faults: injectFaults(server.http),
    describe: () => describeSandbox(sandbox, caFile),
    close: async () => {
      await server.close()
      await dns.close()
    },
  }
  return sandbox
}

/** A store whose tokens nobody knows is left of a sandbox that was cut off while it was made. */
async function removeUnfinished(folder: string): Promise<void> {
  for (const suffix of ['', '-wal', '-shm']) await rm(join(folder, STORE + suffix), { force: true })
}

/** Where customer zones are found: the given servers first, else the sandbox's own DNS. */
function stubZones(options: SandboxOptions, dns: SandboxDns): StubZone[] {
  const given = (options.stubZones ?? []).map(({ zone, servers }) => ({
    zone,
    // A running server of the tests has more than address and port; only these two are settings.
    servers: servers.map(({ address, port = 53 }) => ({ address, port })),
  }))
  const own = dns.zones
    .filter((zone) => !given.some((stub) => stub.zone === zone.name))
    .map((zone) => ({ zone: zone.name, servers: [{ address: dns.address, port: dns.port }] }))
  return [...given, ...own]
}

function sandboxConfig(options: SandboxOptions, dns: SandboxDns): Config {
  const { folder, ports } = options
  return parseConfig({
    api: { port: ports?.api ?? 0 },
    store: folder === undefined ? ':memory:' : join(folder, STORE),
    hostedZone: {
      name: HOSTED_ZONE,
      nameServers: [{ name: `ns1.${HOSTED_ZONE}`, ipv4: ['127.0.0.1'] }],
      listen: { port: ports?.hostedDns ?? 0 },
    },
    policyHost: {
      listen: { port: ports?.policyHost ?? 0 },
      addresses: { ipv4: ['127.0.0.1'] },
      certificates: { source: 'local-ca', ...(folder === undefined ? {} : { folder }) },
    },
    verification: {
      // Every look is a fresh one: a test that has just changed a record wants to see it.
      minInterval: 0,
      pace: options.pace ?? 10,
      stubZones: stubZones(options, dns),
      // Nothing leaves this machine.
      recursors: [],
      policyFile: 'own-host',
    },
    limits: { requestsPerMinute: 1_000_000 },
  })
}

function newKey(): Keepsake['tsig'] {
  return { name: KEY_NAME, algorithm: 'hmac-sha256', secret: randomBytes(32).toString('base64') }
}
