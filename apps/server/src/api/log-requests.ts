import type { FastifyInstance } from 'fastify'

/** Called after each answer, for metrics. `operation` is `none` where there is none. */
export type OnAnswer = (answer: { operation: string; method: string; status: number; seconds: number }) => void

/** What monitoring asks for all the time. */
const quiet = new Set(['/healthz', '/readyz'])

/**
 * One line for each request, with its id, which every answer carries as `X-Request-Id`, and the address of the client. The path
 * has no query, and headers are not logged.
 */
export function logRequests(app: FastifyInstance, onAnswer: OnAnswer = () => {}): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
  app.addHook('onResponse', async (request, reply) => {
    const operation = request.routeOptions.schema?.operationId
    onAnswer({
      operation: operation ?? 'none',
      // Whoever sends one of another kind must not make a label of it.
      method: /^(?:GET|HEAD|POST|PUT|DELETE)$/.test(request.method) ? request.method : 'other',
      status: reply.statusCode,
      seconds: reply.elapsedTime / 1000,
    })
    const path = request.url.split('?')[0]?.slice(0, 500) ?? ''
    if (quiet.has(path) && reply.statusCode < 400) return
    request.log.info(
      {
        access: {
          method: request.method,
          path,
          operation,
          status: reply.statusCode,
          milliseconds: Math.round(reply.elapsedTime),
          address: request.ip,
          token: request.caller?.tokenId,
          user: request.caller?.userId,
        },
      },
      'request',
    )
  })
}
