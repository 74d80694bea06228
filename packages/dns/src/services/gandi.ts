import { baseUrlField } from './common-fields.ts'
import type { ServiceEntry, SettingsOf } from './types.ts'

export const gandi = {
  id: 'gandi',
  label: 'Gandi',
  title: 'Gandi LiveDNS',
  description: 'Gandi LiveDNS.',
  credentialsHelp:
    'A personal access token with the right to manage the technical configuration of domain names. It expires.',
  fields: [
    {
      name: 'token',
      label: 'Token',
      required: true,
      secret: true,
      env: ['GANDIV5_PERSONAL_ACCESS_TOKEN', 'GANDI_PERSONAL_ACCESS_TOKEN', 'GANDI_TOKEN'],
      help: 'A personal access token. API keys, which Gandi has deprecated, are not taken.',
      terraform: { in: 'both' },
      ask: {},
    },
    baseUrlField('LiveDNS', 'https://api.gandi.net/v5/livedns'),
  ],
  abilities: {
    canWrite: true,
    canReplaceAtomically: true,
    canApplyAllAtomically: false,
    checksBeforeWriting: false,
    supportsTtl: true,
    minimumTtl: 300,
  },
  proof: 'stand-in',
  hosting: { servers: /\.gandi\.net$/, targetNeedsFinalDot: true },
} as const satisfies ServiceEntry

export type GandiConfig = SettingsOf<typeof gandi>
