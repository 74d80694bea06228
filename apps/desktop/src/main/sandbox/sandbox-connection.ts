import type { SandboxInfo } from '../../sandbox/protocol.ts'
import type { Connections } from '../connections/connections.ts'
import type { CredentialStore } from '../dns/credential-store.ts'
import type { Watcher } from '../watch/watcher.ts'

interface SandboxConnectionOptions {
  readonly process: { start(): Promise<SandboxInfo>; stop(): void }
  readonly connections: Pick<Connections, 'addSandbox'>
  readonly watcher: Pick<Watcher, 'connections' | 'add'>
  readonly credentials: Pick<CredentialStore, 'addTemporary' | 'removeTemporary'>
}

/** The one sandbox that is watched, with the keys to its zones: all in memory, for this run only. */
export class SandboxConnection {
  readonly #options: SandboxConnectionOptions
  #zones: readonly string[] = []

  constructor(options: SandboxConnectionOptions) {
    this.#options = options
  }

  /** Starts a sandbox and watches it, or gives the one there is. */
  async start(): Promise<{ connectionId: string }> {
    return this.#running() ?? this.use(await this.#options.process.start())
  }

  /** Watches a sandbox that runs already; who started it ends it. */
  async use(info: SandboxInfo): Promise<{ connectionId: string }> {
    const { connections, watcher, credentials } = this.#options
    const running = this.#running()
    if (running) return running
    const connection = connections.addSandbox(info)
    const { dns, tsig } = info
    this.#zones = info.customerZones
    for (const zone of info.customerZones) {
      credentials.addTemporary(zone, {
        method: 'rfc2136',
        values: {
          server: dns.address,
          port: String(dns.port),
          keyName: tsig.name,
          algorithm: tsig.algorithm,
          secret: tsig.secret,
        },
      })
    }
    await watcher.add(connection)
    return { connectionId: connection.id }
  }

  stop(): void {
    for (const zone of this.#zones) this.#options.credentials.removeTemporary(zone)
    this.#zones = []
    this.#options.process.stop()
  }

  #running(): { connectionId: string } | undefined {
    const running = this.#options.watcher.connections.find(({ kind }) => kind === 'sandbox')
    return running && { connectionId: running.id }
  }
}
