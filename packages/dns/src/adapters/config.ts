import { DnsServiceError } from '../engine/errors.ts'
import { type Fields, fieldsOf } from './fields.ts'
import { parseRfc2136Config, type Rfc2136Config } from './rfc2136-config.ts'

/** The settings of one DNS service. Plain JSON; secrets in it are never written anywhere. */
export type AdapterConfig = Rfc2136Config

const parsers: { [T in AdapterConfig['type']]: (fields: Fields) => Extract<AdapterConfig, { type: T }> } = {
  rfc2136: parseRfc2136Config,
}

/** Turns outside data into a configuration. Fails with a `DnsServiceError` of kind `configuration` that names the field. */
export function parseAdapterConfig(input: unknown): AdapterConfig {
  const type = typeof input === 'object' && input !== null ? (input as { type?: unknown }).type : undefined
  const known = Object.keys(parsers)
  if (typeof type !== 'string' || !Object.hasOwn(parsers, type)) {
    throw new DnsServiceError({
      service: 'manual',
      kind: 'configuration',
      message: `${type === undefined ? 'No DNS service is named' : `"${type}" is not a known DNS service`}.`,
      fix: `Set type to one of ${known.join(', ')}.`,
    })
  }
  const service = type as AdapterConfig['type']
  const fields = fieldsOf(service, input)
  fields.text('type')
  const config = parsers[service](fields)
  fields.done()
  return config
}
