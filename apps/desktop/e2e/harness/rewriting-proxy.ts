import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Between {
  /** Where it listens, in place of the service. */
  readonly url: string
  close(): Promise<void>
}

/** Stands between the app and a service on this computer, and changes the objects in its answers. */
export async function between(service: string, change: (object: Record<string, unknown>) => object): Promise<Between> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { method = 'GET', headers, url = '/' } = request
    const { authorization = '', 'content-type': type = 'application/json' } = headers
    const answer = await fetch(new URL(url, service), {
      method,
      headers: { authorization, 'content-type': type, accept: 'application/json' },
      ...(chunks.length > 0 ? { body: Buffer.concat(chunks) } : {}),
      signal: AbortSignal.timeout(20_000),
    })
    const body = JSON.stringify(changed(await answer.json(), change))
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

function changed(value: unknown, change: (object: Record<string, unknown>) => object): unknown {
  if (Array.isArray(value)) return value.map((each) => changed(each, change))
  if (typeof value !== 'object' || value === null) return value
  return change(Object.fromEntries(Object.entries(value).map(([name, each]) => [name, changed(each, change)])))
}
