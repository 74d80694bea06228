import type { FastifyInstance } from 'fastify'
import type { ApiContext } from './context.ts'

/**
 * Routes for whoever runs this: `/healthz` says that the process answers, `/readyz` that it can do its work (503 and
 * which part is down otherwise), `/openapi.json` what the API is. None needs a token, none tells anything secret.
 */
export function addHealthRoutes(app: FastifyInstance, context: ApiContext): void {
  const schema = { hide: true }
  app.get('/healthz', { schema }, () => ({ status: 'ok', version: context.version }))
  app.get('/readyz', { schema }, async (_request, reply) => {
    const parts = await context.readiness()
    const ready = Object.values(parts).every(Boolean)
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not_ready', parts })
  })
  app.get('/openapi', { schema }, () => app.swagger())
}
