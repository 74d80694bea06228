import { randomBytes } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type RunningServer, startServer } from '../app/start-server.ts'
import { createLogger } from '../config/logger.ts'
import { type SandboxDns, startSandboxDns } from '../sandbox-dns/index.ts'
import { describeSandbox } from './describe.ts'
import { injectFaults } from './faults.ts'
import type { SandboxOptions } from './options.ts'
import { playReports } from './play-reports.ts'
import type { Sandbox } from './sandbox.ts'
import { STORE, sandboxConfig, stubZones } from './sandbox-config.ts'
import { readSandboxState, type SandboxState, writeSandboxState } from './sandbox-state.ts'
import { seed } from './seed.ts'

const KEY_NAME = 'sandbox'

/**
 * Starts a sandbox on 127.0.0.1 without any configuration. It prints nothing.
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
  const saved = folder === undefined ? undefined : await readSandboxState(folder)
  if (folder !== undefined && !saved) await removeUnfinished(folder)
  const tsig = saved?.tsig ?? newKey()
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
      return await assemble(options, dns, server, tsig, saved)
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
  tsig: SandboxState['tsig'],
  saved: SandboxState | undefined,
): Promise<Sandbox> {
  const { folder } = options
  const { caCertificate, dns: hostedDns } = server
  const { smtp } = server.reports
  if (!caCertificate || !hostedDns || !smtp)
    throw new Error('The server of a sandbox must have a local CA, an embedded responder and an SMTP server.')
  const tenants = saved?.tenants ?? (await seed(server.store, Date.now()))
  if (folder !== undefined && !saved) await writeSandboxState(folder, { tsig, tenants })
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
    reports: {
      smtp,
      play: (played) => playReports(server.store, tenants.owner.accountId, options.now ?? Date.now, played),
    },
    faults: injectFaults(server.http),
    describe: () => describeSandbox(sandbox, caFile),
    close: async () => {
      await server.close()
      await dns.close()
    },
  }
  return sandbox
}

/** A sandbox that was interrupted during creation leaves a store whose tokens are lost. */
async function removeUnfinished(folder: string): Promise<void> {
  for (const suffix of ['', '-wal', '-shm']) await rm(join(folder, STORE + suffix), { force: true })
}

function newKey(): SandboxState['tsig'] {
  return { name: KEY_NAME, algorithm: 'hmac-sha256', secret: randomBytes(32).toString('base64') }
}
