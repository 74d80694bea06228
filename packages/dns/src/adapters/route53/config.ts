import type { Fields } from '../fields.ts'

export interface Route53Config {
  type: 'route53'
  /** Default: the AWS chain (environment, profile, SSO, container, instance). */
  accessKeyId?: string | undefined
  secretAccessKey?: string | undefined
  sessionToken?: string | undefined
  /** A profile of `~/.aws/config`. */
  profile?: string | undefined
  /** Only for partitions other than the public one, whose endpoint is in `us-east-1`. */
  region?: string | undefined
  /** Needed when several public zones have the same name. */
  hostedZoneId?: string | undefined
  endpoint?: string | undefined
  /** Milliseconds per request. Default 20,000. */
  timeout?: number | undefined
}

export function parseRoute53Config(fields: Fields): Route53Config {
  const accessKeyId = fields.text('accessKeyId')
  const secretAccessKey = fields.text('secretAccessKey')
  if (accessKeyId && !secretAccessKey) fields.requiredText('secretAccessKey', 'accessKeyId is useless without it')
  if (secretAccessKey && !accessKeyId) fields.requiredText('accessKeyId', 'secretAccessKey is useless without it')
  return {
    type: 'route53',
    accessKeyId,
    secretAccessKey,
    sessionToken: fields.text('sessionToken'),
    profile: fields.text('profile'),
    region: fields.text('region'),
    hostedZoneId: fields.text('hostedZoneId'),
    endpoint: fields.url('endpoint'),
    timeout: fields.integer('timeout', { min: 100, max: 600_000 }),
  }
}
