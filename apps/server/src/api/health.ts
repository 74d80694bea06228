import type { FastifyInstance } from 'fastify'
import type { ApiContext } from './context.ts'
import { docsPage } from './openapi/docs-page.ts'
import { asVersion30 } from './openapi/version-3-0.ts'

/**
 * Routes for operators: `/healthz` shows that the process responds, `/readyz` that it can work (503 and the failed
 * component otherwise), `/openapi.json` describes the API (`/openapi-3.0.json` in the version before), `/docs` shows it to people. None needs a token or reveals anything secret.
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
  app.get('/openapi-3.0', { schema }, () => asVersion30(app.swagger()))
  app.get('/docs', { schema }, (_request, reply) => {
    const page = docsPage(app.swagger())
    return reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
      .send(page)
  })
}
