import type { ServiceEntry } from './types.ts'

export const rfc2136 = {
  id: 'rfc2136',
  label: 'DNS server',
  title: 'Your own server (dynamic update, RFC 2136)',
  description: 'Dynamic updates (RFC 2136) with TSIG: BIND, Knot, PowerDNS and others.',
  credentialsHelp:
    'BIND, Knot, PowerDNS or another server, with a TSIG key that may update this zone. Windows DNS knows no such keys.',
  fields: [
    {
      name: 'server',
      label: 'Primary server',
      required: true,
      form: { pattern: /^[\w.:%-]+$/, expected: 'must be an address or a host name' },
      env: ['DNS_UPDATE_SERVER'],
      help: 'Address or host name of the primary server.',
      terraform: { in: 'both' },
      ask: { example: 'ns1.example.com' },
    },
    {
      name: 'port',
      label: 'Port',
      type: 'integer',
      range: { min: 1, max: 65535 },
      env: ['DNS_UPDATE_PORT'],
      fallback: '`53`',
      help: 'Port of the primary server.',
      terraform: { in: 'both' },
      ask: { optional: true, example: '53' },
    },
    {
      name: 'key.name',
      label: 'Key name',
      required: true,
      onlyWith: 'key.secret',
      env: ['DNS_UPDATE_KEYNAME'],
      help: 'Name of the TSIG key.',
      terraform: { in: 'both' },
      ask: { example: 'dmarc-watch', key: 'keyName' },
    },
    {
      name: 'key.algorithm',
      label: 'Algorithm',
      options: ['hmac-sha256', 'hmac-sha512'],
      onlyWith: 'key.secret',
      env: ['DNS_UPDATE_KEYALGORITHM'],
      // The dns provider of HashiCorp wants no final dot here, BIND's own tools print one.
      fromEnv: (text) => text.toLowerCase().replace(/\.$/, ''),
      default: 'hmac-sha256',
      help: 'Algorithm of the TSIG key.',
      terraform: { in: 'both' },
      ask: { key: 'algorithm' },
    },
    {
      name: 'key.secret',
      label: 'Key (base64)',
      required: true,
      secret: true,
      onlyWith: 'key.name',
      form: {
        pattern: /^[A-Za-z0-9+/]+={0,2}$/,
        expected: 'must be base64, as it stands in the configuration of the server',
      },
      env: ['DNS_UPDATE_KEYSECRET'],
      help: 'The TSIG key, base64.',
      terraform: { in: 'both' },
      ask: { key: 'secret' },
    },
    {
      name: 'zones',
      label: 'Zones',
      type: 'list',
      fallback: 'found by asking the server',
      help: 'The zones to work in.',
      terraform: { in: 'resource' },
    },
    {
      name: 'transport',
      label: 'Transport',
      options: ['udp', 'tcp'],
      fallback: 'questions over UDP, updates over TCP',
      help: 'How messages travel.',
      terraform: { in: 'resource' },
    },
  ],
  abilities: {
    canWrite: true,
    canReplaceAtomically: true,
    canApplyAllAtomically: true,
    // A message holds 65,535 bytes, and a name with a TXT in its way takes about a thousand of them.
    maximumNames: 50,
    checksBeforeWriting: true,
    supportsTtl: true,
  },
  proof: 'real server',
} as const satisfies ServiceEntry

/** The settings of a server that takes dynamic updates. */
export interface Rfc2136Config {
  type: 'rfc2136'
  /** Address or host name of the primary server. Default: `DNS_UPDATE_SERVER`. */
  server: string
  /** Default: `DNS_UPDATE_PORT`, else 53. */
  port?: number | undefined
  /** Default: `DNS_UPDATE_KEYNAME`, `DNS_UPDATE_KEYALGORITHM`, `DNS_UPDATE_KEYSECRET`. */
  key?: { name: string; algorithm: 'hmac-sha256' | 'hmac-sha512'; secret: string } | undefined
  /** The zones to work in. Default: found by asking the server. */
  zones?: string[] | undefined
  /** Default: queries over UDP, updates over TCP. */
  transport?: 'udp' | 'tcp' | undefined
  /** Milliseconds per message. Default 5000. */
  timeout?: number | undefined
}
