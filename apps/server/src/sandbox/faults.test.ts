import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Faults, injectFaults } from './faults.ts'

let server: Server
let faults: Faults
let carriedOut: number
let url: string

beforeEach(async () => {
  carriedOut = 0
  server = createServer((_, response) => {
    carriedOut += 1
    const body = JSON.stringify({ fine: true })
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length })
    response.end(body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  faults = injectFaults(server)
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2/domains`
})
afterEach(async () => {
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
})

const get = (address = url) => fetch(address, { headers: { connection: 'close' } })

describe('faults at the API', () => {
  it('do not affect requests without a rule or after it is removed', async () => {
    expect((await get()).status).toBe(200)
    const remove = faults.add({ fault: { kind: 'status', status: 500 } })
    expect((await get()).status).toBe(500)
    remove()
    expect((await get()).status).toBe(200)
  })

  it('affect the configured number of requests', async () => {
    faults.add({ fault: { kind: 'status', status: 429, retryAfter: '1' }, times: 2 })
    const replies = [await get(), await get(), await get()]
    expect(replies.map((reply) => reply.status)).toEqual([429, 429, 200])
    expect(replies[0]?.headers.get('retry-after')).toBe('1')
    expect(await replies[0]?.json()).toMatchObject({ error: { code: 'injected_fault' } })
    expect(carriedOut).toBe(1)
  })

  it('affect only matching requests', async () => {
    faults.add({
      fault: { kind: 'status', status: 500 },
      matches: ({ method, path }) => method === 'GET' && path === '/v2/domains',
    })
    expect((await get(`${url}?page=2`)).status).toBe(500)
    expect((await get(`${url}/7`)).status).toBe(200)
    faults.clear()
    expect((await get()).status).toBe(200)
  })

  it("can be an HTML page like a proxy's", async () => {
    faults.add({ fault: { kind: 'status', status: 502, body: 'html' } })
    const reply = await get()
    expect(reply.headers.get('content-type')).toBe('text/html')
    expect(await reply.text()).toContain('<h1>502')
  })

  it('can be latency before the answer', async () => {
    faults.add({ fault: { kind: 'latency', milliseconds: 100 } })
    await expect(fetch(url, { signal: AbortSignal.timeout(20) })).rejects.toThrow(/timeout/)
    expect((await get()).status).toBe(200)
  })

  it('can be a connection closed before the request is handled', async () => {
    faults.add({ fault: { kind: 'drop' } })
    await expect(get()).rejects.toThrow()
    expect(carriedOut).toBe(0)
  })

  it('can be an answer lost after the request is handled', async () => {
    faults.add({ fault: { kind: 'lost-answer' } })
    await expect(get()).rejects.toThrow()
    expect(carriedOut).toBe(1)
  })

  it('can be an answer that ends in the middle of its body', async () => {
    faults.add({ fault: { kind: 'cut-off' } })
    const reply = await get()
    expect(reply.status).toBe(200)
    await expect(reply.text()).rejects.toThrow()
    expect(carriedOut).toBe(1)
  })
})
