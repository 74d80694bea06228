import type { Route } from '../routes.ts'
import type { Params, Query } from './path.ts'

/** Options of one call; they take precedence over those of the client. */
export interface CallOptions {
  /** Ends the call, its retries and its waits at once with an `AbortedError`. */
  signal?: AbortSignal | undefined
  /** Milliseconds each attempt may take, reading the body included. */
  timeout?: number | undefined
  /** Attempts after the first; 0 for none. */
  maxRetries?: number | undefined
  /** Sent with every attempt of this call; `Authorization` cannot be replaced. */
  headers?: Readonly<Record<string, string>> | undefined
  /**
   * Names this creation: a server that knows `Idempotency-Key` (the extension `idempotency_keys`) carries it out once,
   * however often it arrives. Keep the key over restarts of a program to repeat a creation safely. @default a random UUID
   */
  idempotencyKey?: string | undefined
}

/** A route of one's own, for what this package does not know. */
export type AdHocRoute = Pick<Route, 'method' | 'path'>

/** What a request carries. */
export interface CallInput {
  /** Values of the path parameters. */
  params?: Params
  /** Query parameters. */
  query?: Query
  /** Sent as JSON. */
  body?: unknown
}

/** A successful answer as it came. */
export interface RawAnswer {
  /** HTTP status. */
  status: number
  /** Headers in lower case, without cookies. */
  headers: Readonly<Record<string, string>>
  /** Parsed JSON; the text when it is not JSON; undefined when it is empty. */
  body: unknown
  /** `X-Request-Id` or `Request-Id`; undefined where the server sends none. */
  requestId: string | undefined
  /** How many attempts it took. */
  attempts: number
  /** HTTP method of the request. */
  method: string
  /** With the query, without the base URL. */
  path: string
  /** Milliseconds from the begin of the call, retries and pauses included. */
  elapsed: number
}

/** The answer behind a typed result: everything but its body. */
export type ResponseInfo = Omit<RawAnswer, 'body'>

/** Where a call leaves its answers; options are handed on from method to method, so it travels with them. */
export const answered: unique symbol = Symbol('answered')

/** Call options as methods hand them on. */
export type RecordingOptions = CallOptions & { [answered]?: (answer: RawAnswer) => void }
