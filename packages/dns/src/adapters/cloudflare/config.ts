import type { Fields } from '../fields.ts'

export interface CloudflareConfig {
  type: 'cloudflare'
  /** Default: `CLOUDFLARE_API_TOKEN`. Needs Zone Read and DNS Edit for the zones. */
  apiToken: string
  /** Default `https://api.cloudflare.com/client/v4`. */
  baseUrl?: string | undefined
  /** Milliseconds per request. Default 20,000. */
  timeout?: number | undefined
}

export function parseCloudflareConfig(fields: Fields, env: Record<string, string | undefined>): CloudflareConfig {
  return {
    type: 'cloudflare',
    apiToken:
      fields.text('apiToken') ??
      env.CLOUDFLARE_API_TOKEN ??
      fields.requiredText('apiToken', 'or set CLOUDFLARE_API_TOKEN'),
    baseUrl: fields.url('baseUrl'),
    timeout: fields.integer('timeout', { min: 100, max: 600_000 }),
  }
}
