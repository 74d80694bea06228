import { baseUrlField } from './common-fields.ts'
import type { ServiceEntry, SettingsOf } from './types.ts'

export const desec = {
  id: 'desec',
  label: 'deSEC',
  description: 'deSEC.',
  credentialsHelp: 'A token of the account (Token Management); a policy may limit it to the records of the domains.',
  fields: [
    {
      name: 'token',
      label: 'Token',
      required: true,
      secret: true,
      env: ['DESEC_TOKEN'],
      help: 'A token of the account.',
      terraform: { in: 'both' },
      ask: {},
    },
    baseUrlField('deSEC', 'https://desec.io/api/v1'),
  ],
  abilities: {
    canWrite: true,
    canReplaceAtomically: true,
    canApplyAllAtomically: true,
    // A request holds several hundred sets; a name gives one for each type that goes, and one that comes.
    maximumNames: 50,
    // New sets are refused where one stands already; what is replaced or deleted is not compared.
    checksBeforeWriting: false,
    supportsTtl: true,
    // Of a domain without a lower limit of its own.
    minimumTtl: 3600,
  },
  proof: 'stand-in',
  hosting: { servers: /\.desec\.(io|org)$/ },
} as const satisfies ServiceEntry

export type DesecConfig = SettingsOf<typeof desec>
