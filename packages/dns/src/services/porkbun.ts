import { baseUrlField } from './common-fields.ts'
import type { ServiceEntry, SettingsOf } from './types.ts'

export const porkbun = {
  id: 'porkbun',
  label: 'Porkbun',
  description: 'Porkbun. API access has to be switched on for each domain.',
  credentialsHelp: 'An API key and its secret (Account, API Access), with API access switched on for the domain.',
  fields: [
    {
      name: 'apiKey',
      label: 'API key',
      required: true,
      secret: true,
      env: ['PORKBUN_API_KEY'],
      help: 'The API key.',
      terraform: { in: 'both' },
      ask: {},
    },
    {
      name: 'secretApiKey',
      label: 'Secret API key',
      required: true,
      secret: true,
      env: ['PORKBUN_SECRET_API_KEY'],
      help: 'The secret of the API key.',
      terraform: { in: 'both' },
      ask: {},
    },
    baseUrlField('Porkbun', 'https://api.porkbun.com/api/json/v3'),
  ],
  abilities: {
    canWrite: true,
    canReplaceAtomically: false,
    canApplyAllAtomically: false,
    checksBeforeWriting: false,
    supportsTtl: true,
    minimumTtl: 600,
  },
  proof: 'stand-in',
  hosting: { servers: /\.porkbun\.com$/ },
} as const satisfies ServiceEntry

export type PorkbunConfig = SettingsOf<typeof porkbun>
