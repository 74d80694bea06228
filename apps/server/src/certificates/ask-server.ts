import { createServer } from 'node:http'
import { type Listening, listen } from '../http/listen.ts'

export interface AskServerOptions {
  /** Whether a TLS proxy may obtain a certificate for this host name. */
  mayServe: (hostname: string) => Promise<boolean>
  /** Default 127.0.0.1: only a proxy on the same machine may ask. */
  host?: string
  port: number
}

/**
 * Tells a TLS proxy such as Caddy (`on_demand_tls { ask http://…/ask }`) which names to serve: `GET /ask?domain=NAME`
 * answers 200, or 403, and then the proxy obtains no certificate.
 */
export function startAskServer(options: AskServerOptions): Promise<Listening> {
  const server = createServer({ requestTimeout: 10_000, maxHeaderSize: 8192 }, async (request, response) => {
    const [path = '', parameters] = (request.url ?? '').split('?')
    const status = await answer(path, new URLSearchParams(parameters).get('domain'), options.mayServe)
    response.writeHead(status, { 'content-type': 'text/plain' })
    response.end(`${status === 200 ? 'yes' : 'no'}\n`)
  })
  return listen(server, options.host, options.port)
}

async function answer(path: string, domain: string | null, mayServe: AskServerOptions['mayServe']): Promise<number> {
  if (path !== '/ask') return 404
  if (!domain) return 400
  try {
    return (await mayServe(domain.toLowerCase())) ? 200 : 403
  } catch {
    // The proxy asks again at the next handshake.
    return 503
  }
}
