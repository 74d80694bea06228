import { join } from 'node:path'
import type { StubZone } from '@dmarc-as-code/dns/resolver'
import { parseConfig } from '../config/load-config.ts'
import type { Config } from '../config/schema.ts'
import type { SandboxDns } from '../sandbox-dns/index.ts'
import type { SandboxOptions } from './options.ts'

const HOSTED_ZONE = 'hosted.test'
/** Of the first account in a new store. */
const ownersAccount = 1

/** File name of the store of a persistent sandbox. */
export const STORE = 'sandbox.sqlite'

/** Where to query customer zones: the given servers first, otherwise the sandbox's own DNS. */
export function stubZones(options: SandboxOptions, dns: SandboxDns): StubZone[] {
  const given = (options.stubZones ?? []).map(({ zone, servers }) => ({
    zone,
    // Test servers have more properties than address and port; only these two are settings.
    servers: servers.map(({ address, port = 53 }) => ({ address, port })),
  }))
  const own = dns.zones
    .filter((zone) => !given.some((stub) => stub.zone === zone.name))
    .map((zone) => ({ zone: zone.name, servers: [{ address: dns.address, port: dns.port }] }))
  return [...given, ...own]
}

/** The settings of the sandbox's server: everything on loopback, no outside queries. */
export function sandboxConfig(options: SandboxOptions, dns: SandboxDns): Config {
  const { folder, ports } = options
  return parseConfig({
    api: { port: ports?.api ?? 0 },
    store: folder === undefined ? ':memory:' : join(folder, STORE),
    hostedZone: {
      name: HOSTED_ZONE,
      nameServers: [{ name: `ns1.${HOSTED_ZONE}`, ipv4: ['127.0.0.1'] }],
      listen: { port: ports?.hostedDns ?? 0 },
    },
    reports: {
      smtp: { listen: { port: ports?.smtp ?? 0 }, addresses: { ipv4: ['127.0.0.1'] } },
      ...(options.mailbox && { imap: { ...options.mailbox, account: ownersAccount } }),
    },
    policyHost: {
      listen: { port: ports?.policyHost ?? 0 },
      addresses: { ipv4: ['127.0.0.1'] },
      certificates: { source: 'local-ca', ...(folder === undefined ? {} : { folder }) },
    },
    verification: {
      // Every on-demand verification is a new one: a test that just changed a record expects to see it.
      minInterval: 0,
      pace: options.pace ?? 10,
      stubZones: stubZones(options, dns),
      // Nothing leaves this machine.
      recursors: [],
      policyFile: 'own-host',
    },
    limits: { requestsPerMinute: 1_000_000, requestsPerMinuteAndAddress: 1_000_000 },
    // It lives on loopback and example.test.
    network: { allowPrivate: true },
  })
}
