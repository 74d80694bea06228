import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface StandInRequest {
  method: string
  url: URL
  headers: Record<string, string>
  body: string
}

export interface StandInAnswer {
  status: number
  headers?: Record<string, string>
  /** An object goes out as JSON. */
  body?: unknown
}

export interface StandIn {
  url: string
  requests: StandInRequest[]
  /** Answers the next `count` requests (of the given method) with this instead. */
  failNext(answer: StandInAnswer, count?: number, method?: string): void
  /** Answers the next request that is such a one with this instead. */
  failWhen(is: (request: StandInRequest) => boolean, answer: StandInAnswer): void
  close(): Promise<void>
}

/**
 * A service's API on loopback. It gives up after 2,000 requests, so that a client that pages for ever fails its test
 * instead of hanging it.
 */
export async function startStandIn(
  handle: (request: StandInRequest) => StandInAnswer | Promise<StandInAnswer>,
): Promise<StandIn> {
  const requests: StandInRequest[] = []
  const failures: { answer: StandInAnswer; is: (request: StandInRequest) => boolean }[] = []
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', async () => {
      const request: StandInRequest = {
        method: incoming.method ?? '',
        url: new URL(incoming.url ?? '/', 'http://stand-in'),
        headers: incoming.headers as Record<string, string>,
        body: Buffer.concat(chunks).toString(),
      }
      requests.push(request)
      const answer = await respond(request)
      const text = typeof answer.body === 'object' ? JSON.stringify(answer.body) : String(answer.body ?? '')
      const type = typeof answer.body === 'object' ? 'application/json' : 'text/xml'
      outgoing.writeHead(answer.status, { 'content-type': type, ...answer.headers }).end(text)
    })
  })
  const respond = async (request: StandInRequest): Promise<StandInAnswer> => {
    if (requests.length > 2000) return { status: 508, body: { error: 'too many requests for one test' } }
    const next = failures.findIndex(({ is }) => is(request))
    if (next >= 0) return (failures.splice(next, 1)[0] as (typeof failures)[number]).answer
    try {
      return await handle(request)
    } catch (error) {
      return { status: 599, body: { error: `the stand-in broke: ${(error as Error).stack}` } }
    }
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    failNext(answer, count = 1, method) {
      for (let index = 0; index < count; index++)
        failures.push({ answer, is: (request) => method === undefined || method === request.method })
    },
    failWhen(is, answer) {
      failures.push({ answer, is })
    },
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
