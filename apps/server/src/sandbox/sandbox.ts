import type { StubZone } from '@dmarc-as-code/dns/resolver'
import type { ZoneData } from '../authority/index.ts'
import type { Faults } from './faults.ts'
import type { SandboxTenant } from './options.ts'
import type { PlayedReports, PlayOptions } from './play-reports.ts'

export interface Endpoint {
  address: string
  port: number
}

/** The whole system on loopback: the server, and the DNS of some sample customers. */
export interface Sandbox {
  apiUrl: string
  /** Has all privileges in the owner's account. */
  token: string
  accountId: number
  /** For the owner's account, with read access only. */
  readOnlyToken: string
  /** Of a user on the free plan: one domain, no hosting. */
  freeAccount: SandboxTenant
  /** Of a user without access to the owner's account. */
  otherTenant: SandboxTenant
  /** The zone that contains the hosted records. */
  hostedZone: string
  /** The customers' DNS. Accepts updates (RFC 2136) signed with `tsig`. */
  dns: Endpoint
  tsig: { name: string; algorithm: 'hmac-sha256'; secret: string }
  /** Names of the customer zones. */
  customerZones: string[]
  /** A customer zone, to inspect (`dump()`) or to change directly. */
  zone: (name: string) => ZoneData
  /** The server's own DNS, for the hosted zone. */
  hostedDns: Endpoint
  policyHost: Endpoint
  /** PEM certificate to trust for fetching policy files over HTTPS. */
  caCertificate: string
  /** For a resolver of `@dmarc-as-code/dns`: which servers to query for which zone. */
  stubZones: StubZone[]
  reports: {
    /** Where mail for the report addresses is received. */
    smtp: Endpoint
    /** Stores weeks of reports about a domain of the owner's account at once, which count as evidence. */
    play: (options: PlayOptions) => Promise<PlayedReports>
  }
  /** Fault injection for the API. */
  faults: Faults
  /** A description of all endpoints for people, including the token and the key. */
  describe: () => string
  /** Stops everything. Without a folder, nothing remains. */
  close: () => Promise<void>
}
