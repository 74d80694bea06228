import { type AdapterConfig, parseAdapterConfig } from '@dmarc-as-code/dns/adapters'
import { DnsServiceError } from '@dmarc-as-code/dns/apply'
import { parseDomainName } from '@dmarc-as-code/records'
import * as z from 'zod'
import { roles } from './roles.ts'

const port = z.int().min(0).max(65_535)
const domainName = z.string().transform((text, context) => {
  const parsed = parseDomainName(text)
  if (parsed.ok) return parsed.ascii
  context.addIssue({ code: 'custom', message: parsed.finding.message })
  return z.NEVER
})
const endpointShape = (defaultPort: number) =>
  z.strictObject({
    /** Default 127.0.0.1. */
    host: z.string().default('127.0.0.1'),
    /** 0 picks a free one. */
    port: port.default(defaultPort),
  })
const endpoint = (defaultPort: number) => endpointShape(defaultPort).prefault({})
const addresses = z
  .strictObject({ ipv4: z.array(z.ipv4()).default([]), ipv6: z.array(z.ipv6()).default([]) })
  .prefault({})

/** A DNS service that serves the hosted zone instead of the embedded responder, configured as in `@dmarc-as-code/dns`. */
const dnsService: z.ZodType<AdapterConfig> = z.unknown().transform((input, context) => {
  try {
    return parseAdapterConfig(input)
  } catch (error) {
    if (!(error instanceof DnsServiceError)) throw error
    context.addIssue({ code: 'custom', message: error.message })
    return z.NEVER
  }
})

const network = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], {
  error: 'expected an address, or a network such as 10.0.0.0/8',
})

/** Of a TSIG key: one label will do (RFC 8945 section 4.2), and servers write the name with and without the last dot. */
const keyName = z
  .string()
  .max(254)
  .regex(/^[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?$/i, {
    error: 'expected the name of a key, such as hosting or transfer.example.net',
  })
  .transform((name) => name.toLowerCase().replace(/\.$/, ''))

/** Who may transfer the hosted zone from the embedded responder, and who hears of its changes. */
const transfer = z
  .strictObject({
    keys: z
      .array(
        z
          .strictObject({
            name: keyName,
            algorithm: z.enum(['hmac-sha256', 'hmac-sha512']).default('hmac-sha256'),
            /** In base64; or in a file. */
            secret: z.base64().min(1).optional(),
            secretFile: z.string().min(1).optional(),
          })
          .refine((key) => (key.secret === undefined) !== (key.secretFile === undefined), {
            error: 'needs either secret or secretFile.',
          }),
      )
      .default([]),
    /** Addresses and networks, and the name of the key that requests from there are signed with. */
    allow: z
      .array(
        z
          .strictObject({ networks: z.array(network).default([]), key: keyName.optional() })
          .refine(({ networks, key }) => networks.length > 0 || key !== undefined, {
            error: 'would allow everybody. Give networks, a key, or both.',
          }),
      )
      .default([]),
    notify: z
      .array(
        z.strictObject({
          address: z.union([z.ipv4(), z.ipv6()]),
          port: port.default(53),
          key: keyName.optional(),
        }),
      )
      .default([]),
  })
  .superRefine(({ keys, allow, notify }, context) => {
    const names = new Set(keys.map(({ name }) => name))
    for (const [list, entries] of Object.entries({ allow, notify })) {
      for (const [index, { key }] of entries.entries()) {
        if (key === undefined || names.has(key)) continue
        context.addIssue({
          code: 'custom',
          path: [list, index, 'key'],
          message: 'is none of hostedZone.transfer.keys.',
        })
      }
    }
  })
  .prefault({})

const hostedZone = z
  .strictObject({
    /** The zone delegated to this server; every hosted record is below it. */
    name: domainName,
    /** With addresses (glue) where the name is inside the zone itself. Required by the embedded responder. */
    nameServers: z.array(z.strictObject({ name: domainName, ...addresses.unwrap().shape })).default([]),
    contact: domainName.optional(),
    /** TTL of hosted records in seconds: how long resolvers may serve the previous value. */
    ttl: z.int().min(0).max(86_400).default(300),
    /** Hours for which the records of a deleted domain stay where they enforce a policy; 0: they go at once. */
    deletionGraceHours: z.int().min(0).max(720).default(24),
    /** Where the embedded responder listens: one address or several, IPv4 and IPv6. */
    listen: endpointShape(53)
      .extend({
        host: z.union([z.string().transform((host) => [host]), z.array(z.string()).min(1)]).prefault('127.0.0.1'),
      })
      .prefault({}),
    service: dnsService.optional(),
    transfer,
  })
  .refine((zone) => zone.service !== undefined || zone.nameServers.length > 0, {
    path: ['nameServers'],
    error:
      'is empty. The embedded responder needs at least one name server; it can be empty only with hostedZone.service.',
  })

/** The key for the secrets in the store, the same in every process. */
const storeKey = {
  /** 32 bytes in base64. Further ones behind commas open only. */
  storeKey: z.string().min(1).optional(),
  /** A file with the same, one key a line. */
  storeKeyFile: z.string().min(1).optional(),
}

/** Where the certificates of policy hosts come from. */
const certificates = z.discriminatedUnion('source', [
  /** A local certificate authority, for private networks and evaluation. Public senders do not trust it. */
  z.strictObject({ source: z.literal('local-ca'), folder: z.string().optional(), ...storeKey }),
  z.strictObject({
    source: z.literal('acme'),
    directoryUrl: z.url({ protocol: /^https$/ }).default('https://acme-v02.api.letsencrypt.org/directory'),
    email: z.email().optional(),
    /** Where the key for the secrets in the store is made at the first start. Not needed with `storeKey` or `storeKeyFile`. */
    folder: z.string().optional(),
    ...storeKey,
    /** The account at the CA that ours is bound to, where the CA asks for one (RFC 8555 section 7.3.4). */
    accountBinding: z.strictObject({ kid: z.string().min(1), hmacKey: z.string().min(1) }).optional(),
    /** A PEM file with the CAs of the directory's own certificate, beside the public ones. */
    roots: z.string().optional(),
    /** How names are proved: on port 80 (`http01`), or in the TLS handshake of the policy host, which must have port 443 then. */
    challenge: z.enum(['http-01', 'tls-alpn-01']).default('http-01'),
    /** Where the CA's http-01 requests arrive. */
    http01: endpoint(80),
  }),
  /** A TLS proxy (Caddy, ...) in front of the server holds them and asks at `ask` which names to serve. */
  z.strictObject({ source: z.literal('front'), ask: endpoint(5621), ...storeKey }),
])

const roleList = z.preprocess(
  (input) => (typeof input === 'string' ? input.split(',').map((role) => role.trim()) : input),
  z
    .array(z.enum(roles))
    .min(1, { error: `is empty. Name at least one of ${roles.join(', ')}.` })
    .transform((list) => roles.filter((role) => list.includes(role))),
)

/** The settings of a server. Paths are relative to the working directory; times are in milliseconds unless stated otherwise. */
export const configSchema = z.strictObject({
  /** What this process does, as a list or as text with commas; other processes with the same store do the rest. Default: all. */
  roles: roleList.prefault([...roles]),
  api: endpointShape(8080)
    .extend({
      /** Addresses and networks of the proxies in front, whose `X-Forwarded-For` names the client. */
      trustProxy: z.array(network).default([]),
    })
    .prefault({}),
  /** A file for SQLite, or a `postgres://` URL. */
  store: z
    .string()
    .min(1)
    // Its text is not quoted: it may have a password.
    .refine((text) => !/^[a-z][a-z0-9+.-]*:\/\//i.test(text) || /^postgres(?:ql)?:\/\//.test(text), {
      error: 'must be the path of a file, or a URL that begins with postgres://',
    })
    .default('data/dmarc-server.sqlite'),
  hostedZone,
  reports: z
    .strictObject({
      /** Host of the report addresses. Default `reports.<hosted zone>`. */
      host: domainName.optional(),
      /** Its mail servers, in order of preference. Default with `smtp`: the report host itself. */
      exchanges: z.array(domainName).default([]),
      /** Whose reports count as evidence beside those of large receivers: addresses in From, or domains with those below. */
      reporters: z.array(z.union([z.email(), domainName])).default([]),
      /** Receives reports by mail. Without it, mail goes to `exchanges`. */
      smtp: z
        .strictObject({
          listen: endpoint(25),
          /** The public addresses of this server, published at the report host. */
          addresses,
          /** PEM files for STARTTLS. Default: a certificate made at start, which senders of reports do not check. */
          certificate: z.string().optional(),
          key: z.string().optional(),
          /** Connections at the same time, and mails per minute, from one client address (an IPv6 /64). */
          connectionsPerAddress: z.int().min(1).default(20),
          mailsPerMinuteAndAddress: z.int().min(1).default(120),
        })
        .refine(({ certificate, key }) => (certificate === undefined) === (key === undefined), {
          path: ['certificate'],
          error: 'and key belong together. Set both, or none.',
        })
        .optional(),
      /** Takes reports out of a mailbox elsewhere. Mails in it are marked or moved, never deleted. */
      imap: z
        .strictObject({
          host: z.string().min(1),
          port: port.default(993),
          /** `implicit`: TLS from the beginning; `starttls`: at the default port 143 of your server. Never without. */
          tls: z.enum(['implicit', 'starttls']).default('implicit'),
          /** A PEM file with the CAs of the server's certificate, beside the public ones. */
          ca: z.string().optional(),
          user: z.string().min(1),
          password: z.string().min(1).optional(),
          /** A file with the password. */
          passwordFile: z.string().min(1).optional(),
          mailbox: z.string().min(1).default('INBOX'),
          /** Mailbox that mails are moved to once they are stored. Default: they stay, with a keyword. */
          moveTo: z.string().min(1).optional(),
          /** The id of the account whose domains the reports are about: other tenants' domains get none of them. */
          account: z.int().min(1),
          interval: z.int().min(1000).default(60_000),
        })
        .refine((imap) => (imap.password === undefined) !== (imap.passwordFile === undefined), {
          error: 'needs either password or passwordFile.',
        })
        .optional(),
    })
    .prefault({}),
  policyHost: z
    .strictObject({
      listen: endpoint(443),
      /** The public addresses of the policy host, published behind `mta-sts.<domain>`. */
      addresses,
      certificates: certificates.default({ source: 'local-ca' }),
      /** CAs that may issue for it, by their CAA domain. Default with ACME: what the directory of the CA names, else none. */
      certificateAuthorities: z.array(z.string().min(1)).optional(),
    })
    .refine(
      ({ certificates, addresses: { ipv4, ipv6 } }) => certificates.source !== 'acme' || ipv4.length + ipv6.length > 0,
      {
        path: ['addresses'],
        error:
          'is empty. With ACME the CA connects to the addresses that are published behind mta-sts.<domain>: set at least one.',
      },
    )
    .prefault({}),
  verification: z
    .strictObject({
      /** Minimum time between two on-demand verifications of one service of a domain. */
      minInterval: z.int().min(0).default(10_000),
      /** Factor by which scheduled verification runs more often than normal; for evaluation and tests. */
      pace: z.number().min(1).max(1000).default(1),
      /** Zones to query at the given servers instead of following the public delegation. */
      stubZones: z
        .array(
          z.strictObject({
            zone: z.string().min(1),
            servers: z.array(z.strictObject({ address: z.union([z.ipv4(), z.ipv6()]), port: port.default(53) })).min(1),
          }),
        )
        .default([]),
      /** Recursive resolvers. Default: those of the system. */
      recursors: z.array(z.strictObject({ address: z.union([z.ipv4(), z.ipv6()]), port: port.default(53) })).optional(),
      /** `public` connects to the address in DNS; `own-host` connects directly to our policy host, e.g. behind NAT. */
      policyFile: z.enum(['public', 'own-host']).default('public'),
    })
    .prefault({}),
  limits: z
    .strictObject({
      /** For one token, over all processes; for requests of one address without a valid token. */
      requestsPerMinute: z.int().min(1).default(6000),
      /** From one client address (an IPv6 /64), in one process. */
      requestsPerMinuteAndAddress: z.int().min(1).default(30_000),
      /** Look-ups that requests ask for, running at the same time in one process; further ones are answered 429. */
      looks: z.strictObject({ perToken: z.int().min(1).default(32), total: z.int().min(1).default(256) }).prefault({}),
      /** Orders at the certificate authority in any hour, of all processes and tenants, and those kept for renewals. */
      certificateOrders: z
        .strictObject({ perHour: z.int().min(1).default(100), forRenewals: z.int().min(0).default(25) })
        .refine(({ perHour, forRenewals }) => forRenewals < perHour, {
          path: ['forRenewals'],
          error: 'leaves no orders for first certificates. It must be below perHour.',
        })
        .prefault({}),
    })
    .prefault({}),
  /** Prometheus metrics on a listener of their own; absent: none. */
  metrics: endpointShape(9464).optional(),
  notices: z
    .strictObject({
      /** Through which notices to owners are sent as mail. */
      mail: z
        .strictObject({
          /** `smtp://user:password@host:587`, or `smtps://`. */
          smtp: z.url({ protocol: /^smtps?$/ }),
          from: z.email(),
        })
        .optional(),
    })
    .prefault({}),
  network: z
    .strictObject({
      /**
       * Takes domains under special-use names, queries name servers and fetches policy files at addresses that are not
       * public: for private networks and evaluation. Otherwise only the servers of the configuration may have such addresses.
       */
      allowPrivate: z.boolean().default(false),
    })
    .prefault({}),
  log: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
})

/** Complete settings with all defaults filled in. */
export type Config = z.output<typeof configSchema>

/** Settings as written in the configuration file. */
export type ConfigInput = z.input<typeof configSchema>
