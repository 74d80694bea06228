import { type Clock, parseRetryAfter, type Redactor, retryDelay, untilAborted } from '@dmarc-as-code/primitives'
import { type OperationName, type Route, routes as standardRoutes } from '../routes.ts'
import { apiError } from './api-error.ts'
import {
  type AdHocRoute,
  answered,
  type CallInput,
  type CallOptions,
  type RawAnswer,
  type RecordingOptions,
} from './call.ts'
import { describeAnswer, isPage, page } from './describe-answer.ts'
import {
  AbortedError,
  ConnectionError,
  DmarcReportError,
  InvalidArgumentError,
  NotFoundError,
  OutcomeUnknownError,
  TimeoutError,
  UnexpectedAnswerError,
} from './errors.ts'
import { idempotencyKeyHeader, idempotencyKeyValue, withIdempotencyKey } from './idempotency-key.ts'
import type { Logger } from './logger.ts'
import { plainMessage, provesNotSent } from './not-sent.ts'
import { mayPass } from './passing.ts'
import { fillPath, queryText } from './path.ts'
import { parseBody, readHeaders } from './read-answer.ts'
import { BodyTooLarge, readBounded } from './read-bounded.ts'
import { refusalIn } from './refusal.ts'
import { withCall } from './with-call.ts'

export type { AdHocRoute, CallInput, CallOptions, RawAnswer } from './call.ts'

export interface TransportOptions {
  baseUrl: string
  authorization: string
  userAgent: string | undefined
  headers: Readonly<Record<string, string>>
  timeout: number
  maxRetries: number
  maxBodySize: number
  fetch: typeof globalThis.fetch
  clock: Clock
  random: () => number
  logger: Logger
  redactor: Redactor
  routes: Partial<Record<OperationName, AdHocRoute & Partial<Route>>>
}

/** Which failures may be repeated: every passing one, or only those that prove the request had no effect. */
export type Repeatable = 'always' | 'if-not-carried-out'

interface Request {
  method: Route['method']
  headers: Headers
  body?: string
}

/** Sends one operation, again if need be. Everything that leaves here, error or log, is redacted. */
export class Transport {
  readonly #options: TransportOptions

  constructor(options: TransportOptions) {
    this.#options = options
  }

  get clock(): Clock {
    return this.#options.clock
  }

  get random(): () => number {
    return this.#options.random
  }

  get logger(): Logger {
    return this.#options.logger
  }

  route(operation: OperationName): Route {
    return { assumed: false, ...(this.#options.routes[operation] ?? standardRoutes[operation]) }
  }

  /** The reading of a write's success. Where the answer does not show it, nobody knows what became of the write. */
  shown<Reading>(reading: Reading | undefined, what: string, answer: RawAnswer): Reading {
    if (reading !== undefined) return reading
    const found = this.#options.redactor.text(describeAnswer(answer.body))
    throw withCall(
      new OutcomeUnknownError(
        `${answer.method} ${answer.path} answered ${answer.status} with ${found}, expected ${what}. It may have been carried out: look before trying again.`,
      ),
      answer,
    )
  }

  /** The reading of a success, or an error that says what came instead. */
  expected<Reading>(reading: Reading | undefined, what: string, answer: RawAnswer): Reading {
    if (reading !== undefined) return reading
    const found = this.#options.redactor.text(describeAnswer(answer.body))
    throw withCall(
      new UnexpectedAnswerError(
        `${answer.method} ${answer.path} answered ${answer.status} with ${found}, expected ${what}. Check that the base URL is that of the API.`,
      ),
      answer,
    )
  }

  async call(
    operation: OperationName | AdHocRoute,
    input: CallInput = {},
    options: RecordingOptions = {},
    repeatable?: Repeatable,
  ): Promise<RawAnswer> {
    const { maxRetries, random, logger, clock, redactor } = this.#options
    const route = typeof operation === 'string' ? this.route(operation) : operation
    const path = fillPath(route.path, input.params ?? {}) + queryText(input.query ?? {})
    const retries = options.maxRetries ?? maxRetries
    const repeat = repeatable ?? (route.method === 'POST' ? 'if-not-carried-out' : 'always')
    const keyed = route.method === 'POST' && repeat === 'if-not-carried-out'
    const request = this.#request(route.method, input.body, keyed ? withIdempotencyKey(options) : options)
    const started = clock.now()
    let mayHaveHappened = false
    for (let attempt = 0; ; attempt++) {
      const sofar = () => ({
        method: route.method,
        path: redactor.text(path),
        attempts: attempt + 1,
        elapsed: clock.now() - started,
      })
      try {
        const answer = { ...(await this.#attempt(path, request, options)), ...sofar() }
        options[answered]?.(answer)
        return answer
      } catch (failure) {
        if (!(failure instanceof Failure)) throw failure
        const { error, retryAfter } = failure
        const { status, requestId } = error as { status?: number; requestId?: string }
        const call = { ...sofar(), status, requestId }
        if (mayHaveHappened) cutOffBefore.add(error)
        // The attempt that was cut off did delete it; "not found" now means done.
        if (mayHaveHappened && route.method === 'DELETE' && error instanceof NotFoundError) {
          const answer = { status: 404, headers: {}, body: undefined, requestId, ...sofar() }
          options[answered]?.(answer)
          return answer
        }
        if (attempt >= retries || !isWorthRepeating(error, repeat)) throw withCall(error, call)
        mayHaveHappened ||= !provesNoEffect(error)
        const delay = retryDelay(attempt, { retryAfter, random })
        // Earlier than the server allows would be no use; its time is in the error.
        if (delay === undefined) throw withCall(error, call)
        logger.info(`${route.method} ${path} failed, trying again`, {
          attempt: attempt + 1,
          of: retries + 1,
          delay: Math.round(delay),
          error: error.message,
        })
        await this.pause(delay, `${route.method} ${path}`, options.signal).catch((aborted) => {
          throw withCall(aborted, { ...sofar(), status, requestId })
        })
      }
    }
  }

  /** One exchange. Throws a `Failure`. */
  async #attempt(
    path: string,
    request: Request,
    options: CallOptions,
  ): Promise<Pick<RawAnswer, 'status' | 'headers' | 'body' | 'requestId'>> {
    const { baseUrl, fetch, clock, logger, redactor, maxBodySize } = this.#options
    const { signal } = options
    const { method } = request
    if (signal?.aborted) throw failure(this.aborted(`${method} ${path}`, signal.reason))
    const timeout = options.timeout ?? this.#options.timeout
    const timedOut = new AbortController()
    const done = new AbortController()
    clock.sleep(timeout, done.signal).then(
      () => timedOut.abort(),
      () => {},
    )
    const stop = AbortSignal.any(signal ? [signal, timedOut.signal] : [timedOut.signal])
    const started = clock.now()
    const sofar: { response?: Response; text: string } = { text: '' }
    try {
      const work = async () => {
        const response = await fetch(baseUrl + path, {
          ...request,
          // Following a redirect could carry the token to another host, or turn a POST into a GET.
          redirect: 'manual',
          signal: stop,
        })
        sofar.response = response
        return { response, text: await readBounded(response, maxBodySize, sofar) }
      }
      const { response, text } = await untilAborted(work(), stop).catch((cause) => {
        const { response, text } = sofar
        // Status and headers of a failure say what happened, and when to come back, without the end of its body.
        if (!response || response.ok || signal?.aborted) throw cause
        return { response, text }
      })
      const headers = readHeaders(response.headers)
      const requestId = headers['x-request-id'] ?? headers['request-id']
      const answer = { status: response.status, headers, body: parseBody(text), requestId }
      logger.debug(`${method} ${redactor.text(path)} answered ${response.status}`, {
        milliseconds: clock.now() - started,
        requestId,
      })
      const refusal = response.ok ? refusalIn(answer.body) : undefined
      if (response.ok && !refusal) {
        // A raw read may be of a page; whoever expects something else will say so.
        if (method === 'GET') return answer
        // A fetch of one's own may follow redirects all the same, and those of a write are followed with a GET.
        const instead = isPage(answer.body) ? page : response.redirected ? 'what a redirect led to' : undefined
        if (!instead) return answer
        throw failure(notCarriedOut(`${method} ${redactor.text(path)}`, response.status, instead))
      }
      const retryAfter = parseRetryAfter(headers['retry-after'], serverTime(headers) ?? clock.now())
      const told = redactor.data(answer) as typeof answer
      const status = refusal?.status ?? answer.status
      const failed = { ...told, status, answered: answer.status, method, path: redactor.text(path) }
      throw failure(apiError(failed, retryAfter), retryAfter)
    } catch (cause) {
      if (cause instanceof Failure) throw cause
      if (signal?.aborted) throw failure(this.aborted(`${method} ${path}`, signal.reason))
      const at = `${method} ${redactor.text(baseUrl + path)}`
      if (cause instanceof BodyTooLarge) {
        throw failure(
          new UnexpectedAnswerError(
            `${at} answered with more than ${cause.limit} bytes, which is as much as is read. Check that the base URL is that of the API, ask for smaller pages (perPage), or raise maxBodySize.`,
            { cause },
          ),
        )
      }
      if (timedOut.signal.aborted) {
        throw failure(
          new TimeoutError(
            `${at} had no complete answer within ${timeout} ms. Raise the timeout option if the server is merely slow.`,
            { cause: redactor.cause(cause) },
          ),
        )
      }
      throw failure(
        new ConnectionError(
          `${at} failed: ${redactor.text(plainMessage(cause))}. Check the base URL and the network.`,
          {
            cause: redactor.cause(cause),
            notSent: provesNotSent(cause),
          },
        ),
      )
    } finally {
      done.abort()
    }
  }

  #request(method: Route['method'], body: unknown, options: CallOptions): Request {
    const { headers, authorization, userAgent, redactor } = this.#options
    try {
      const result = new Headers(headers)
      for (const [name, value] of Object.entries(options.headers ?? {})) result.set(name, value)
      if (options.idempotencyKey !== undefined) {
        result.set(idempotencyKeyHeader, idempotencyKeyValue(options.idempotencyKey))
      }
      if (userAgent !== undefined) result.set('user-agent', userAgent)
      if (body !== undefined) result.set('content-type', 'application/json')
      result.set('accept', 'application/json')
      result.set('authorization', authorization)
      return { method, headers: result, ...(body !== undefined && { body: JSON.stringify(body) }) }
    } catch (cause) {
      if (cause instanceof InvalidArgumentError) throw cause
      throw new InvalidArgumentError('The headers or the body of this call cannot be sent', {
        cause: redactor.cause(cause),
      })
    }
  }

  /** Waits before a repetition of `what`; the caller's signal ends that with an `AbortedError`. */
  async pause(ms: number, what: string, signal: AbortSignal | undefined): Promise<void> {
    await this.clock.sleep(ms, signal).catch((reason) => {
      throw this.aborted(what, reason)
    })
  }

  aborted(what: string, reason: unknown): AbortedError {
    const { redactor } = this.#options
    return new AbortedError(`${redactor.text(what)} was aborted by the caller`, { cause: redactor.cause(reason) })
  }
}

/** The server's own time, by which its dates are meant. */
function serverTime(headers: Readonly<Record<string, string>>): number | undefined {
  const at = Date.parse(headers.date ?? '')
  return Number.isNaN(at) ? undefined : at
}

/** Carries the server's hint from the attempt to the loop, beside the error the caller may get to see. */
class Failure {
  readonly error: DmarcReportError
  readonly retryAfter: number | undefined

  constructor(error: DmarcReportError, retryAfter: number | undefined) {
    this.error = error
    this.retryAfter = retryAfter
  }
}

const failure = (error: DmarcReportError, retryAfter?: number) => new Failure(error, retryAfter)

/** Who believes a proxy's page in place of an answer forgets a domain that is still there. */
const notCarriedOut = (request: string, status: number, instead: string) =>
  new UnexpectedAnswerError(
    `${request} answered ${status} with ${instead}, as proxies and login pages do, so nothing shows that it was carried out. ` +
      'Check that the base URL is that of the API.',
  )

/** Errors of calls of which an earlier attempt may have been carried out. */
const cutOffBefore = new WeakSet<object>()

/** Whether an earlier attempt of the same call was cut off, so that a refusal may be about what that one did. */
export const followsCutOff = (error: unknown): boolean => error instanceof DmarcReportError && cutOffBefore.has(error)

/** A connection that never opened, or a server that refused to work at all. */
export function provesNoEffect(error: unknown): boolean {
  return (error instanceof ConnectionError && error.notSent) || (error as { status?: unknown }).status === 429
}

function isWorthRepeating(error: DmarcReportError, repeatable: Repeatable): boolean {
  if (error instanceof AbortedError) return false
  if (repeatable === 'if-not-carried-out') return provesNoEffect(error)
  return isPassing(error)
}

/** Whether the same call may succeed later: the network, the clock or the server's state were to blame, not the request. */
export function isPassing(error: unknown): boolean {
  if (error instanceof ConnectionError || error instanceof TimeoutError) return true
  const { status } = error as { status?: unknown }
  return error instanceof DmarcReportError && typeof status === 'number' && mayPass(status)
}
