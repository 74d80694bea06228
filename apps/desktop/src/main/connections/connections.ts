import { DmarcReportClient, type LiveLookUps } from '@dmarc-as-code/client'
import type { Redactor } from '@dmarc-as-code/primitives'
import type { SandboxInfo } from '../../sandbox/protocol.ts'
import type { NewConnection } from '../../shared/contract/connection-requests.ts'
import { ProblemError } from '../../shared/problems.ts'
import type { StubZone } from '../../shared/stub-zone.ts'
import type { ConnectionConfig } from '../config/config.ts'
import type { ConfigStore } from '../config/config-store.ts'
import { type SecretStore, secretProblem } from '../secrets/secret-store.ts'
import { ClientService } from '../service/client-service.ts'
import type { Service } from '../service/service.ts'
import type { WatchedConnection } from '../watch/connection-watch.ts'
import { checkedBaseUrl, parseStubZones } from './endpoint.ts'

const secretName = (connectionId: string) => `connection:${connectionId}`

interface ConnectionsOptions {
  readonly config: ConfigStore
  readonly secrets: SecretStore
  readonly redactor: Redactor
  readonly newId: () => string
  readonly userAgent: string
  readonly fetch: typeof fetch
  /** How to read what is live for the domains of a connection. */
  readonly lookUps: (connectionId: string) => LiveLookUps
  readonly now: () => number
}

/** The services the person connected: their settings in the settings file, their tokens in the password store. */
export class Connections {
  readonly #options: ConnectionsOptions
  /** Sandboxes live in memory only, token and all. */
  readonly #sandboxes = new Map<string, SandboxInfo>()
  #adding: Promise<unknown> = Promise.resolve()

  constructor(options: ConnectionsOptions) {
    this.#options = options
  }

  get saved(): readonly ConnectionConfig[] {
    return this.#options.config.get().connections
  }

  /** Tries the token before anything is kept, so that a typing error shows at once. One after another, as each looks at the others. */
  add(input: NewConnection, signal: AbortSignal): Promise<ConnectionConfig> {
    const added = this.#adding.then(() => this.#add(input, signal))
    this.#adding = added.catch(() => {})
    return added
  }

  async #add(input: NewConnection, signal: AbortSignal): Promise<ConnectionConfig> {
    const { config, newId } = this.#options
    const connection: ConnectionConfig = {
      id: newId(),
      kind: input.kind,
      title: input.title.trim(),
      baseUrl: checkedBaseUrl(input.baseUrl),
      stubZones: parseStubZones(input.stubZones),
    }
    await this.#requireNew(connection, input.token)
    await this.#service(connection, input.token).list(signal)
    await this.#keep(connection.id, input.token)
    config.update((current) => ({ ...current, connections: [...current.connections, connection] }))
    return connection
  }

  async replaceToken(connectionId: string, token: string, signal: AbortSignal): Promise<void> {
    await this.#service(this.#saved(connectionId), token).list(signal)
    await this.#keep(connectionId, token)
  }

  async remove(connectionId: string): Promise<void> {
    if (this.#sandboxes.delete(connectionId)) return
    const { config, secrets } = this.#options
    config.update((current) => ({
      ...current,
      connections: current.connections.filter((connection) => connection.id !== connectionId),
    }))
    // The setting is gone either way; a token left behind in a locked store is harmless without it.
    await secrets.remove(secretName(connectionId)).catch(() => {})
  }

  addSandbox(info: SandboxInfo): WatchedConnection {
    const id = `sandbox-${this.#options.newId()}`
    this.#sandboxes.set(id, info)
    this.#options.redactor.add(info.token)
    this.#options.redactor.add(info.tsig.secret)
    return { id, kind: 'sandbox', title: 'Sandbox', baseUrl: info.apiUrl }
  }

  /** Opens the service of a connection with its stored token. */
  async open(connection: WatchedConnection): Promise<Service> {
    const sandbox = this.#sandboxes.get(connection.id)
    if (sandbox) return this.#service(connection, sandbox.token)
    const reading = await this.#options.secrets.read(secretName(connection.id))
    if (!reading.ok) throw new ProblemError(`secret-${reading.failure}`)
    return this.#service(connection, reading.value)
  }

  stubZones(connectionId: string): readonly StubZone[] {
    return this.#sandboxes.get(connectionId)?.stubZones ?? this.#saved(connectionId).stubZones
  }

  #saved(connectionId: string): ConnectionConfig {
    const found = this.saved.find((connection) => connection.id === connectionId)
    if (!found) throw new ProblemError('not-found')
    return found
  }

  #service(connection: WatchedConnection, token: string): Service {
    this.#options.redactor.add(token)
    const client = new DmarcReportClient({
      token,
      baseUrl: connection.baseUrl,
      userAgent: this.#options.userAgent,
      fetch: this.#options.fetch,
      // The watch has its own back-off; one quick repeat covers a dropped connection.
      maxRetries: 1,
    })
    return new ClientService({
      client,
      connectionId: connection.id,
      host: new URL(connection.baseUrl).host,
      webPage: () => webPage(connection),
      lookUps: this.#options.lookUps(connection.id),
      now: this.#options.now,
    })
  }

  /** The same service with another token may be another account; with the same token it is the same connection. */
  async #requireNew({ baseUrl }: ConnectionConfig, token: string): Promise<void> {
    for (const saved of this.saved.filter((other) => other.baseUrl === baseUrl)) {
      const reading = await this.#options.secrets.read(secretName(saved.id))
      if (reading.ok && reading.value === token)
        throw new ProblemError(
          'already-connected',
          `This service is already connected with this token, as "${saved.title}".`,
        )
    }
  }

  async #keep(connectionId: string, token: string): Promise<void> {
    try {
      await this.#options.secrets.write(secretName(connectionId), token)
    } catch (error) {
      throw secretProblem(error)
    }
  }
}

/** The vendor's site leads to its web app; a self-hosted server has one at its own address. */
function webPage({ kind, baseUrl }: WatchedConnection): string | undefined {
  if (kind === 'vendor') return 'https://dmarcreport.com/'
  return kind === 'self-hosted' ? baseUrl : undefined
}
