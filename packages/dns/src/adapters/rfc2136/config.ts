import { DnsServiceError } from '../../engine/errors.ts'
import type { TsigKey } from '../../rfc2136/tsig.ts'
import type { Fields } from '../fields.ts'

export interface Rfc2136Config {
  type: 'rfc2136'
  /** Address or host name of the primary server. */
  server: string
  /** Default 53. */
  port?: number | undefined
  key?: TsigKey | undefined
  /** The zones to work in. Default: found by asking the server. */
  zones?: string[] | undefined
  /** Default: queries over UDP, updates over TCP. */
  transport?: 'udp' | 'tcp' | undefined
  /** Milliseconds per message. Default 5000. */
  timeout?: number | undefined
}

export function parseRfc2136Config(fields: Fields): Rfc2136Config {
  return {
    type: 'rfc2136',
    server: fields.requiredText('server', 'expected the address or host name of the primary server'),
    port: fields.integer('port', { min: 1, max: 65535 }),
    key: parseKey(fields.object('key')),
    zones: fields.texts('zones'),
    transport: fields.oneOf('transport', ['udp', 'tcp']),
    timeout: fields.integer('timeout', { min: 100, max: 600_000 }),
  }
}

function parseKey(fields: Fields | undefined): TsigKey | undefined {
  if (!fields) return undefined
  const key: TsigKey = {
    name: fields.requiredText('name'),
    algorithm: fields.oneOf('algorithm', ['hmac-sha256', 'hmac-sha512']) ?? 'hmac-sha256',
    secret: fields.requiredText('secret'),
  }
  if (/^[A-Za-z0-9+/]+={0,2}$/.test(key.secret)) return key
  throw new DnsServiceError({
    service: 'rfc2136',
    kind: 'configuration',
    message: 'The rfc2136 settings are not usable: key.secret must be base64.',
    fix: 'Copy it as it stands in the configuration of the server.',
  })
}
