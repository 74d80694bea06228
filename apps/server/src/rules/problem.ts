import type { ErrorDetailCode } from '@dmarc-as-code/client/contract'

/** One fault of a request in the form of the API. `field` is a dotted path, empty when no single field is at fault. */
export interface ProblemDetail {
  field: string
  code: ErrorDetailCode
  message: string
  /** For duplicates: the id of the existing object. */
  existing_id?: number
}

export type ProblemStatus = 400 | 401 | 403 | 404 | 405 | 409 | 412 | 413 | 415 | 422 | 429 | 503

/** A request that is refused, with the status and message of the answer. */
export class Problem extends Error {
  readonly status: ProblemStatus
  readonly details: readonly ProblemDetail[]
  /** Seconds after which the same request may succeed. */
  readonly retryAfter: number | undefined
  /** The methods that the path has; of a 405. */
  readonly allow: readonly string[] | undefined

  constructor(
    status: ProblemStatus,
    message: string,
    details: readonly ProblemDetail[] = [],
    options: { retryAfter?: number; allow?: readonly string[]; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause })
    this.name = 'Problem'
    this.status = status
    this.details = details
    this.retryAfter = options.retryAfter
    this.allow = options.allow
  }
}

/** A 422 with one message for the whole request and one detail for each fault. */
export function refused(details: readonly ProblemDetail[]): Problem {
  const [first] = details
  return new Problem(
    422,
    details.length === 1 && first ? first.message : 'Several values are invalid. See details.',
    details,
  )
}

/** A 404, also for objects of other users, so that their existence is not disclosed. */
export function notFound(what: string, reference: string | number): Problem {
  return new Problem(404, `There is no ${what} ${reference}, or this token has no access to it.`)
}
