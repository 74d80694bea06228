import type { DmarcReportClient } from '@dmarc-as-code/client'
import type { Io } from '@dmarc-as-code/dns/cli'

/** What the tools read from. The person who starts the server decides all of it; a caller of a tool can change none of it. */
export interface Sources {
  /** The account's client. Undefined without a token: then only the DNS is read. */
  client: DmarcReportClient | undefined
  /** Credentials of DNS services are taken from here: `process.env`. */
  env: Io['env']
  /** A DNS service's id, or a file with its settings; plans read the zone there. Default: what the public DNS shows. */
  dns?: string | undefined
  /** Further arguments of `dmarc-dns`: `--resolver`, `--stub-zone`. */
  lookUps?: readonly string[]
  /** Fetches policy files and asks DNS services. Default: the global fetch. */
  fetch?: typeof globalThis.fetch
}
