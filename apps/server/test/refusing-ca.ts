import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import acme from 'acme-client'
import { localCa } from '../src/certificates/index.ts'

export interface Refusal {
  status: number
  /** The last part of the type of the problem (RFC 8555 section 6.7). */
  type: string
  detail: string
  headers?: Record<string, string>
}

export interface RefusingCa {
  directoryUrl: string
  /** An empty folder for the account. */
  folder: string
  /** A PEM file with the CA of the directory's own certificate. */
  roots: string
  /** How many orders were made. */
  orders: () => number
  close: () => Promise<void>
}

/** An ACME server that takes every account and refuses every order. */
export async function startRefusingCa(refusal: Refusal): Promise<RefusingCa> {
  const folder = await mkdtemp(join(tmpdir(), 'refusing-ca-'))
  const ca = await localCa()
  const roots = join(folder, 'roots.pem')
  await writeFile(roots, ca.caCertificate)
  let orders = 0
  const certificate = await ca.getCertificate('localhost', AbortSignal.timeout(10_000))
  const server = createServer(certificate, (request, response) => {
    const base = `https://localhost:${request.socket.localPort}`
    const answer = (status: number, body: object, headers: Record<string, string> = {}) => {
      response.writeHead(status, { 'content-type': 'application/json', 'replay-nonce': 'n0nce', ...headers })
      response.end(JSON.stringify(body))
    }
    if (request.url === '/dir') {
      return answer(200, {
        newNonce: `${base}/nonce`,
        newAccount: `${base}/account`,
        newOrder: `${base}/order`,
        meta: {},
      })
    }
    if (request.url === '/nonce') return answer(200, {})
    if (request.url === '/account') return answer(201, {}, { location: `${base}/account/1` })
    orders += 1
    const { status, type, detail, headers } = refusal
    return answer(status, { type: `urn:ietf:params:acme:error:${type}`, detail }, headers)
  }).listen(0)
  await once(server, 'listening')
  return {
    directoryUrl: `https://localhost:${(server.address() as AddressInfo).port}/dir`,
    folder: join(folder, 'account'),
    roots,
    orders: () => orders,
    async close() {
      server.closeAllConnections()
      server.close()
      // The HTTP client of the library is one per process and keeps the roots.
      delete acme.axios.defaults.httpsAgent
      await rm(folder, { recursive: true, force: true })
    },
  }
}
