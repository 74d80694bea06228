import type { StubZone } from '@dmarc-as-code/dns/resolver'
import type { ConfigInput } from '../config/schema.ts'
import type { CustomerZone } from '../sandbox-dns/index.ts'

export interface SandboxOptions {
  /**
   * Keeps everything (store, customer zones, CA, tokens, keys) in this folder and reuses it the next time.
   * Default: in memory, lost at `close()`.
   */
  folder?: string
  /** The zones of the sample customers. Default: example.test, shop.test, parked.test, agency.test. */
  customerZones?: readonly CustomerZone[]
  /** Zones the server looks up elsewhere, e.g. at your own BIND; they override zones of the sandbox. */
  stubZones?: readonly StubZone[]
  /**
   * Factor by which scheduled verification runs more often than in production. Default 10: the first verification comes
   * one minute after hosting is switched on instead of ten, then every few seconds; a thousand waiting domains do not
   * overload a small machine. With 600 the first comes after one second.
   */
  pace?: number
  /** A mailbox to take reports about the owner's domains from, as in the settings of a server. */
  mailbox?: Omit<NonNullable<NonNullable<ConfigInput['reports']>['imap']>, 'account'>
  /** Fixed ports on 127.0.0.1. Default: any free ports. */
  ports?: { api?: number; dns?: number; hostedDns?: number; policyHost?: number; smtp?: number }
  /**
   * The server's clock, milliseconds since 1970: advance it to see what happens minutes later (a lost record, scheduled
   * verification). DNS and clients use the real time. Default `Date.now`.
   */
  now?: () => number
  /** Receives the server's log lines (JSON). Default: no log. */
  log?: (line: string) => void
}

/** An account of a user and a token for it with all privileges. */
export interface SandboxTenant {
  accountId: number
  token: string
}
