import { createServer } from 'node:http'
import type { Registry } from 'prom-client'
import { type Listening, listen } from '../http/listen.ts'

/** Serves `GET /metrics` on a listener of its own: it is for monitoring, not for tenants. */
export async function serveMetrics(
  registry: Registry,
  { host, port, onError }: { host: string; port: number; onError: (error: unknown) => void },
): Promise<Listening> {
  const server = createServer({ requestTimeout: 10_000, maxHeaderSize: 8192 }, async (request, response) => {
    if (request.url?.split('?')[0] !== '/metrics') {
      response.writeHead(404).end()
      return
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end()
      return
    }
    try {
      const text = await registry.metrics()
      response.writeHead(200, { 'content-type': registry.contentType }).end(text)
    } catch (error) {
      onError(error)
      response.writeHead(503, { 'retry-after': '5' }).end()
    }
  })
  return listen(server, host, port)
}
