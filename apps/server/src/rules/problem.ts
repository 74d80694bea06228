import type { ErrorDetailCode } from '@dmarc-as-code/client/contract'

/** One thing wrong with a request, as the API tells it. `field` is a dotted path, empty when no single field is to blame. */
export interface ProblemDetail {
  field: string
  code: ErrorDetailCode
  message: string
  /** With a duplicate: the object that is already there. */
  existing_id?: number
}

export type ProblemStatus = 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 503

/** A request that cannot be granted, with the status and the words the caller is to see. */
export class Problem extends Error {
  readonly status: ProblemStatus
  readonly details: readonly ProblemDetail[]
  /** Seconds after which the same request may succeed. */
  readonly retryAfter: number | undefined

  constructor(
    status: ProblemStatus,
    message: string,
    details: readonly ProblemDetail[] = [],
    options: { retryAfter?: number; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause })
    this.name = 'Problem'
    this.status = status
    this.details = details
    this.retryAfter = options.retryAfter
  }
}

/** A refused value (422): one sentence for the whole, and one detail per field. */
export function refused(details: readonly ProblemDetail[]): Problem {
  const [first] = details
  return new Problem(422, details.length === 1 && first ? first.message : 'Several values were refused.', details)
}

/** Also for what belongs to somebody else: whether it exists is not this caller's business. */
export function notFound(what: string, reference: string | number): Problem {
  return new Problem(404, `There is no ${what} ${reference} here, or this token may not see it.`)
}
