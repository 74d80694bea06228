import type { Route53ClientConfig } from '@aws-sdk/client-route-53'
import { DnsServiceError } from '../../engine/errors.ts'
import { networkReason } from '../../transport/network-reason.ts'

type Handler = NonNullable<Route53ClientConfig['requestHandler']>

/** A request as the SDK gives it to handlers. */
interface Request {
  method: string
  protocol: string
  hostname: string
  port?: number
  path: string
  query?: Record<string, string | string[] | null>
  headers: Record<string, string>
  body?: string
}

/**
 * Sends what the SDK has signed through a `fetch`, so that requests take the way of all others of the caller: its proxy, its
 * certificates. The SDK's own handler knows neither. `timeout` is in milliseconds per request.
 */
export function fetchHandler(send: typeof fetch, timeout: number): Handler {
  const failure = (kind: 'timed-out' | 'unavailable', message: string, cause: unknown) => {
    const details = { service: 'route53', kind, message, fix: 'Check the network, or try again later.' }
    return new DnsServiceError(details, { cause })
  }
  return {
    async handle(request: Request, { abortSignal: caller }: { abortSignal?: AbortSignal } = {}) {
      const limit = AbortSignal.timeout(timeout)
      try {
        const answer = await send(urlOf(request), {
          method: request.method,
          headers: request.headers,
          redirect: 'error',
          signal: caller ? AbortSignal.any([caller, limit]) : limit,
          ...(request.body ? { body: request.body } : {}),
        })
        const body = new Uint8Array(await answer.arrayBuffer())
        const headers = Object.fromEntries(answer.headers)
        return { response: { statusCode: answer.status, reason: answer.statusText, headers, body } }
      } catch (cause) {
        caller?.throwIfAborted()
        if (limit.aborted) throw failure('timed-out', `Route 53 did not answer within ${timeout} ms.`, cause)
        throw failure('unavailable', `Route 53 could not be reached (${networkReason(cause)}).`, cause)
      }
    },
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
  } as Handler
}

function urlOf({ protocol, hostname, port, path, query }: Request): string {
  const url = new URL(`${protocol}//${hostname}${port === undefined ? '' : `:${port}`}${path}`)
  for (const [name, value] of Object.entries(query ?? {})) {
    for (const one of Array.isArray(value) ? value : [value ?? '']) url.searchParams.append(name, one)
  }
  return url.href
}
