import type { StubZone } from '@dmarc-as-code/dns/resolver'
import type { CustomerZone } from '../sandbox-dns/index.ts'

export interface SandboxOptions {
  /**
   * Keeps everything (store, customer zones, CA, tokens, keys) in this folder, and finds it there the next time.
   * Default: in memory, gone at `close()`.
   */
  folder?: string
  /** The zones of the pretended customers. Default: example.test, shop.test, parked.test, agency.test. */
  customerZones?: readonly CustomerZone[]
  /** Zones that the server's look-ups find elsewhere, e.g. in a BIND of yours; they win over zones of the sandbox. */
  stubZones?: readonly StubZone[]
  /**
   * How many times as often as in earnest the server looks at records by itself. Default 10: the first look comes a
   * minute after hosting was switched on instead of ten, and then every few seconds; a thousand waiting domains do not
   * keep a small machine busy. 600 makes the first one second.
   */
  pace?: number
  /** Fixed ports on 127.0.0.1. Default: free ones. */
  ports?: { api?: number; dns?: number; hostedDns?: number; policyHost?: number }
  /**
   * The server's clock, milliseconds since 1970: move it on to see what happens minutes later (a record lost, a look by
   * schedule). The DNS and clients keep the real time. Default `Date.now`.
   */
  now?: () => number
  /** Where the server's log lines (JSON) go. Default: nowhere. */
  log?: (line: string) => void
}

/** A user's account and a token for it that may do everything. */
export interface SandboxTenant {
  accountId: number
  token: string
}
