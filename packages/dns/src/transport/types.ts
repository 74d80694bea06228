import type { DnsMessage, DnsQuestion, QueryFlags } from '../wire/types.ts'

/** A server reached by address (UDP with TCP fallback, or TCP only) or by a DoH URL (RFC 8484). */
export type DnsServer =
  | {
      address: string
      /** Default 53. */
      port?: number
      /** `tcp` skips UDP. Default `udp`. */
      transport?: 'udp' | 'tcp'
      /** The host name this address belongs to, for messages. */
      name?: string
    }
  | { url: string; name?: string }

export interface QueryOptions extends QueryFlags {
  /** Milliseconds one try may take. Default 2000. */
  timeout?: number
  /** Tries over UDP before giving up. Default 2. */
  tries?: number
  signal?: AbortSignal | undefined
  /**
   * Asked before every packet after the first (another try, without EDNS, over TCP); false ends the question. Default: always
   * true.
   */
  mayRepeat?: (() => boolean) | undefined
}

/**
 * Asks one server one question. Everything in this package that reaches a network for DNS goes through this interface.
 *
 * Resolves with whatever answer came, whatever its rcode; rejects with `DnsQueryError` where none came
 * (time-out, network, malformed), or with the signal's reason when the caller aborts.
 */
export interface DnsClient {
  query(question: DnsQuestion, server: DnsServer, options?: QueryOptions): Promise<DnsMessage>
}
