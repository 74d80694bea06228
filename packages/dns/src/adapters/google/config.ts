import type { Fields } from '../fields.ts'

export interface GoogleConfig {
  type: 'google'
  /** Default: `GOOGLE_CLOUD_PROJECT`, `GCLOUD_PROJECT`, or the project of the credentials or the machine. */
  project?: string | undefined
  /** The id of the one zone to work in, where several public zones share a name. Default: the zone with the name. */
  managedZone?: string | undefined
  /**
   * A credentials file: of a service account, of workload identity federation, or of `gcloud auth application-default
   * login`. Default: Google's own chain.
   */
  credentialsFile?: string | undefined
  /** The contents of such a file. */
  credentials?: string | undefined
  /** A ready token, as `gcloud auth print-access-token` gives it. Default: `GOOGLE_OAUTH_ACCESS_TOKEN`. */
  accessToken?: string | undefined
  /** Default `https://dns.googleapis.com/dns/v1`. */
  baseUrl?: string | undefined
  /** Milliseconds per request. Default 20,000. */
  timeout?: number | undefined
}

export function parseGoogleConfig(fields: Fields, env: Record<string, string | undefined>): GoogleConfig {
  return {
    type: 'google',
    project: fields.text('project') ?? env.GOOGLE_CLOUD_PROJECT ?? env.GCLOUD_PROJECT,
    managedZone: fields.text('managedZone'),
    credentialsFile: fields.text('credentialsFile'),
    credentials: fields.text('credentials'),
    accessToken: fields.text('accessToken') ?? env.GOOGLE_OAUTH_ACCESS_TOKEN,
    baseUrl: fields.url('baseUrl'),
    timeout: fields.integer('timeout', { min: 100, max: 600_000 }),
  }
}
