import type { Fields } from '../fields.ts'

export interface PowerDnsConfig {
  type: 'powerdns'
  /** Where its API listens, without `/api/v1`: `https://dns.example.com:8081`. */
  url: string
  /** Default: `PDNS_API_KEY` of the environment. */
  apiKey: string
  /** Default `localhost`, which every PowerDNS calls itself. */
  serverId?: string | undefined
  /** Milliseconds per request. Default 20,000. */
  timeout?: number | undefined
}

export function parsePowerDnsConfig(fields: Fields, env: Record<string, string | undefined>): PowerDnsConfig {
  return {
    type: 'powerdns',
    // Its own web server speaks plain HTTP only; people put it on a private network or behind a proxy.
    url: fields.url('url', { plainHttp: true }) ?? fields.requiredText('url', 'expected the address of its web server'),
    apiKey: fields.text('apiKey') ?? env.PDNS_API_KEY ?? fields.requiredText('apiKey', 'or set PDNS_API_KEY'),
    serverId: fields.text('serverId'),
    timeout: fields.integer('timeout', { min: 100, max: 600_000 }),
  }
}
