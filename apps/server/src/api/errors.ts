import { errorCodes, type WireError } from '@dmarc-as-code/client/contract'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from '../rules/problem.ts'

/** Fastify's own refusals of a request it could not read, in our words. */
function asProblem(error: FastifyError | Problem): Problem | undefined {
  if (error instanceof Problem) return error
  switch (error.statusCode) {
    case 400:
      return new Problem(400, `The request could not be read: ${error.message}.`)
    case 414:
      return new Problem(404, 'There is nothing at this address: a part of it is too long.')
    case 413:
      return new Problem(413, 'The request is larger than 1 MiB. Send less at once.')
    case 415:
      return new Problem(415, 'The body is not JSON. Send it with "Content-Type: application/json".')
    default:
      return undefined
  }
}

/** Answers every failure in the one error shape. The unexpected is logged in full and told with a request id only. */
export function sendError(error: FastifyError | Problem, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = asProblem(error)
  if (!problem) {
    request.log.error({ err: error }, 'the request failed')
    const message = 'The server failed to carry this out. Tell its operator the request id.'
    const body: WireError = { error: { code: errorCodes[500], message, details: [], request_id: request.id } }
    return reply.code(500).send(body)
  }
  if (problem.status === 401) reply.header('www-authenticate', 'Token realm="DMARC as Code"')
  if (problem.retryAfter !== undefined) reply.header('retry-after', String(Math.max(1, Math.ceil(problem.retryAfter))))
  const { message, details } = problem
  const body: WireError = { error: { code: errorCodes[problem.status], message, details: [...details] } }
  return reply.code(problem.status).send(body)
}
