import type { DnsAdapter } from '@dmarc-as-code/dns/apply'
import type { ServiceSettings } from './adapter-config.ts'
import type { DnsSettings } from './dns-settings.ts'
import { type DnsServiceName, terraformFields } from './service-fields.ts'

/**
 * The DNS services in use, each set of credentials opened once for all resources of one Terraform process. Their code is loaded
 * by the first that is opened.
 */
export class AdapterPool {
  readonly #settings: DnsSettings
  readonly #open = new Map<string, Promise<DnsAdapter>>()

  constructor(settings: DnsSettings) {
    this.#settings = settings
  }

  /**
   * Tells one DNS service from another, without its secrets: those of a resource are known only while it is created or
   * changed.
   */
  target(service: DnsServiceName, settings: ServiceSettings): string {
    const { services, env } = this.#settings
    const provider = services[service]
    const values = terraformFields(service)
      .filter(({ field }) => !field.secret)
      .map(({ name, field }) => {
        const set = settings[name] ?? (typeof provider === 'object' ? provider?.[name] : undefined)
        return [name, set ?? field.env?.map((variable) => env[variable]).find(Boolean) ?? null]
      })
    return JSON.stringify([service, ...values])
  }

  /** Rejects with a `DnsServiceError` of kind `configuration` where settings are missing. */
  async open(service: DnsServiceName, settings: ServiceSettings): Promise<DnsAdapter> {
    const [{ createAdapter }, { adapterConfig }] = await Promise.all([
      import('@dmarc-as-code/dns/adapters'),
      import('./adapter-config.ts'),
    ])
    const config = adapterConfig(service, settings, this.#settings)
    const key = JSON.stringify(config)
    const known = this.#open.get(key)
    if (known) return known
    const adapter = createAdapter(config, { env: { ...this.#settings.env } })
    this.#open.set(key, adapter)
    adapter.catch(() => this.#open.delete(key))
    return adapter
  }
}
