import { decodeMessage } from '../wire/decode.ts'
import { encodeQuery } from '../wire/encode.ts'
import type { DnsMessage, DnsQuestion } from '../wire/types.ts'
import { DnsQueryError } from './errors.ts'
import { answersQuestion } from './match.ts'
import { networkReason } from './network-reason.ts'
import type { QueryOptions } from './types.ts'

/** More than any DNS message can have. */
const maxBytes = 65_535

/**
 * One question over HTTPS (RFC 8484), as a POST, so that no cache on the way can answer. The id is 0, as section 4.1
 * advises; the connection, not the id, says which answer belongs to which question.
 */
export async function queryDoh(
  question: DnsQuestion,
  server: { url: string; name?: string },
  options: QueryOptions & { timeout: number; fetch: typeof fetch },
): Promise<DnsMessage> {
  options.signal?.throwIfAborted()
  const query = encodeQuery(0, question, options)
  const deadline = AbortSignal.timeout(options.timeout)
  const signal = options.signal ? AbortSignal.any([options.signal, deadline]) : deadline
  try {
    const response = await options.fetch(server.url, {
      method: 'POST',
      headers: { accept: 'application/dns-message', 'content-type': 'application/dns-message' },
      body: new Uint8Array(query),
      redirect: 'error',
      signal,
    })
    if (!response.ok) {
      await response.body?.cancel()
      throw new DnsQueryError('network', question, server, `it answered with HTTP status ${response.status}`)
    }
    const type = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
    if (type !== 'application/dns-message') {
      await response.body?.cancel()
      throw new DnsQueryError('malformed', question, server, `it answered with ${type ?? 'no content type'}`)
    }
    const message = decodeMessage(await readBody(response, question, server))
    if (answersQuestion(message, 0, question)) return message
    throw new DnsQueryError('malformed', question, server, 'its answer belongs to another question')
  } catch (error) {
    if (options.signal?.aborted) throw options.signal.reason
    if (error instanceof DnsQueryError) throw error
    if (deadline.aborted) {
      throw new DnsQueryError('timeout', question, server, `nothing came back within ${options.timeout} ms`, error)
    }
    const code = error instanceof Error && error.name === 'DnsFormatError' ? 'malformed' : 'network'
    throw new DnsQueryError(code, question, server, networkReason(error), error)
  }
}

async function readBody(response: Response, question: DnsQuestion, server: { url: string }): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.length
    if (length > maxBytes)
      throw new DnsQueryError('malformed', question, server, `its answer is over ${maxBytes} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
