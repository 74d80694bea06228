import type { RequestListener } from 'node:http'
import { createServer, type Server } from 'node:https'
import { createServer as createTcpServer } from 'node:net'
import { afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { type Identity, testAuthority } from '../../test/certificates.ts'
import { createPolicyFetcher, type PolicyFetcherOptions } from './policy-fetch.ts'

const host = 'mta-sts.example.test'
const policy = 'version: STSv1\r\nmode: testing\r\nmx: mx.example.test\r\nmax_age: 86400\r\n'
const serve: RequestListener = (_, response) => response.writeHead(200, { 'content-type': 'text/plain' }).end(policy)

let authority: Awaited<ReturnType<typeof testAuthority>>
let right: Identity
let server: Server | undefined
beforeAll(async () => {
  authority = await testAuthority()
  right = await authority.issue(host)
})
afterEach(async () => {
  server?.closeAllConnections()
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)))
  server = undefined
})

async function start(listener: RequestListener, identity: Identity = right): Promise<number> {
  server = createServer(identity, listener)
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

const get = (port: number, options: PolicyFetcherOptions = {}, signal?: AbortSignal) =>
  createPolicyFetcher({ ca: authority.ca, connect: { address: '127.0.0.1', port }, ...options }).fetch(host, [], {
    signal,
  })

describe('fetching a policy file', () => {
  it('asks the given address for the right name and path, with the certificate checked', async () => {
    let seen: unknown
    const port = await start((request, response) => {
      const { servername } = request.socket as unknown as { servername: string }
      seen = [request.method, request.url, request.headers.host, servername]
      serve(request, response)
    })
    expect(await get(port)).toEqual({
      ok: true,
      address: '127.0.0.1',
      status: 200,
      contentType: 'text/plain',
      body: policy,
    })
    expect(seen).toEqual(['GET', '/.well-known/mta-sts.txt', host, host])
  })

  it('does not follow a redirect, and says where it leads', async () => {
    const port = await start((_, response) => response.writeHead(302, { location: 'https://evil.test/' }).end())
    expect(await get(port)).toMatchObject({ ok: true, status: 302, location: 'https://evil.test/' })
  })

  it('reads a file of exactly 64 KiB', async () => {
    const port = await start((_, response) => response.end('x'.repeat(65_536)))
    expect(await get(port)).toMatchObject({ ok: true, status: 200 })
  })

  it.each([
    ['one byte more than 64 KiB', 'x'.repeat(65_537)],
    ['64 KiB of characters that take more bytes', '\u00e4'.repeat(40_000)],
  ])('fails on %s, counted in bytes as they come', async (_, body) => {
    const port = await start((_, response) => {
      response.write(body.slice(0, 10))
      response.end(body.slice(10))
    })
    expect(await get(port)).toMatchObject({ ok: false, reason: 'too-large' })
  })

  it('fails on a certificate for another name', async () => {
    const port = await start(serve, await authority.issue('other.example.test'))
    expect(await get(port)).toMatchObject({ ok: false, reason: 'tls-name' })
  })

  it.each([
    ['a wildcard for the left-most label', ['*.example.test'], [], true],
    ['any of several names', ['other.test', 'MTA-STS.example.test'], [], true],
    ['server authentication among its usages', [host], ['1.3.6.1.5.5.7.3.2', '1.3.6.1.5.5.7.3.1'], true],
    ['the name as common name only', [], [], false],
    ['a wildcard for part of a label', ['mta*.example.test'], [], false],
    ['its name with a final dot', [`${host}.`], [], false],
    ['a wildcard two labels up', ['*.test'], [], false],
    ['client authentication only', [host], ['1.3.6.1.5.5.7.3.2'], false],
  ])('judges a certificate with %s as RFC 9525 does', async (_, names, usages, good) => {
    const port = await start(serve, await authority.issue(host, [-1, 30], { names: names as string[], usages }))
    const answer = await get(port)
    expect(answer.ok).toBe(good)
    if (!answer.ok) expect(answer.reason).toBe(usages.length > 0 ? 'tls-untrusted' : 'tls-name')
  })

  it('checks the certificate even with NODE_TLS_REJECT_UNAUTHORIZED=0', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
    onTestFinished(() => void vi.unstubAllEnvs())
    const port = await start(serve, await (await testAuthority()).issue(host))
    expect(await get(port)).toMatchObject({ ok: false, reason: 'tls-untrusted' })
  })

  it('does not blame the host for an address that this machine cannot reach', async () => {
    const fetcher = createPolicyFetcher({ connect: { port: 9 }, timeout: 2000 })
    // A multicast address: no stream can be opened to it from any machine.
    expect(await fetcher.fetch(host, ['ff02::1'])).toMatchObject({ ok: false, reason: 'unknown' })
  })

  it.each([
    ['expired', [-60, -1] as [number, number]],
    ['not yet valid', [2, 30] as [number, number]],
  ])('fails on a certificate that is %s', async (_, days) => {
    const port = await start(serve, await authority.issue(host, days))
    expect(await get(port)).toMatchObject({ ok: false, reason: 'tls-expired' })
  })

  it('fails on a certificate of an authority that is not trusted', async () => {
    const port = await start(serve, await (await testAuthority()).issue(host))
    expect(await get(port)).toMatchObject({ ok: false, reason: 'tls-untrusted' })
  })

  it('fails on a host that hangs up on an unknown name', async () => {
    const hanging = createTcpServer((socket) => socket.once('data', () => socket.destroy()))
    await new Promise<void>((resolve) => hanging.listen(0, '127.0.0.1', resolve))
    const address = hanging.address()
    const answer = await get(typeof address === 'object' && address ? address.port : 0)
    await new Promise((resolve) => hanging.close(resolve))
    expect(answer).toMatchObject({ ok: false, reason: 'tls-name' })
  })

  it('fails when nothing listens', async () => {
    const port = await start(serve)
    await new Promise((resolve) => server?.close(resolve))
    server = undefined
    expect(await get(port)).toMatchObject({ ok: false, reason: 'connect' })
  })

  it('fails when the file breaks off', async () => {
    const port = await start((_, response) => {
      response.writeHead(200, { 'content-length': 1000 }).write('version: STSv1')
      setTimeout(() => response.destroy(), 20)
    })
    expect(await get(port)).toMatchObject({ ok: false, reason: 'connect' })
  })

  it('fails when it takes too long', async () => {
    const port = await start(() => {})
    expect(await get(port, { timeout: 300 })).toMatchObject({ ok: false, reason: 'connect' })
  })

  it('fails when the host has no address', async () => {
    const answer = await createPolicyFetcher().fetch(host, [])
    expect(answer).toMatchObject({ ok: false, reason: 'dns' })
  })

  it('tries the next address when one cannot be connected to', async () => {
    const port = await start(serve)
    const fetcher = createPolicyFetcher({ ca: authority.ca, connect: { port } })
    expect(await fetcher.fetch(host, ['127.0.0.2', '127.0.0.1'])).toMatchObject({ ok: true, address: '127.0.0.1' })
  })

  it("fails with the caller's reason when aborted", async () => {
    const port = await start(() => {})
    const stop = new AbortController()
    const asking = get(port, {}, stop.signal)
    stop.abort(new Error('enough'))
    await expect(asking).rejects.toThrow('enough')
  })
})
