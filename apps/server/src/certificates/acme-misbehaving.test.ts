import { once } from 'node:events'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import acme from 'acme-client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { freePort } from '../../../../test-support/free-port.ts'
import { challengesInMemory } from '../../test/challenges-in-memory.ts'
import { acmeCertificates, newAccountKey } from './acme.ts'
import { cachedCertificates } from './cached-certificates.ts'
import { localCa } from './local-ca.ts'
import { certificateId } from './renewal-info.ts'

const HOST = 'mta-sts.example.test'
const signal = () => AbortSignal.timeout(10_000)
type Reply = { status: number; body: object; headers?: Record<string, string> }

describe('a certificate authority that misbehaves', () => {
  let server: Server | undefined
  let reply: (path: string, base: string) => Reply
  const asked: string[] = []
  const orders: { replaces?: string }[] = []

  beforeEach(async () => {
    asked.length = 0
    orders.length = 0
  })
  afterEach(async () => {
    delete acme.axios.defaults.httpsAgent
    server?.closeAllConnections()
    server?.close()
  })

  async function start(trusted = true) {
    const ca = await localCa()
    server = createServer(await ca.getCertificate('localhost', signal()), async (request, response) => {
      const sent = await text(request)
      const base = `https://localhost:${request.socket.localPort}`
      asked.push(`${request.method} ${request.url}`)
      if (request.url === '/order')
        orders.push(JSON.parse(Buffer.from(JSON.parse(sent).payload, 'base64url').toString()))
      const { status, body, headers = {} } = reply(request.url ?? '', base)
      response.writeHead(status, { 'content-type': 'application/json', 'replay-nonce': 'n0nce', ...headers })
      response.end(JSON.stringify(body))
    }).listen(0)
    await once(server, 'listening')
    const directoryUrl = `https://localhost:${(server.address() as AddressInfo).port}/dir`
    const roots = trusted ? { roots: ca.caCertificate } : {}
    const accountKey = await newAccountKey()
    return acmeCertificates({ directoryUrl, accountKey, challenges: challengesInMemory(), pollInterval: 10, ...roots })
  }
  const directory = (base: string): Reply => ({
    status: 200,
    body: { newNonce: `${base}/nonce`, newAccount: `${base}/account`, newOrder: `${base}/order`, meta: {} },
  })
  const problem = (status: number, type: string, detail: string, headers = {}): Reply => ({
    status,
    body: { type: `urn:ietf:params:acme:error:${type}`, detail },
    headers,
  })

  it('is heeded when it asks to come back in an hour, in its own words', async () => {
    reply = (path, base) => {
      if (path === '/dir') return directory(base)
      if (path === '/account') return { status: 201, body: {}, headers: { location: `${base}/account/1` } }
      if (path === '/nonce') return { status: 200, body: {} }
      return problem(429, 'rateLimited', 'too many certificates already issued', { 'retry-after': '3600' })
    }
    let now = Date.now()
    const source = cachedCertificates(await start(), { now: () => now, retryAfter: 1000 })
    const failure = await source.getCertificate(HOST, signal()).catch((error: Error) => error)
    expect(String(failure)).toContain('too many certificates already issued. It takes the next order in 3600 s.')
    expect(String(failure)).not.toContain('port 80')
    const before = asked.length
    now += 3_599_000
    await expect(source.getCertificate(HOST, signal())).rejects.toThrow('too many certificates')
    expect(asked).toHaveLength(before)
    now += 2000
    await expect(source.getCertificate(HOST, signal())).rejects.toThrow('too many certificates')
    expect(asked.length).toBeGreaterThan(before)
  })

  it('is named when nothing listens at the directory', async () => {
    const directoryUrl = `https://localhost:${await freePort()}/dir`
    const accountKey = await newAccountKey()
    const source = acmeCertificates({ directoryUrl, accountKey, challenges: challengesInMemory() })
    await expect(source.probe()).rejects.toThrow(/Could not reach localhost:\d+: .*ECONNREFUSED/)
    await expect(source.getCertificate(HOST, signal())).rejects.toThrow(/ECONNREFUSED.* Check directoryUrl/)
  })

  it('is named when its certificate is not trusted', async () => {
    reply = (_, base) => directory(base)
    const source = await start(false)
    await expect(source.probe()).rejects.toThrow(/Could not reach localhost:\d+: .*certificate/)
    expect(asked).toEqual([])
  })

  it('gets a new account where it has forgotten the old one', async () => {
    let accounts = 0
    reply = (path, base) => {
      if (path === '/dir') return directory(base)
      if (path === '/nonce') return { status: 200, body: {} }
      if (path === '/account') {
        accounts += 1
        return { status: 201, body: {}, headers: { location: `${base}/account/${accounts}` } }
      }
      return accounts === 1
        ? problem(400, 'accountDoesNotExist', 'account not found')
        : problem(403, 'caa', 'CAA record for example.test prevents issuance')
    }
    const source = await start()
    await expect(source.getCertificate(HOST, signal())).rejects.toThrow(
      'CAA record for example.test prevents issuance. Allow this CA in the CAA records of the domain.',
    )
    expect(accounts).toBe(2)
  })

  it('suggests when to renew, and learns which certificate an order replaces', async () => {
    let status = 200
    reply = (path, base) => {
      if (path === '/dir') {
        const { body } = directory(base)
        return { status: 200, body: { ...body, renewalInfo: `${base}/renewal` } }
      }
      if (path === '/account') return { status: 201, body: {}, headers: { location: `${base}/account/1` } }
      if (path === '/nonce') return { status: 200, body: {} }
      if (path.startsWith('/renewal/')) {
        const suggestedWindow = { start: '2026-01-02T00:00:00Z', end: '2026-01-03T00:00:00Z' }
        return { status, body: { suggestedWindow }, headers: { 'retry-after': '21600' } }
      }
      return orders.length === 1
        ? problem(409, 'alreadyReplaced', 'certificate has been replaced')
        : problem(403, 'caa', 'CAA record for example.test prevents issuance')
    }
    const source = await start()
    const current = await (await localCa()).getCertificate(HOST, signal())
    expect(await source.renewalInfo?.(current, signal())).toEqual({
      window: { start: Date.UTC(2026, 0, 2), end: Date.UTC(2026, 0, 3) },
      retryAfter: 21_600_000,
    })
    const id = certificateId(current.cert) ?? ''
    expect(asked).toContain(`GET /renewal/${id}`)
    status = 404
    expect(await source.renewalInfo?.(current, signal())).toBeUndefined()
    await expect(source.getCertificate(HOST, signal(), current)).rejects.toThrow('CAA record for example.test')
    expect(orders.map(({ replaces }) => replaces)).toEqual([id, undefined])
  })
})
