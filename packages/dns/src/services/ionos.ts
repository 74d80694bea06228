import { baseUrlField } from './common-fields.ts'
import type { ServiceEntry, SettingsOf } from './types.ts'

export const ionos = {
  id: 'ionos',
  label: 'IONOS',
  title: 'IONOS Hosting',
  description: 'The DNS of IONOS Hosting. IONOS Cloud DNS is another service.',
  credentialsHelp: 'A key of the IONOS developer portal: prefix and secret, joined by a dot.',
  fields: [
    {
      name: 'apiKey',
      label: 'API key',
      required: true,
      secret: true,
      env: ['IONOS_API_KEY'],
      help: 'The public prefix and the secret of a key, joined by a dot.',
      terraform: { in: 'both' },
      ask: {},
    },
    baseUrlField('IONOS', 'https://api.hosting.ionos.com/dns/v1'),
  ],
  abilities: {
    canWrite: true,
    canReplaceAtomically: false,
    canApplyAllAtomically: false,
    checksBeforeWriting: false,
    supportsTtl: true,
    minimumTtl: 300,
  },
  proof: 'stand-in',
  hosting: { servers: /\.ui-dns\.(com|de|org|biz)$/ },
} as const satisfies ServiceEntry

export type IonosConfig = SettingsOf<typeof ionos>
