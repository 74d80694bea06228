import { setTimeout as delay } from 'node:timers/promises'
import { parseRetryAfter, retryDelay } from '@dmarc-as-code/primitives'
import { DnsServiceError, type DnsServiceErrorKind } from '../engine/errors.ts'
import type { ServiceId } from '../engine/types.ts'
import { networkReason } from '../transport/network-reason.ts'

export type Sleep = (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>

/** The pause of a timer. */
export const pause: Sleep = (milliseconds, signal) => delay(milliseconds, undefined, { signal })

/** What a request looks like to those who sign it. */
export interface OutgoingRequest {
  method: string
  url: URL
  /** The text of the body; empty where there is none. */
  body: string
}

export interface HttpOptions {
  service: ServiceId
  label: string
  baseUrl: string
  fetch?: typeof fetch | undefined
  /** The headers that carry the credentials; asked for before each request, so that they can be renewed or signed. */
  authorise(
    signal: AbortSignal | undefined,
    request: OutgoingRequest,
  ): Promise<Record<string, string>> | Record<string, string>
  /** What the service says in the body of an error. */
  describeError(body: unknown): string | undefined
  /** What an error means, where the status alone does not say it. */
  classify?(status: number, body: unknown): DnsServiceErrorKind | undefined
  /** For services that answer 200 to what they refuse: what the answer means, or undefined when it is none of these. */
  failureIn?(body: unknown): DnsServiceErrorKind | undefined
  /** For services that say by other means than `Retry-After` when to come back: milliseconds from now. */
  waitOf?(status: number, headers: Headers, now: number): number | undefined
  /** Milliseconds per request. Default 20,000. */
  timeout?: number | undefined
  sleep?: Sleep | undefined
  /** Milliseconds since 1970, to read dates in `Retry-After`. Default `Date.now`. */
  clock?: (() => number) | undefined
  /** From 0 to below 1; spreads the retries. Default `Math.random`. */
  random?: (() => number) | undefined
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
  /** Whether the request only reads, so that a lost one may be sent again. Default: for GET. */
  repeatable?: boolean
}

export interface HttpAnswer {
  status: number
  headers: Headers
  /** Undefined when the body is empty. */
  body: unknown
}

export type HttpClient = (path: string, request?: HttpRequest) => Promise<HttpAnswer>

const maxTries = 4
/** As long as Cloudflare's limit lasts. Who asks for more has a daily limit, which is told instead of waited out. */
const longestRetryAfter = 300_000

/**
 * JSON over HTTP for one service. Reads are tried again after 429, 5xx and network failures; writes only after 429, which
 * says that nothing was done. `Retry-After` is obeyed up to five minutes; a longer one fails at once and is told. Redirects
 * are refused: credentials stay here.
 */
export function createHttp(options: HttpOptions): HttpClient {
  const { service, label, baseUrl, timeout = 20_000, sleep = pause } = options
  const failure = (kind: DnsServiceErrorKind, message: string, cause?: unknown, fix = fixes[kind] ?? '') =>
    new DnsServiceError({ service, kind, message: `${label} ${message}`, fix }, { cause })

  async function once(path: string, request: HttpRequest): Promise<HttpAnswer> {
    const { method = 'GET', query = {}, signal } = request
    const url = new URL(baseUrl + path)
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, `${value}`)
    const limit = AbortSignal.timeout(timeout)
    const [contentType, body] = encodeBody(request)
    const headers = {
      accept: 'application/json',
      'user-agent': '@dmarc-as-code/dns',
      ...(contentType === undefined ? {} : { 'content-type': contentType }),
      ...request.headers,
      ...(await options.authorise(signal, { method, url, body: body ?? '' })),
    }
    let response: Response
    let text: string
    try {
      response = await (options.fetch ?? fetch)(url, {
        method,
        headers,
        redirect: 'error',
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
        ...(body === undefined ? {} : { body }),
      })
      text = await response.text()
    } catch (cause) {
      signal?.throwIfAborted()
      if (limit.aborted) throw failure('timed-out', `did not answer ${method} ${path} within ${timeout} ms.`, cause)
      throw failure('unavailable', `could not be reached (${networkReason(cause)}).`, cause)
    }
    const parsed = parseBody(text)
    const refused = response.ok && parsed !== notJson ? options.failureIn?.(parsed) : undefined
    if (refused === undefined && (response.ok || request.accept?.includes(response.status))) {
      if (request.text) return { status: response.status, headers: response.headers, body: text }
      if (parsed === notJson) throw failure('bad-answer', `answered ${method} ${path} with something that is not JSON.`)
      return { status: response.status, headers: response.headers, body: parsed }
    }
    const said = parsed === notJson ? undefined : options.describeError(parsed)
    const detail = `${refused ? 'refused' : `answered ${response.status} to`} ${method} ${path}${said ? `: ${said}` : '.'}`
    const kind = refused ?? options.classify?.(response.status, parsed) ?? kindOf(response.status)
    const now = options.clock?.() ?? Date.now()
    const wait =
      parseRetryAfter(response.headers.get('retry-after'), now) ??
      options.waitOf?.(response.status, response.headers, now)
    const fix = kind === 'throttled' && wait !== undefined ? `Try again in ${inWords(wait)}.` : undefined
    throw Object.assign(failure(kind, detail, undefined, fix), { retryAfter: wait })
  }

  return async (path, request = {}) => {
    for (let attempt = 0; ; attempt++) {
      try {
        return await once(path, request)
      } catch (error) {
        const repeatable = request.repeatable ?? (request.method ?? 'GET') === 'GET'
        if (attempt === maxTries - 1 || !mayRepeat(error, repeatable)) throw error
        const { retryAfter } = error as { retryAfter?: number }
        const wait = retryDelay(attempt, { retryAfter, longestRetryAfter, random: options.random })
        if (wait === undefined) throw error
        await sleep(wait, request.signal)
      }
    }
  }
}

function encodeBody({ body, form }: HttpRequest): [contentType: string | undefined, body: string | undefined] {
  if (form) return ['application/x-www-form-urlencoded;charset=UTF-8', new URLSearchParams(form).toString()]
  return body === undefined ? [undefined, undefined] : ['application/json', JSON.stringify(body)]
}

function mayRepeat(error: unknown, repeatable: boolean): boolean {
  if (!(error instanceof DnsServiceError)) return false
  if (error.kind === 'throttled') return true
  return repeatable && (error.kind === 'unavailable' || error.kind === 'timed-out')
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

function inWords(milliseconds: number): string {
  const [amount, unit] =
    milliseconds < 120_000
      ? [milliseconds / 1000, 'second']
      : milliseconds < 7_200_000
        ? [milliseconds / 60_000, 'minute']
        : [milliseconds / 3_600_000, 'hour']
  const whole = Math.max(1, Math.ceil(amount))
  return `${whole} ${unit}${whole === 1 ? '' : 's'}`
}
