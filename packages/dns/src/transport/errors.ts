import { DnsError } from '../errors.ts'
import type { DnsQuestion } from '../wire/types.ts'
import type { DnsServer } from './types.ts'

/**
 * `timeout` no answer in time, `network` the question could not be sent or the connection broke, `malformed` no DNS answer,
 * `limit` the caller allowed no further packet, and the answer so far cannot be used.
 */
export type DnsQueryErrorCode = 'timeout' | 'network' | 'malformed' | 'limit'

/** A server gave no answer. An answer with a bad rcode is not an error but a `DnsMessage`. */
export class DnsQueryError extends DnsError {
  override readonly name = 'DnsQueryError'
  readonly code: DnsQueryErrorCode
  readonly question: DnsQuestion
  readonly server: string

  constructor(code: DnsQueryErrorCode, question: DnsQuestion, server: DnsServer, what: string, cause?: unknown) {
    const address = serverAddress(server)
    super(`${address} gave no answer to ${question.name} ${question.type}: ${what}`, { cause })
    this.code = code
    this.question = question
    this.server = address
  }
}

/** The error of a question that needs a packet more than its caller allows. */
export function limitError(question: DnsQuestion, server: DnsServer): DnsQueryError {
  return new DnsQueryError('limit', question, server, 'it takes more packets than may be sent there')
}

/** `192.0.2.53`, `192.0.2.53:5353`, `[2001:db8::53]:5353` or the DoH URL. */
export function serverAddress(server: DnsServer): string {
  if ('url' in server) return server.url
  if (server.port === undefined || server.port === 53) return server.address
  return server.address.includes(':') ? `[${server.address}]:${server.port}` : `${server.address}:${server.port}`
}
