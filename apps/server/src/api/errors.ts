import { errorCodes, type WireError } from '@dmarc-as-code/client/contract'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from '../rules/problem.ts'
import { isConflict } from '../store/retry.ts'
import { isStoreUnavailable } from '../store/unavailable.ts'
import { UserGoneError } from '../store/users.ts'
import { unknownToken } from './authenticate.ts'

/** Seconds after which a request may find the database again. */
const storeRetryAfter = 5

/** Maps the errors Fastify reports for unreadable requests to problems. */
function asProblem(error: FastifyError | Problem): Problem | undefined {
  if (error instanceof Problem) return error
  if (error instanceof UserGoneError) return unknownToken()
  if (isConflict(error)) {
    const message = 'Other requests keep changing the same object. Retry after a second.'
    return new Problem(503, message, [], { retryAfter: 1, cause: error })
  }
  if (isStoreUnavailable(error)) {
    const message =
      'The database of this server cannot be used at the moment. A request that changes something may or may not have taken effect. Retry later.'
    return new Problem(503, message, [], { retryAfter: storeRetryAfter, cause: error })
  }
  switch (error.statusCode) {
    case 400:
      return new Problem(400, `The request could not be read: ${error.message}.`)
    case 414:
      return new Problem(404, 'Not found: a path segment is too long.')
    case 413:
      return new Problem(413, 'The request body is larger than 1 MiB. Send a smaller one.')
    case 415:
      return new Problem(415, 'The body is not declared as JSON. Send "Content-Type: application/json".')
    default:
      return undefined
  }
}

/** Answers every failure in the one error shape. Unexpected errors are logged in full; the answer has only a request id. */
export function sendError(error: FastifyError | Problem, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = asProblem(error)
  if (!problem) {
    request.log.error({ err: error }, 'request failed with an unexpected error')
    const message = 'Internal server error. Give the request id to the operator of this server.'
    const body: WireError = { error: { code: errorCodes[500], message, details: [], request_id: request.id } }
    return reply.code(500).send(body)
  }
  if (problem.status === 503) request.log.warn({ err: problem.cause ?? problem }, 'request was not served')
  if (problem.status === 401) reply.header('www-authenticate', 'Token realm="DMARC as Code"')
  if (problem.allow) reply.header('allow', problem.allow.join(', '))
  if (problem.retryAfter !== undefined) reply.header('retry-after', String(Math.max(1, Math.ceil(problem.retryAfter))))
  const { message, details } = problem
  const body: WireError = { error: { code: errorCodes[problem.status], message, details: [...details] } }
  return reply.code(problem.status).send(body)
}
