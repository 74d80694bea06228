import { baseUrlField } from './common-fields.ts'
import type { ServiceEntry, SettingsOf } from './types.ts'

export const dnsimple = {
  id: 'dnsimple',
  label: 'DNSimple',
  description: 'DNSimple.',
  credentialsHelp:
    'An account token (Account, Access tokens). The token of a user needs the number of the account besides.',
  fields: [
    {
      name: 'token',
      label: 'Access token',
      required: true,
      secret: true,
      env: ['DNSIMPLE_OAUTH_TOKEN', 'DNSIMPLE_TOKEN'],
      help: 'An access token of the account.',
      terraform: { in: 'both' },
      ask: {},
    },
    {
      name: 'account',
      label: 'Account',
      fallback: 'the account of the token',
      env: ['DNSIMPLE_ACCOUNT'],
      help: 'The number of the account.',
      terraform: { in: 'both' },
      ask: { optional: true, example: '1010' },
    },
    { ...baseUrlField('DNSimple', 'https://api.dnsimple.com'), env: ['DNSIMPLE_BASE_URL'] },
  ],
  abilities: {
    canWrite: true,
    canReplaceAtomically: false,
    canApplyAllAtomically: false,
    checksBeforeWriting: false,
    supportsTtl: true,
  },
  proof: 'stand-in',
  hosting: { servers: /\.dnsimple(-edge)?\.(com|net|org|io)$/ },
} as const satisfies ServiceEntry

export type DnsimpleConfig = SettingsOf<typeof dnsimple>
