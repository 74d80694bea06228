import { z } from 'zod'
import { ProblemError } from '../../shared/problems.ts'
import { type SecretFailure, type SecretStore, secretProblem } from '../secrets/secret-store.ts'

/** Which method and credentials open a zone. */
export interface ZoneCredentials {
  readonly method: string
  readonly values: Readonly<Record<string, string>>
}

export type DnsAccess = Readonly<Record<string, { readonly service: string; readonly secret: string }>>

interface CredentialStoreOptions {
  readonly secrets: SecretStore
  /** The list of zones in the settings file; it holds no secrets. */
  readonly load: () => DnsAccess
  readonly save: (access: DnsAccess) => void
  /** Called with every secret value read or written, so that logs can leave it out. */
  readonly onSecret: (value: string) => void
}

export type CredentialReading =
  | { readonly ok: true; readonly credentials: ZoneCredentials }
  | { readonly ok: false; readonly failure: SecretFailure }

const valuesSchema = z.record(z.string(), z.string())

/** Remembers the credentials of DNS services, so that they are asked for once. */
export class CredentialStore {
  readonly #options: CredentialStoreOptions
  /** For the sandbox: known to the app, gone with it. */
  readonly #temporary = new Map<string, ZoneCredentials>()

  constructor(options: CredentialStoreOptions) {
    this.#options = options
  }

  addTemporary(zone: string, credentials: ZoneCredentials): void {
    this.#temporary.set(zone, credentials)
  }

  removeTemporary(zone: string): void {
    this.#temporary.delete(zone)
  }

  /** The credentials stored for this very zone. Throws a problem when the password store does not give them. */
  async of(zone: string): Promise<ZoneCredentials | undefined> {
    const given = this.#temporary.get(zone)
    if (given) return given
    const reading = await this.read(zone)
    if (!reading) return undefined
    if (reading.ok) return reading.credentials
    // Nothing stored, or nothing readable, any more: they have to be asked for again.
    if (reading.failure === 'empty' || reading.failure === 'damaged') return undefined
    throw new ProblemError(`secret-${reading.failure}`)
  }

  /** Which method holds credentials for which zone, in the order of the zones. Those of the sandbox are not kept. */
  get kept(): readonly { readonly zone: string; readonly method: string }[] {
    return Object.entries(this.#options.load())
      .map(([zone, { service }]) => ({ zone, method: service }))
      .sort((a, b) => a.zone.localeCompare(b.zone))
  }

  /** What the password store holds for this zone; undefined where nothing was ever kept. */
  async read(zone: string): Promise<CredentialReading | undefined> {
    const entry = this.#options.load()[zone]
    if (!entry) return undefined
    const reading = await this.#options.secrets.read(entry.secret)
    if (!reading.ok) return reading
    const values = this.#parse(reading.value)
    return values ? { ok: true, credentials: { method: entry.service, values } } : { ok: false, failure: 'damaged' }
  }

  /** Credentials stored for other zones that open the same kind of service; one of them may open this zone too. */
  async others(method: string, zone: string): Promise<ZoneCredentials[]> {
    const access = this.#options.load()
    const zones = Object.keys(access).filter((other) => other !== zone && access[other]?.service === method)
    const found = await Promise.all(zones.map((other) => this.of(other)))
    const distinct = new Map(found.flatMap((entry) => (entry ? [[JSON.stringify(entry.values), entry] as const] : [])))
    return [...distinct.values()]
  }

  async remember(zone: string, { method, values }: ZoneCredentials): Promise<void> {
    for (const value of Object.values(values)) this.#options.onSecret(value)
    const secret = `dns:${zone}`
    await this.#guarded(() => this.#options.secrets.write(secret, JSON.stringify(values)))
    this.#options.save({ ...this.#options.load(), [zone]: { service: method, secret } })
  }

  /** Removes the credentials from the password store, then the zone from the list. */
  async remove(zone: string): Promise<void> {
    const { [zone]: entry, ...others } = this.#options.load()
    if (!entry) return
    await this.#guarded(() => this.#options.secrets.remove(entry.secret))
    this.#options.save(others)
  }

  async #guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      throw secretProblem(error)
    }
  }

  /** Undefined for what no version of this app has written. */
  #parse(text: string): Record<string, string> | undefined {
    const values = valuesSchema.safeParse(parseJson(text)).data
    for (const value of Object.values(values ?? {})) this.#options.onSecret(value)
    return values
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
