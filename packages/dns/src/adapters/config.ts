import { DnsServiceError } from '../engine/errors.ts'
import { type AzureConfig, parseAzureConfig } from './azure/config.ts'
import { type CloudflareConfig, parseCloudflareConfig } from './cloudflare/config.ts'
import { type DigitalOceanConfig, parseDigitalOceanConfig } from './digitalocean/config.ts'
import { type Fields, fieldsOf } from './fields.ts'
import { type GoogleConfig, parseGoogleConfig } from './google/config.ts'
import { type ManualConfig, parseManualConfig } from './manual/config.ts'
import { type PowerDnsConfig, parsePowerDnsConfig } from './powerdns/config.ts'
import { parseRfc2136Config, type Rfc2136Config } from './rfc2136/config.ts'
import { parseRoute53Config, type Route53Config } from './route53/config.ts'

/** The settings of one DNS service. Plain JSON; secrets in it are never written anywhere. */
export type AdapterConfig =
  | Rfc2136Config
  | PowerDnsConfig
  | Route53Config
  | CloudflareConfig
  | GoogleConfig
  | AzureConfig
  | DigitalOceanConfig
  | ManualConfig

type Environment = Record<string, string | undefined>

const parsers: {
  [T in AdapterConfig['type']]: (fields: Fields, env: Environment) => Extract<AdapterConfig, { type: T }>
} = {
  rfc2136: parseRfc2136Config,
  powerdns: parsePowerDnsConfig,
  route53: parseRoute53Config,
  cloudflare: parseCloudflareConfig,
  google: parseGoogleConfig,
  azure: parseAzureConfig,
  digitalocean: parseDigitalOceanConfig,
  manual: parseManualConfig,
}

/**
 * Turns outside data into a configuration; secrets it lacks are taken from the environment. Fails with a
 * `DnsServiceError` of kind `configuration` that names the field.
 */
export function parseAdapterConfig(input: unknown, env: Environment = process.env): AdapterConfig {
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
  const config: AdapterConfig = parsers[service](fields, env)
  fields.done()
  return config
}
