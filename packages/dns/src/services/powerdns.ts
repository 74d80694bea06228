import type { ServiceEntry, SettingsOf } from './types.ts'

export const powerdns = {
  id: 'powerdns',
  label: 'PowerDNS',
  title: 'PowerDNS (HTTP API)',
  description: 'The API of PowerDNS.',
  credentialsHelp: 'The address of its web server and the key set as "api-key" in its configuration.',
  fields: [
    {
      name: 'url',
      label: 'Address',
      type: 'url',
      // Its own web server speaks plain HTTP only; people put it on a private network or behind a proxy.
      plainHttp: true,
      required: true,
      env: ['PDNS_SERVER_URL', 'PDNS_API_URL'],
      // The Terraform provider of PowerDNS and lego take the address with or without the path of the API.
      fromEnv: (text) => text.replace(/\/+$/, '').replace(/\/api\/v1$/, ''),
      help: 'Where its API listens, without `/api/v1`.',
      terraform: { in: 'both' },
      ask: { example: 'https://dns.example.com:8081' },
    },
    {
      name: 'apiKey',
      label: 'API key',
      required: true,
      secret: true,
      env: ['PDNS_API_KEY'],
      help: 'The API key.',
      terraform: { in: 'both' },
      ask: {},
    },
    {
      name: 'serverId',
      label: 'Server id',
      fallback: '`localhost`',
      help: 'Id of the server in the API; every PowerDNS calls itself `localhost`.',
      terraform: { in: 'resource' },
    },
  ],
  abilities: {
    canWrite: true,
    canReplaceAtomically: true,
    canApplyAllAtomically: true,
    // A request holds 2 MB (webserver-max-bodysize).
    maximumNames: 500,
    checksBeforeWriting: false,
    supportsTtl: true,
  },
  proof: 'real server',
} as const satisfies ServiceEntry

export type PowerDnsConfig = SettingsOf<typeof powerdns>
