import { countOf, excerpt } from '@dmarc-as-code/primitives'
import { isPage, page } from './describe-answer.ts'
import { readErrorBody } from './error-body.ts'
import {
  ApiError,
  type ApiErrorFields,
  AuthenticationError,
  ConflictError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  ServerError,
  ValidationError,
  VersionConflictError,
} from './errors.ts'

export interface FailedAnswer {
  status: number
  /** The HTTP status, where the body of a success says otherwise. */
  answered?: number
  headers: Readonly<Record<string, string>>
  body: unknown
  requestId: string | undefined
  method: string
  path: string
}

const nextStep: Record<number, string> = {
  401: 'Check the token: the server does not accept it.',
  403: 'Check the privileges of the token and the plan of the account.',
  402: 'Check the plan of the account.',
}

/** The one place that turns a failed answer into its class. The answer must be redacted already. */
export function apiError({ answered, ...answer }: FailedAnswer, retryAfter: number | undefined): ApiError {
  const reading = readErrorBody(answer.body)
  const fields: ApiErrorFields = {
    ...answer,
    retryAfter,
    code: reading.code,
    details: reading.details,
    requestId: answer.requestId ?? reading.requestId,
  }
  const message = sentence(fields, reading.message, answered ?? answer.status)
  const { status } = answer
  if (status === 401) return new AuthenticationError(message, fields)
  if (status === 402 || status === 403) return new PermissionError(message, fields)
  if (status === 404 || status === 410) return new NotFoundError(message, fields)
  if (status === 409) return new ConflictError(message, fields)
  if (status === 412) return new VersionConflictError(message, fields)
  if (status === 429) return new RateLimitError(message, fields)
  if (status >= 400 && status < 500) return new ValidationError(message, fields)
  if (status >= 500) return new ServerError(message, fields)
  return new ApiError(message, fields)
}

const seconds = (milliseconds: number) => countOf(Math.ceil(milliseconds / 1000), 'second')

/** Details that a message names; `details` has them all. */
const namedDetails = 10

function sentence(fields: ApiErrorFields, message: string, answered: number): string {
  const { status, headers, method, path, retryAfter } = fields
  // A browser hides where a redirect leads to, and its status.
  const redirected = (status >= 300 && status < 400 && headers.location) || status === 0
  const redirect =
    redirected &&
    `a redirect${headers.location ? ` to ${excerpt(headers.location, 300)}` : ''}, which is not followed; check the base URL`
  const said = [message, redirect].filter(Boolean).join('; ')
  const details = fields.details
    .filter(({ message: what }) => what !== '' && !said.includes(what))
    .map(({ field, message: what }) => excerpt(field && !what.startsWith(field) ? `${field}: ${what}` : what, 300))
  const named = details.slice(0, namedDetails)
  if (details.length > namedDetails) named.push(`and ${details.length - namedDetails} more`)
  const what = `${method} ${path} answered ${answered}${isPage(fields.body) ? ` with ${page}` : ''}${answered >= 200 && answered < 300 ? ', but its body reports a failure' : ''}: ${[said, ...named].filter(Boolean).join('; ') || 'no explanation given'}`
  const next = [
    nextStep[status],
    retryAfter !== undefined && `The server allows the next request in ${seconds(retryAfter)}.`,
  ].filter(Boolean)
  return [next.length > 0 && !/[.!?…]$/.test(what) ? `${what}.` : what, ...next].join(' ')
}
