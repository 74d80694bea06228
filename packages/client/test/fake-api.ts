import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { type ClientOptions, DmarcReportClient, type Logger } from '../src/index.ts'
import { type FakeClock, fakeClock } from './fake-clock.ts'

export const canaryToken = 'c4n4ryc0ffee5ecre7'

export interface Seen {
  method: string
  /** With the query. */
  path: string
  headers: IncomingHttpHeaders
  /** Parsed JSON, or undefined. */
  body: unknown
}

export interface Reply {
  status?: number
  headers?: Record<string, string>
  /** JSON; a text is sent as it is. */
  body?: unknown
  /** Cut the connection: before the answer, or never answer at all. */
  cut?: 'reset' | 'silence'
}

export type Script = (request: Seen, count: number) => Reply | Promise<Reply>

/** A real HTTP server on loopback that answers by script, and a client of it on a clock that does not wait. */
export async function fakeApi(script: Script, options: Partial<ClientOptions> = {}) {
  const seen: Seen[] = []
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    const { method = '', url: path = '', headers } = request
    const entry: Seen = { method, path, headers, body: text === '' ? undefined : JSON.parse(text) }
    seen.push(entry)
    const { status = 200, headers: extra = {}, body, cut } = await script(entry, seen.length)
    if (cut === 'reset') return request.socket.destroy()
    if (cut === 'silence') return
    response.writeHead(status, { 'content-type': 'application/json', ...extra })
    response.end(body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const clock: FakeClock = fakeClock()
  const logged: unknown[][] = []
  const write =
    (level: string) =>
    (...entry: unknown[]) =>
      void logged.push([level, ...entry])
  const logger: Logger = { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }
  const client = new DmarcReportClient({
    token: canaryToken,
    baseUrl,
    clock,
    random: () => 0.5,
    logger,
    logLevel: 'debug',
    timeout: 100_000,
    ...options,
  })
  return { client, clock, seen, logged, baseUrl }
}

/** A domain as the vendor's documentation shows it. */
export function vendorDomain(id: number, address = `d${id}.example`, more: object = {}) {
  return {
    id,
    user_id: 1,
    address,
    slug: address.replaceAll('.', '-'),
    rua_report: true,
    ruf_report: true,
    mta_sts_report: null,
    dmarc_status: 'dmarc_record_published',
    mta_sts_status: 'mta_sts_inactive',
    parked_domain: false,
    created_at: '2023-03-31T11:49:04.099Z',
    updated_at: '2023-04-06T16:00:41.258Z',
    tags: [{ id: 1, name: 'Production', color: '#3B82F6' }],
    ...more,
  }
}
