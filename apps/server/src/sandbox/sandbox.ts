import type { StubZone } from '@dmarc-as-code/dns/resolver'
import type { ZoneData } from '../authority/index.ts'
import type { Faults } from './faults.ts'
import type { SandboxTenant } from './options.ts'

export interface Endpoint {
  address: string
  port: number
}

/** The whole system on loopback: the server, and the DNS of a few pretended customers. */
export interface Sandbox {
  apiUrl: string
  /** May do everything in the owner's account. */
  token: string
  accountId: number
  /** The owner's account; may read only. */
  readOnlyToken: string
  /** Of a user on the free plan: one domain, no hosting. */
  freeAccount: SandboxTenant
  /** Of a user who sees nothing of the owner's. */
  otherTenant: SandboxTenant
  /** The zone that hosted records lie in. */
  hostedZone: string
  /** The customers' DNS. Takes updates (RFC 2136) signed with `tsig`. */
  dns: Endpoint
  tsig: { name: string; algorithm: 'hmac-sha256'; secret: string }
  /** Names of the customer zones. */
  customerZones: string[]
  /** A customer zone, to look at (`dump()`) or to change behind everybody's back. */
  zone: (name: string) => ZoneData
  /** The server's own DNS, for the hosted zone. */
  hostedDns: Endpoint
  policyHost: Endpoint
  /** PEM: who trusts it can fetch policy files over HTTPS. */
  caCertificate: string
  /** For a resolver of `@dmarc-as-code/dns`: which servers to ask for which zone. */
  stubZones: StubZone[]
  /** What shall go wrong at the API. */
  faults: Faults
  /** Where everything listens, for people; with the token and the key. */
  describe: () => string
  /** Stops everything. Without a folder nothing is left behind. */
  close: () => Promise<void>
}
