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
  /** Sent as a form (RFC 6749 section 4). */
  form?: Record<string, string>
  headers?: Record<string, string>
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
    authorise: () => request.headers ?? {},
    describeError: (body) => (isObject(body) && typeof body.error === 'string' ? body.error : undefined),
    // 400 with invalid_grant or invalid_client is what wrong credentials give (RFC 6749 section 5.2).
    classify: (status) => (status === 400 ? 'unauthorised' : undefined),
  })
  const { body } = await http('', {
    method: request.method ?? 'POST',
    signal: request.signal,
    ...(request.form ? { form: request.form } : {}),
  })
  if (!isObject(body) || typeof body.access_token !== 'string') {
    throw new DnsServiceError({ service, kind: 'bad-answer', message: `${label} gave no access token.`, fix: '' })
  }
  return { value: body.access_token, expiresAt: clock() + Number(body.expires_in ?? 300) * 1000 }
}
