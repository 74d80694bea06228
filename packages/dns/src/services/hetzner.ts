import { baseUrlField } from './common-fields.ts'
import type { ServiceEntry, SettingsOf } from './types.ts'

export const hetzner = {
  id: 'hetzner',
  label: 'Hetzner',
  title: 'Hetzner DNS (Cloud API)',
  description: 'Hetzner, by its Cloud API. Zones that are still in the old DNS Console cannot be reached by it.',
  credentialsHelp: 'An API token with read and write access, of the project that holds the zone.',
  fields: [
    {
      name: 'token',
      label: 'API token',
      required: true,
      secret: true,
      env: ['HCLOUD_TOKEN', 'HETZNER_API_TOKEN', 'HETZNER_TOKEN'],
      help: 'An API token of the project, with read and write access.',
      terraform: { in: 'both' },
      ask: {},
    },
    { ...baseUrlField('Hetzner Cloud', 'https://api.hetzner.cloud/v1'), env: ['HCLOUD_ENDPOINT'] },
  ],
  abilities: {
    canWrite: true,
    canReplaceAtomically: false,
    canApplyAllAtomically: false,
    checksBeforeWriting: false,
    supportsTtl: true,
    minimumTtl: 60,
  },
  proof: 'stand-in',
  hosting: {
    servers: /\.ns\.hetzner\.(com|de)$|\.(first|second)-ns\.(de|com)$/,
    targetNeedsFinalDot: true,
  },
} as const satisfies ServiceEntry

export type HetznerConfig = SettingsOf<typeof hetzner>
