import type { Api } from '../api/api.ts'
import type { AdapterPool } from '../dns/adapter-pool.ts'
import type { FileJournals } from '../dns/file-journals.ts'
import type { NameClaims } from '../dns/name-claims.ts'
import type { HostingEnds } from '../hosting/hosting-ends.ts'
import type { LiveDns } from '../live/live-dns.ts'
import type { LiveMail } from '../live/live-mail.ts'
import type { CreationMarkers } from '../markers/creation-markers.ts'
import type { PlannedObjects } from './planned-objects.ts'

/** What `configure` makes from the provider block, for every resource and data source. */
export interface ProviderContext {
  readonly api: Api
  /** Objects that are being created, noted on disk. */
  readonly markers: CreationMarkers
  /** What this run plans to create. */
  readonly planned: PlannedObjects
  /** The DNS services in use. */
  readonly adapters: AdapterPool
  /** Which resource has published which record in this run. */
  readonly claims: NameClaims
  /** Unfinished changes of DNS records, noted on disk. */
  readonly journals: FileJournals
  /** Hosting that ends when its records are gone. */
  readonly ends: HostingEnds
  /** What the DNS answers now. */
  readonly live: LiveDns
  /** What receivers and senders of mail find now. */
  readonly mail: LiveMail
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Mail hosts of a domain; rejects when they cannot be determined. */
  readonly resolveMx: (domain: string) => Promise<string[]>
}
