import type { Fields } from '../fields.ts'

export interface DigitalOceanConfig {
  type: 'digitalocean'
  /** Default: `DIGITALOCEAN_TOKEN`, then `DIGITALOCEAN_ACCESS_TOKEN`. */
  token: string
  /** Default `https://api.digitalocean.com/v2`. */
  baseUrl?: string | undefined
  /** Milliseconds per request. Default 20,000. */
  timeout?: number | undefined
}

export function parseDigitalOceanConfig(fields: Fields, env: Record<string, string | undefined>): DigitalOceanConfig {
  return {
    type: 'digitalocean',
    token:
      fields.text('token') ??
      env.DIGITALOCEAN_TOKEN ??
      env.DIGITALOCEAN_ACCESS_TOKEN ??
      fields.requiredText('token', 'or set DIGITALOCEAN_TOKEN'),
    baseUrl: fields.url('baseUrl'),
    timeout: fields.integer('timeout', { min: 100, max: 600_000 }),
  }
}
