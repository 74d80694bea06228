import { printable } from '@dmarc-as-code/primitives'
import type { ExtensionName } from '../enumerations.ts'
import type { OperationName } from '../routes.ts'
import type { ErrorDetail } from './error-body.ts'

/** The request an error is about. */
export interface CallInfo {
  /** HTTP method. */
  method: string
  /** With the query, without the base URL. */
  path: string
  /** Undefined where no answer came. */
  status: number | undefined
  /** `X-Request-Id` or `Request-Id` of the answer, or the id in its body. */
  requestId: string | undefined
  /** Milliseconds since the call began, retries and pauses included. */
  elapsed: number
  /** Attempts made, the first included. */
  attempts: number
}

/** Characters; what a server, a proxy or a record says may be of any length. */
const longestMessage = 8_000

/** Whatever a message quotes cannot steer a terminal, and does not fill a log. */
const presentable = (message: string): string => {
  const cut = message.length > longestMessage ? `${message.slice(0, longestMessage)}…` : message
  return cut.split('\n').map(printable).join('\n')
}

/** The base of everything this package throws on purpose. */
export class DmarcReportError extends Error {
  override name = 'DmarcReportError'
  /** The request that failed last; undefined for what was refused before it was sent. */
  call: Readonly<CallInfo> | undefined

  constructor(message = '', options?: ErrorOptions) {
    super(presentable(message), options)
    if (options?.cause instanceof DmarcReportError) this.call = options.cause.call
  }
}

/** An argument that could not be sent at all: an empty token, an id with a slash, a base URL that is none. */
export class InvalidArgumentError extends DmarcReportError {
  override name = 'InvalidArgumentError'
}

/** The caller's own signal aborted; `cause` is its reason. Never retried. A write may have been carried out. */
export class AbortedError extends DmarcReportError {
  override name = 'AbortedError'
}

/** No answer within the timeout of the last attempt. A write may have been carried out. */
export class TimeoutError extends DmarcReportError {
  override name = 'TimeoutError'
}

/** The connection failed: refused, reset, no such host, TLS. `cause` is what fetch threw, without secrets. */
export class ConnectionError extends DmarcReportError {
  override name = 'ConnectionError'
  /** True when not a byte of the request can have reached the server, so repeating a write is safe. */
  readonly notSent: boolean

  constructor(message: string, options: ErrorOptions & { notSent: boolean }) {
    super(message, options)
    this.notSent = options.notSent
  }
}

/** A success status with a body that is not what the operation answers: a login page, a proxy's text, a missing field. */
export class UnexpectedAnswerError extends DmarcReportError {
  override name = 'UnexpectedAnswerError'
}

/** The server lacks something only some servers have. */
export class UnsupportedError extends DmarcReportError {
  override name = 'UnsupportedError'
  /** What is missing; undefined when it is not one of the named extensions. */
  readonly extension: ExtensionName | undefined
  /**
   * The option of the client that helps where the server has the operation at another path, such as `routes.deleteDomain`.
   * Not in the message, which reaches people who have no such option: users of Terraform, of an app.
   */
  readonly option: `routes.${OperationName}` | undefined

  constructor(message: string, options: ErrorOptions & { extension?: ExtensionName; route?: OperationName } = {}) {
    super(message, options)
    this.extension = options.extension
    this.option = options.route && `routes.${options.route}`
  }
}

/** A field that is not as it was asked for. */
export interface Difference {
  /** Name of the field in the request. */
  field: string
  /** What was sent. */
  asked: unknown
  /** What the server shows. */
  found: unknown
}

/**
 * A write whose outcome nothing shows: it was cut off and reading back could not tell, or the server answered a success and
 * shows something else than what was asked. Look at the object before trying again. `cause` is the failure behind it, if any.
 */
export class OutcomeUnknownError extends DmarcReportError {
  override name = 'OutcomeUnknownError'
  /** The fields that are not as asked, with what was found; empty where nothing was found to compare. */
  readonly differences: readonly Difference[]
  /** The object as it was last seen, such as a domain that exists with other settings; undefined where none was seen. */
  readonly found: unknown

  constructor(
    message: string,
    options: ErrorOptions & { differences?: readonly Difference[] | undefined; found?: unknown } = {},
  ) {
    super(message, options)
    this.differences = options.differences ?? []
    this.found = options.found
  }
}

/** What an `ApiError` knows of the answer. */
export interface ApiErrorFields {
  /** HTTP status, or the status that the body of a success reports. */
  status: number
  /** Answer headers in lower case, without cookies. */
  headers: Readonly<Record<string, string>>
  /** The answer as it came: parsed JSON, else its text. */
  body: unknown
  /** `error.code` of the answer, if it has one. */
  code: string | undefined
  /** Each refused field, if the answer names any. */
  details: readonly ErrorDetail[]
  /** `X-Request-Id` or `Request-Id` of the answer, or the id in its body. */
  requestId: string | undefined
  /** HTTP method of the request. */
  method: string
  /** Path of the request with its query, without the base URL. */
  path: string
  /** What `Retry-After` asked for, in milliseconds. */
  retryAfter: number | undefined
}

/** The server answered, and said no. A subclass per status family. */
export class ApiError extends DmarcReportError implements ApiErrorFields {
  override name = 'ApiError'
  /** HTTP status, or the status that the body of a success reports. */
  readonly status: number
  /** Answer headers in lower case, without cookies. */
  readonly headers: Readonly<Record<string, string>>
  /** The answer as it came: parsed JSON, else its text. */
  readonly body: unknown
  /** `error.code` of the answer; undefined where it has none. */
  readonly code: string | undefined
  /** Each refused field; empty where the answer names none. */
  readonly details: readonly ErrorDetail[]
  /** `X-Request-Id` or `Request-Id` of the answer, or the id in its body. */
  readonly requestId: string | undefined
  /** HTTP method of the request. */
  readonly method: string
  /** Path of the request with its query, without the base URL. */
  readonly path: string
  /** What `Retry-After` asked for, in milliseconds; undefined where it was not sent. */
  readonly retryAfter: number | undefined

  constructor(message: string, fields: ApiErrorFields) {
    super(message)
    this.retryAfter = fields.retryAfter
    this.status = fields.status
    this.headers = fields.headers
    this.body = fields.body
    this.code = fields.code
    this.details = fields.details
    this.requestId = fields.requestId
    this.method = fields.method
    this.path = fields.path
  }
}

/** 401: no token, or one the server does not know. */
export class AuthenticationError extends ApiError {
  override name = 'AuthenticationError'
}

/** 402 or 403: the token lacks the privilege, or the plan the feature. */
export class PermissionError extends ApiError {
  override name = 'PermissionError'
}

/** 404 or 410. */
export class NotFoundError extends ApiError {
  override name = 'NotFoundError'
}

/** 409: it exists already. */
export class ConflictError extends ApiError {
  override name = 'ConflictError'

  /** The id of what is already there, if the server says. */
  get existingId(): number | undefined {
    return this.details.find((detail) => detail.existing_id !== undefined)?.existing_id
  }
}

/** 412: somebody has changed the object since the version that the change was decided on. Read it again and decide again. */
export class VersionConflictError extends ApiError {
  override name = 'VersionConflictError'
}

/** Every other 4xx: a value or a rule was refused; `details` say which. Never retried. */
export class ValidationError extends ApiError {
  override name = 'ValidationError'
}

/** 429, after the retries; `retryAfter` says when to come back, if the server does. */
export class RateLimitError extends ApiError {
  override name = 'RateLimitError'
}

/** 5xx, after the retries. */
export class ServerError extends ApiError {
  override name = 'ServerError'
}
