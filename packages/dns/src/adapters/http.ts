import { setTimeout as delay } from 'node:timers/promises'
import { DnsServiceError, type DnsServiceErrorKind } from '../engine/errors.ts'
import type { ServiceId } from '../engine/types.ts'

export type Sleep = (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>

/** The pause of a timer. */
export const pause: Sleep = (milliseconds, signal) => delay(milliseconds, undefined, { signal })

export interface HttpOptions {
  service: ServiceId
  label: string
  baseUrl: string
  fetch?: typeof fetch | undefined
  /** The headers that carry the credentials; asked for before each request, so that they can be renewed. */
  authorise(signal: AbortSignal | undefined): Promise<Record<string, string>> | Record<string, string>
  /** What the service says in the body of an error. */
  describeError(body: unknown): string | undefined
  /** What an error means, where the status alone does not say it. */
  classify?(status: number, body: unknown): DnsServiceErrorKind | undefined
  /** Milliseconds per request. Default 20,000. */
  timeout?: number | undefined
  sleep?: Sleep | undefined
  /** Milliseconds since 1970, to read dates in `Retry-After`. Default `Date.now`. */
  clock?: (() => number) | undefined
}

export interface HttpRequest {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  query?: Record<string, string | number | undefined>
  /** Sent as JSON. */
  body?: unknown
  /** Sent as a form instead. */
  form?: Record<string, string>
  headers?: Record<string, string>
  signal?: AbortSignal | undefined
  /** Statuses that are answers and not errors, such as 404. */
  accept?: number[]
  /** Take the body as it is, where the service answers with something that is not JSON. */
  text?: boolean
}

export interface HttpAnswer {
  status: number
  headers: Headers
  /** Undefined when the body is empty. */
  body: unknown
}

export type HttpClient = (path: string, request?: HttpRequest) => Promise<HttpAnswer>

const maxTries = 4
const longestPause = 300_000

/**
 * JSON over HTTP for one service. Reads are tried again after 429, 5xx and network failures; writes only after 429, which
 * says that nothing was done. `Retry-After` is obeyed up to five minutes, which is as long as Cloudflare's limit lasts. Redirects are refused: credentials stay here.
 */
export function createHttp(options: HttpOptions): HttpClient {
  const { service, label, baseUrl, timeout = 20_000, sleep = pause } = options
  const failure = (kind: DnsServiceErrorKind, message: string, cause?: unknown) =>
    new DnsServiceError({ service, kind, message: `${label} ${message}`, fix: fixes[kind] ?? '' }, { cause })

  async function once(path: string, request: HttpRequest): Promise<HttpAnswer> {
    const { method = 'GET', query = {}, body, form, signal } = request
    const url = new URL(baseUrl + path)
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, `${value}`)
    const limit = AbortSignal.timeout(timeout)
    const headers = {
      accept: 'application/json',
      'user-agent': '@dmarc-as-code/dns',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...request.headers,
      ...(await options.authorise(signal)),
    }
    let response: Response
    let text: string
    try {
      response = await (options.fetch ?? fetch)(url, {
        method,
        headers,
        redirect: 'error',
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
        ...(form ? { body: new URLSearchParams(form) } : body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      text = await response.text()
    } catch (cause) {
      signal?.throwIfAborted()
      if (limit.aborted) throw failure('timed-out', `did not answer ${method} ${path} within ${timeout} ms.`, cause)
      throw failure('unavailable', `could not be reached (${reason(cause)}).`, cause)
    }
    const parsed = parseBody(text)
    if (response.ok || request.accept?.includes(response.status)) {
      if (request.text) return { status: response.status, headers: response.headers, body: text }
      if (parsed === notJson) throw failure('bad-answer', `answered ${method} ${path} with something that is not JSON.`)
      return { status: response.status, headers: response.headers, body: parsed }
    }
    const said = parsed === notJson ? undefined : options.describeError(parsed)
    const detail = `answered ${response.status} to ${method} ${path}${said ? `: ${said}` : '.'}`
    const kind = options.classify?.(response.status, parsed) ?? kindOf(response.status)
    throw Object.assign(failure(kind, detail), {
      retryAfter: retryAfter(response.headers.get('retry-after'), options.clock?.() ?? Date.now()),
    })
  }

  return async (path, request = {}) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await once(path, request)
      } catch (error) {
        if (attempt === maxTries || !mayRepeat(error, request.method ?? 'GET')) throw error
        const asked = (error as { retryAfter?: number }).retryAfter
        await sleep(Math.min(asked ?? 500 * 2 ** (attempt - 1), longestPause), request.signal)
      }
    }
  }
}

function mayRepeat(error: unknown, method: string): boolean {
  if (!(error instanceof DnsServiceError)) return false
  if (error.kind === 'throttled') return true
  return method === 'GET' && (error.kind === 'unavailable' || error.kind === 'timed-out')
}

function kindOf(status: number): DnsServiceErrorKind {
  if (status === 401) return 'unauthorised'
  if (status === 403) return 'forbidden'
  if (status === 404) return 'not-found'
  if (status === 409 || status === 412) return 'changed'
  if (status === 429) return 'throttled'
  return status >= 500 ? 'unavailable' : 'refused'
}

const fixes: Partial<Record<DnsServiceErrorKind, string>> = {
  unauthorised: 'Check the credentials: they are wrong, expired or meant for another account.',
  forbidden: 'Give the credentials the right to read and change the records of this zone.',
  throttled: 'Wait a minute and try again.',
  unavailable: 'Try again later.',
  'timed-out': 'Check the network, or try again later.',
  changed: 'Plan again.',
}

const notJson = Symbol('not JSON')

function parseBody(text: string): unknown {
  if (text.trim() === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return notJson
  }
}

/** Milliseconds, from seconds or an HTTP date (RFC 9110 section 10.2.3). */
function retryAfter(header: string | null, now: number): number | undefined {
  if (!header) return undefined
  if (/^\d+$/.test(header)) return Number(header) * 1000
  const date = Date.parse(header)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}

function reason(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const code = (cause as NodeJS.ErrnoException)?.code
  return code ?? (cause instanceof Error ? cause.message : String(cause))
}
