import { DnsServiceError } from '../engine/errors.ts'
import type { ServiceId } from '../engine/types.ts'
import { createHttp } from './http.ts'
import { isObject } from './shape.ts'

export interface Token {
  value: string
  /** Milliseconds since 1970. */
  expiresAt: number
}

export type TokenSource = (signal: AbortSignal | undefined) => Promise<Token>

/**
 * Keeps a token until a minute before it expires, and renews it once for all who ask meanwhile. When the one who renews
 * it is aborted, the next one does.
 */
export function cachedToken(source: TokenSource, clock: () => number): TokenSource {
  let token: Token | undefined
  let renewal: { result: Promise<Token>; signal: AbortSignal | undefined } | undefined
  return async function current(signal): Promise<Token> {
    if (token && token.expiresAt - 60_000 > clock()) return token
    if (renewal) {
      const { result, signal: theirs } = renewal
      return result.catch((error) => {
        if (!theirs?.aborted) throw error
        signal?.throwIfAborted()
        return current(signal)
      })
    }
    renewal = { result: source(signal), signal }
    try {
      token = await renewal.result
      return token
    } finally {
      renewal = undefined
    }
  }
}

export interface TokenRequest {
  service: ServiceId
  label: string
  url: string
  method?: 'GET' | 'POST'
  query?: Record<string, string | undefined>
  /** Sent as a form (RFC 6749 section 4). */
  form?: Record<string, string>
  headers?: Record<string, string>
  /** Statuses that pass when asked again, besides those of any service. */
  passing?: readonly number[]
  /** Milliseconds per request. Default 20,000. */
  timeout?: number
  fetch: typeof fetch | undefined
  clock: () => number
  signal: AbortSignal | undefined
}

/** Asks a token endpoint. What it answers on failure is passed on only as its error word, which names no secret. */
export async function requestToken(request: TokenRequest): Promise<Token> {
  const { service, label, clock } = request
  const http = createHttp({
    service,
    label,
    baseUrl: request.url,
    fetch: request.fetch,
    timeout: request.timeout,
    authorise: () => request.headers ?? {},
    describeError,
    classify(status) {
      if (request.passing?.includes(status)) return 'unavailable'
      // 400 with invalid_grant or invalid_client is what wrong credentials give (RFC 6749 section 5.2).
      return status === 400 ? 'unauthorised' : undefined
    },
  })
  const { body } = await http('', {
    method: request.method ?? 'POST',
    signal: request.signal,
    ...(request.query ? { query: request.query } : {}),
    ...(request.form ? { form: request.form } : {}),
  })
  if (!isObject(body) || typeof body.access_token !== 'string') {
    throw new DnsServiceError({ service, kind: 'bad-answer', message: `${label} gave no access token.`, fix: '' })
  }
  // Azure's identity endpoints give seconds as text, and some only the moment (`expires_on`, seconds since 1970).
  const lasts = Number(body.expires_in ?? Number.NaN)
  const until = Number(body.expires_on ?? Number.NaN)
  const unknown = clock() + 300_000
  const expiresAt = lasts >= 0 ? clock() + lasts * 1000 : until >= 0 ? until * 1000 : unknown
  return { value: body.access_token, expiresAt }
}

/** The error word, and Microsoft's number for it; the description may hold what was sent. */
function describeError(body: unknown): string | undefined {
  if (!isObject(body) || typeof body.error !== 'string') return undefined
  const number = /\bAADSTS\d+/.exec(String(body.error_description ?? ''))?.[0]
  return number ? `${body.error} (${number})` : body.error
}
