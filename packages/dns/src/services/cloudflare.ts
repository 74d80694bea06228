import { baseUrlField } from './common-fields.ts'
import type { ServiceEntry, SettingsOf } from './types.ts'

export const cloudflare = {
  id: 'cloudflare',
  label: 'Cloudflare',
  description: 'Cloudflare.',
  credentialsHelp: 'Create an API token with the permission "Zone, DNS, Edit" for this zone (My Profile, API Tokens).',
  fields: [
    {
      name: 'apiToken',
      label: 'API token',
      required: true,
      secret: true,
      env: ['CLOUDFLARE_API_TOKEN'],
      help: 'An API token with Zone Read and DNS Edit.',
      terraform: { in: 'both' },
      ask: {},
    },
    baseUrlField('Cloudflare', 'https://api.cloudflare.com/client/v4'),
  ],
  abilities: {
    canWrite: true,
    canReplaceAtomically: true,
    canApplyAllAtomically: true,
    // A batch holds 200 records on the free plan, and a name gives several: those that go and the one that comes.
    maximumNames: 50,
    checksBeforeWriting: false,
    supportsTtl: true,
    minimumTtl: 60,
  },
  proof: 'stand-in',
  hosting: { servers: /\.cloudflare\.com$/, flattensCnames: true },
} as const satisfies ServiceEntry

export type CloudflareConfig = SettingsOf<typeof cloudflare>
