import { DnsServiceError } from '@dmarc-as-code/dns/apply'
import type { DnsSettings } from './dns-settings.ts'
import { type DnsServiceName, terraformFields } from './service-fields.ts'

/** The settings of one service as a resource has them; secrets only where the configuration is at hand. */
export type ServiceSettings = { readonly [setting: string]: unknown }

/**
 * The engine's configuration of a service. Each setting comes from the resource, else the provider block; the engine takes
 * the rest from the environment. A setting that is no use without a secret that is nowhere is left out: reading often
 * needs no credentials.
 */
export function adapterConfig(
  service: DnsServiceName,
  resource: ServiceSettings,
  { services, env }: DnsSettings,
): { readonly type: DnsServiceName } & ServiceSettings {
  const provider = services[service]
  if (provider === 'unknown') {
    throw new DnsServiceError({
      service,
      kind: 'configuration',
      message: `The settings of \`dns.${service}\` in the provider block are known only after apply`,
      fix: 'Use input variables or the environment for them.',
    })
  }
  const fields = terraformFields(service).map(({ name, field }) => ({
    field,
    value: resource[name] ?? provider?.[name] ?? undefined,
  }))
  const known = new Set(
    fields
      .filter(({ field, value }) => value !== undefined || field.env?.some((variable) => env[variable]))
      .map(({ field }) => field.name),
  )
  const config: { type: DnsServiceName; [name: string]: unknown } = { type: service }
  for (const { field, value } of fields) {
    if (value === undefined || (field.onlyWith && !field.secret && !known.has(field.onlyWith))) continue
    const [object = '', inner] = field.name.split('.')
    config[object] = inner === undefined ? value : { ...(config[object] as object | undefined), [inner]: value }
  }
  return config
}
