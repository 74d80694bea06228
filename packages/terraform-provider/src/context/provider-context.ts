import type { Api } from '../api/api.ts'
import type { AdapterPool } from '../dns/adapter-pool.ts'
import type { FileJournals } from '../dns/file-journals.ts'
import type { CreationMarkers } from '../markers/creation-markers.ts'

/** What `configure` makes from the provider block, for every resource and data source. */
export interface ProviderContext {
  readonly api: Api
  /** Objects that are being created, noted on disk. */
  readonly markers: CreationMarkers
  /** The DNS services in use. */
  readonly adapters: AdapterPool
  /** Unfinished changes of DNS records, noted on disk. */
  readonly journals: FileJournals
  /** Mail hosts of a domain; rejects when they cannot be determined. */
  readonly resolveMx: (domain: string) => Promise<string[]>
}
