import { DnsServiceError } from '../engine/errors.ts'
import { type DnsServiceConfig, type DnsServiceId, dnsServices, findDnsService } from '../services/catalogue.ts'
import { type ManualConfig, manual } from '../services/manual.ts'
import { fieldsOf } from './fields.ts'
import { type Environment, readSettings } from './read-settings.ts'

/** The settings of one DNS service. Plain JSON; secrets in it are never written anywhere. */
export type AdapterConfig = DnsServiceConfig<DnsServiceId> | ManualConfig

/**
 * Turns outside data into a configuration; what it lacks is taken from the environment variables that the catalogue
 * names. Fails with a `DnsServiceError` of kind `configuration` that names the field, and never a value.
 */
export function parseAdapterConfig(input: unknown, env: Environment = process.env): AdapterConfig {
  const type = typeof input === 'object' && input !== null ? (input as { type?: unknown }).type : undefined
  const entry = typeof type !== 'string' ? undefined : type === 'manual' ? manual : findDnsService(type)
  if (!entry) {
    const known = [...dnsServices.map(({ id }) => id), manual.id]
    throw new DnsServiceError({
      service: 'manual',
      kind: 'configuration',
      message: `${type === undefined ? 'No DNS service is named' : 'The given type is not a known DNS service'}.`,
      fix: `Set type to one of ${known.join(', ')}.`,
    })
  }
  const fields = fieldsOf(entry.id, input)
  fields.text('type')
  return { type: entry.id, ...readSettings(entry, fields, env) } as AdapterConfig
}
