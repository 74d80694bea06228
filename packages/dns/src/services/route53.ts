import type { ServiceEntry, SettingsOf } from './types.ts'

export const route53 = {
  id: 'route53',
  label: 'Route 53',
  title: 'Amazon Route 53',
  description: 'Amazon Route 53.',
  credentialsHelp: 'An access key of a user that may list hosted zones and change record sets in this one.',
  credentialsFallback: "AWS's own chain",
  fields: [
    {
      name: 'accessKeyId',
      label: 'Access key id',
      onlyWith: 'secretAccessKey',
      fallback: 'the usual AWS chain (environment, profile, SSO, container, instance)',
      help: 'Access key id.',
      terraform: { in: 'both', name: 'access_key' },
      ask: { example: 'AKIA…' },
    },
    {
      name: 'secretAccessKey',
      label: 'Secret access key',
      secret: true,
      onlyWith: 'accessKeyId',
      fallback: 'the usual AWS chain',
      help: 'Secret access key.',
      terraform: { in: 'both', name: 'secret_key' },
      ask: {},
    },
    {
      name: 'sessionToken',
      label: 'Session token',
      secret: true,
      help: 'Of temporary credentials.',
      terraform: { in: 'both' },
    },
    {
      name: 'profile',
      label: 'Profile',
      help: 'A profile of the shared AWS configuration.',
      terraform: { in: 'both' },
    },
    {
      name: 'region',
      label: 'Region',
      fallback: '`us-east-1`',
      help: 'Only for partitions other than the public one.',
    },
    {
      name: 'hostedZoneId',
      label: 'Hosted zone id',
      // The API and the aws command print `/hostedzone/Z...`.
      tidy: (text) => text.replace(/^\/?hostedzone\//, ''),
      help: 'Needed where several public zones have the same name.',
      terraform: { in: 'resource' },
    },
    {
      name: 'endpoint',
      label: 'API address',
      type: 'url',
      help: 'Another address of the Route 53 API.',
      terraform: { in: 'resource' },
    },
  ],
  abilities: {
    canWrite: true,
    canReplaceAtomically: true,
    canApplyAllAtomically: true,
    // A batch holds 1,000 records and 32,000 characters of values: for each name a new target and long policies to delete.
    maximumNames: 50,
    checksBeforeWriting: true,
    supportsTtl: true,
  },
  proof: 'stand-in',
  hosting: { servers: /^ns-\d+\.awsdns-\d+\.(com|net|org|co\.uk)$/ },
} as const satisfies ServiceEntry

export type Route53Config = SettingsOf<typeof route53>
