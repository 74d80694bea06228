import { baseUrlField } from './common-fields.ts'
import type { ServiceEntry, SettingsOf } from './types.ts'

export const ns1 = {
  id: 'ns1',
  label: 'NS1',
  title: 'NS1 Connect',
  description: 'IBM NS1 Connect. The zones of Netlify, which NS1 serves too, cannot be reached with its API.',
  credentialsHelp: 'An API key that may view and manage the zones.',
  fields: [
    {
      name: 'apiKey',
      label: 'API key',
      required: true,
      secret: true,
      env: ['NS1_API_KEY', 'NS1_APIKEY'],
      help: 'An API key.',
      terraform: { in: 'both' },
      ask: {},
    },
    { ...baseUrlField('NS1', 'https://api.nsone.net/v1'), env: ['NS1_ENDPOINT'] },
  ],
  abilities: {
    canWrite: true,
    canReplaceAtomically: false,
    canApplyAllAtomically: false,
    // A creation fails where a set stands already; what is changed or deleted is not compared.
    checksBeforeWriting: false,
    supportsTtl: true,
  },
  proof: 'stand-in',
  hosting: { servers: /\.nsone\.net$/ },
} as const satisfies ServiceEntry

export type Ns1Config = SettingsOf<typeof ns1>
