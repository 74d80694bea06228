import { baseUrlField } from './common-fields.ts'
import type { ServiceEntry, SettingsOf } from './types.ts'

export const digitalocean = {
  id: 'digitalocean',
  label: 'DigitalOcean',
  description: 'DigitalOcean.',
  credentialsHelp:
    'A personal access token with the scopes "domain:read", "domain:create", "domain:update" and "domain:delete".',
  fields: [
    {
      name: 'token',
      label: 'Token',
      required: true,
      secret: true,
      env: ['DIGITALOCEAN_TOKEN', 'DIGITALOCEAN_ACCESS_TOKEN'],
      help: 'A personal access token.',
      terraform: { in: 'both' },
      ask: {},
    },
    baseUrlField('DigitalOcean', 'https://api.digitalocean.com/v2'),
  ],
  abilities: {
    canWrite: true,
    canReplaceAtomically: false,
    canApplyAllAtomically: false,
    checksBeforeWriting: false,
    supportsTtl: true,
    minimumTtl: 30,
  },
  proof: 'stand-in',
  hosting: { servers: /^ns[1-3]\.digitalocean\.com$/ },
} as const satisfies ServiceEntry

export type DigitalOceanConfig = SettingsOf<typeof digitalocean>
