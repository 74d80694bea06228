import { baseUrlField } from './common-fields.ts'
import type { ServiceEntry, SettingsOf } from './types.ts'

export const ovh = {
  id: 'ovh',
  label: 'OVHcloud',
  description:
    'OVHcloud. Its API keeps changes back until the zone is refreshed: those of one run are published together, and so is what somebody else has left unpublished in the zone. Entries that the panel made with its SPF, DKIM and DMARC forms come back as plain TXT records when a change is undone.',
  credentialsHelp:
    'A service account (client id and secret) whose policy allows dnsZone:apiovh:get, record/get, record/create, record/edit, record/delete and refresh; or an application key with its secret and consumer key.',
  fields: [
    {
      name: 'endpoint',
      label: 'Region',
      options: ['ovh-eu', 'ovh-ca', 'ovh-us'],
      fallback: '`ovh-eu`',
      env: ['OVH_ENDPOINT'],
      help: 'The company that the account is with.',
      terraform: { in: 'both' },
      ask: { optional: true, example: 'ovh-eu' },
    },
    {
      name: 'clientId',
      label: 'Client id',
      env: ['OVH_CLIENT_ID'],
      help: 'The id of a service account (OAuth 2.0).',
      terraform: { in: 'both' },
      ask: { optional: true },
    },
    {
      name: 'clientSecret',
      label: 'Client secret',
      secret: true,
      env: ['OVH_CLIENT_SECRET'],
      help: 'The secret of the service account.',
      terraform: { in: 'both' },
      ask: { optional: true },
    },
    {
      name: 'applicationKey',
      label: 'Application key',
      secret: true,
      env: ['OVH_APPLICATION_KEY'],
      help: 'The key of an application.',
      terraform: { in: 'both' },
      ask: { optional: true },
    },
    {
      name: 'applicationSecret',
      label: 'Application secret',
      secret: true,
      env: ['OVH_APPLICATION_SECRET'],
      help: 'The secret of the application.',
      terraform: { in: 'both' },
      ask: { optional: true },
    },
    {
      name: 'consumerKey',
      label: 'Consumer key',
      secret: true,
      env: ['OVH_CONSUMER_KEY'],
      help: 'What the application may do for the account, once its owner has agreed.',
      terraform: { in: 'both' },
      ask: { optional: true },
    },
    {
      name: 'accessToken',
      label: 'Access token',
      secret: true,
      env: ['OVH_ACCESS_TOKEN'],
      help: 'A ready access token; it lasts an hour.',
      terraform: { in: 'both' },
    },
    {
      ...baseUrlField('OVHcloud', 'https://api.eu.ovhcloud.com/1.0'),
      fallback: 'that of the region',
      terraform: { in: 'resource', name: 'base_url' },
    },
    {
      name: 'loginUrl',
      label: 'Token address',
      type: 'url',
      fallback: 'that of the region',
      help: 'Another address for the tokens of service accounts.',
    },
  ],
  abilities: {
    canWrite: true,
    // What the DNS sees: nothing is served before the zone is refreshed, once for all names.
    canReplaceAtomically: true,
    canApplyAllAtomically: true,
    maximumNames: 50,
    checksBeforeWriting: false,
    supportsTtl: true,
  },
  proof: 'stand-in',
  hosting: { servers: /\.ovh\.(net|ca)$|\.anycast\.me$/, targetNeedsFinalDot: true },
} as const satisfies ServiceEntry

export type OvhConfig = SettingsOf<typeof ovh>
