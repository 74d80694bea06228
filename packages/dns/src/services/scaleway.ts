import { baseUrlField } from './common-fields.ts'
import type { ServiceEntry, SettingsOf } from './types.ts'

export const scaleway = {
  id: 'scaleway',
  label: 'Scaleway',
  title: 'Scaleway Domains and DNS',
  description: 'Scaleway Domains and DNS.',
  credentialsHelp:
    'An API key with the permission sets DomainsDNSReadOnly and DomainsDNSFullAccess; its secret half is what is asked for.',
  fields: [
    {
      name: 'secretKey',
      label: 'Secret key',
      required: true,
      secret: true,
      env: ['SCW_SECRET_KEY'],
      help: 'The secret key of an API key.',
      terraform: { in: 'both' },
      ask: {},
    },
    {
      name: 'projectId',
      label: 'Project id',
      fallback: 'every project of the key',
      env: ['SCW_PROJECT_ID'],
      help: 'The project that holds the zones.',
      terraform: { in: 'both' },
      ask: { optional: true },
    },
    baseUrlField('Scaleway', 'https://api.scaleway.com/domain/v2beta1'),
  ],
  abilities: {
    canWrite: true,
    // One request is one version of the zone.
    canReplaceAtomically: true,
    canApplyAllAtomically: true,
    maximumNames: 50,
    checksBeforeWriting: false,
    supportsTtl: true,
    minimumTtl: 60,
  },
  proof: 'stand-in',
  hosting: { servers: /\.scw\.cloud$/, targetNeedsFinalDot: true },
} as const satisfies ServiceEntry

export type ScalewayConfig = SettingsOf<typeof scaleway>
