import { baseUrlField } from './common-fields.ts'
import type { ServiceEntry, SettingsOf } from './types.ts'

export const linode = {
  id: 'linode',
  label: 'Linode',
  title: 'Akamai Cloud (Linode)',
  description: 'The DNS Manager of Linode (Akamai Cloud). Akamai Edge DNS is another service.',
  credentialsHelp: 'A personal access token with read and write access to Domains.',
  fields: [
    {
      name: 'token',
      label: 'Token',
      required: true,
      secret: true,
      env: ['LINODE_TOKEN'],
      help: 'A personal access token with the scope `domains:read_write`.',
      terraform: { in: 'both' },
      ask: {},
    },
    baseUrlField('Linode', 'https://api.linode.com/v4'),
  ],
  abilities: {
    canWrite: true,
    canReplaceAtomically: false,
    canApplyAllAtomically: false,
    checksBeforeWriting: false,
    supportsTtl: true,
    // Others are rounded up to the next of these.
    ttls: [300, 3600, 7200, 14_400, 28_800, 57_600, 86_400, 172_800, 345_600, 604_800, 1_209_600, 2_419_200],
  },
  proof: 'stand-in',
  hosting: { servers: /^ns[1-5]\.linode\.com$/ },
} as const satisfies ServiceEntry

export type LinodeConfig = SettingsOf<typeof linode>
