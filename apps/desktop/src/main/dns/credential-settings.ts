import type { DnsAdapter } from '@dmarc-as-code/dns/apply'
import type { StoredCredentials, StoredState } from '../../shared/credentials.ts'
import { ProblemError } from '../../shared/problems.ts'
import type { CredentialReading, CredentialStore, ZoneCredentials } from './credential-store.ts'
import { dnsProblem } from './dns-problem.ts'
import { accessMethods } from './methods.ts'

interface CredentialSettingsOptions {
  readonly access: Pick<CredentialStore, 'kept' | 'read' | 'remember' | 'remove'>
  readonly openAdapter: (credentials: ZoneCredentials) => Promise<DnsAdapter>
  readonly onChange: () => void
}

const tryTimeout = 30_000

type Known = Pick<StoredCredentials, 'state' | 'details'>

/** The kept credentials as a person tidies them: which there are, other ones in their place, or none. */
export class CredentialSettings {
  readonly #options: CredentialSettingsOptions
  readonly #known = new Map<string, Known>()
  #reading: Promise<void> | undefined

  constructor(options: CredentialSettingsOptions) {
    this.#options = options
  }

  get view(): StoredCredentials[] {
    return this.#options.access.kept.map(({ zone, method }) => ({
      zone,
      method,
      serviceTitle: accessMethods.find(({ id }) => id === method)?.title ?? method,
      ...(this.#known.get(zone) ?? { state: 'unread', details: [] }),
    }))
  }

  /** Reads the password store. Calls meanwhile join. */
  read(): Promise<void> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined
    })
    return this.#reading
  }

  /** The password store answers after all: what could not be read because of it is read now. */
  async storeAnswered(): Promise<void> {
    const shut = this.view.some(({ state }) => isShut(state))
    if (shut) await this.read()
  }

  /** Keeps other credentials for a zone, if they open it. */
  async replace(zone: string, credentials: ZoneCredentials): Promise<void> {
    const { access, openAdapter, onChange } = this.#options
    if (!access.kept.some((entry) => entry.zone === zone))
      throw new ProblemError('bad-request', 'There are no stored credentials for this zone.')
    try {
      const adapter = await openAdapter(credentials)
      try {
        if (!(await adapter.findZone(zone, { signal: AbortSignal.timeout(tryTimeout) })))
          throw new ProblemError(
            'dns-credentials-refused',
            `The credentials are valid, but give no access to the zone ${zone}.`,
          )
      } finally {
        await adapter.close?.()
      }
    } catch (error) {
      throw dnsProblem(error)
    }
    await access.remember(zone, credentials)
    this.#known.set(zone, known({ ok: true, credentials }))
    onChange()
  }

  /** Takes them out of the password store; where that does not work they stay in the list. */
  async remove(zone: string): Promise<void> {
    await this.#options.access.remove(zone)
    this.#known.delete(zone)
    this.#options.onChange()
  }

  async #read(): Promise<void> {
    const { access, onChange } = this.#options
    for (const { zone } of access.kept) {
      const reading = await access.read(zone)
      if (!reading) continue
      const now = known(reading)
      if (isShut(now.state)) {
        // The whole store is; a question for each zone would only bring its dialog back.
        for (const other of access.kept) {
          this.#known.set(other.zone, { state: now.state, details: this.#known.get(other.zone)?.details ?? [] })
        }
        break
      }
      this.#known.set(zone, now)
    }
    onChange()
  }
}

function isShut(state: StoredState): boolean {
  return state === 'locked' || state === 'unavailable'
}

function known(reading: CredentialReading): Known {
  if (!reading.ok) return { state: reading.failure, details: [] }
  const { method, values } = reading.credentials
  const fields = accessMethods.find(({ id }) => id === method)?.fields ?? []
  const details = fields.flatMap(({ name, label, secret }) => {
    const value = values[name]
    return secret || !value ? [] : [{ label, value }]
  })
  return { state: 'stored', details }
}
