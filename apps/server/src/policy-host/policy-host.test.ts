import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest, type RequestOptions } from 'node:https'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect as tlsConnect } from 'node:tls'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { hasPrograms } from '../../../../test-support/programs.ts'
import { cachedCertificates, type LocalCa, localCa } from '../certificates/index.ts'
import type { Listening } from '../http/listen.ts'
import { createPolicyHost, type PolicyHostOptions } from './policy-host.ts'

const HOST = 'mta-sts.example.test'
const PATH = '/.well-known/mta-sts.txt'
const TEXT = 'version: STSv1\nmode: enforce\nmx: mail.example.test\nmax_age: 86400\n'
const POLICY = { text: TEXT }

let ca: LocalCa
beforeAll(async () => {
  ca = await localCa()
})

const open: Listening[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((host) => host.close()))
})

async function start(options: Partial<PolicyHostOptions> = {}): Promise<Listening> {
  const host = await createPolicyHost({
    lookUpPolicy: async (hostname) => (hostname === HOST ? POLICY : undefined),
    certificates: cachedCertificates(ca),
    ...options,
  })
  open.push(host)
  return host
}

interface Reply {
  status: number
  headers: IncomingMessage['headers']
  body: string
}

async function read(request: ReturnType<typeof httpsRequest>): Promise<Reply> {
  request.end()
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk as Buffer)
  return { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString() }
}

function get(host: Listening, options: RequestOptions = {}): Promise<Reply> {
  return read(
    httpsRequest({
      host: host.address,
      port: host.port,
      servername: HOST,
      path: PATH,
      ca: ca.caCertificate,
      agent: false,
      ...options,
      headers: { host: HOST, ...options.headers },
    }),
  )
}

describe('the policy host', () => {
  it('answers 200, text/plain, with CRLF line ends, and no redirect', async () => {
    const reply = await get(await start())
    expect(reply.status).toBe(200)
    expect(reply.headers['content-type']).toMatch(/^text\/plain(;|$)/)
    expect(reply.headers.location).toBeUndefined()
    expect(reply.body).toBe('version: STSv1\r\nmode: enforce\r\nmx: mail.example.test\r\nmax_age: 86400\r\n')
  })

  it('answers HEAD with the same headers and no body', async () => {
    const reply = await get(await start(), { method: 'HEAD' })
    expect(reply).toMatchObject({ status: 200, body: '' })
    expect(reply.headers['content-length']).toBe(String(TEXT.length + 4))
  })

  it.each([
    ['another path', { path: '/' }, 404],
    ['another path below', { path: `${PATH}/more` }, 404],
    ['another method', { method: 'POST' }, 405],
    ['another host than the one of the handshake', { headers: { host: 'mta-sts.other.test' } }, 421],
  ] as [string, RequestOptions, number][])('answers %s with an error', async (_, options, status) => {
    const reply = await get(await start(), options)
    expect(reply.status).toBe(status)
    expect(reply.body).not.toContain('STSv1')
  })

  it('ignores letter case, port and final dot of the Host header', async () => {
    const host = await start()
    expect((await get(host, { headers: { host: `MTA-STS.Example.TEST.:${host.port}` } })).status).toBe(200)
  })

  it('refuses the handshake for a name without a policy, and asks for no certificate', async () => {
    const asked: string[] = []
    const certificates = {
      getCertificate: (hostname: string, signal: AbortSignal) => {
        asked.push(hostname)
        return ca.getCertificate(hostname, signal)
      },
    }
    const host = await start({ certificates })
    for (const servername of ['mta-sts.other.test', 'www.example.test', 'example.test']) {
      await expect(get(host, { servername })).rejects.toThrow()
    }
    await expect(get(host, { servername: '' })).rejects.toThrow()
    expect(asked).toEqual([])
    expect((await get(host)).status).toBe(200)
  })

  it('marks look-ups whose policy is sent to a client', async () => {
    const lookups: boolean[] = []
    const host = await start({
      lookUpPolicy: async (_, { serving }) => {
        lookups.push(serving)
        return POLICY
      },
    })
    await get(host)
    await get(host, { method: 'HEAD' })
    expect(lookups).toEqual([false, true, false, false])
  })

  it('fails the handshake and reports the error when there is no certificate', async () => {
    const errors: unknown[] = []
    const host = await start({
      certificates: { getCertificate: () => Promise.reject(new Error('no order today')) },
      onError: (hostname, error) => errors.push([hostname, (error as Error).message]),
    })
    await expect(get(host)).rejects.toThrow()
    expect(errors).toEqual([[HOST, 'no order today']])
  })

  it('answers 503 when the look-up fails, and continues', async () => {
    let calls = 0
    const lookUpPolicy = async () => {
      calls += 1
      if (calls === 2) throw new Error('the store is away')
      return POLICY
    }
    const host = await start({ lookUpPolicy })
    expect((await get(host)).status).toBe(503)
    expect((await get(host)).status).toBe(200)
  })

  it('refuses TLS 1.1', async () => {
    const host = await start()
    const options = { host: host.address, port: host.port, servername: HOST, ca: ca.caCertificate }
    const old = tlsConnect({ ...options, minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' })
    const [error] = (await once(old, 'error')) as [Error]
    expect(error.message).toMatch(/protocol version|unsupported protocol/)
  })

  it('ends a connection that never finishes its handshake', async () => {
    const host = await start({ clientTimeout: 100 })
    const socket = connect(host.port, host.address).resume()
    socket.on('error', () => {})
    await once(socket, 'close')
  })

  it('ends a connection that never finishes its request', async () => {
    const host = await start({ clientTimeout: 100 })
    const socket = tlsConnect({ host: host.address, port: host.port, servername: HOST, ca: ca.caCertificate })
    socket.on('error', () => {})
    await once(socket, 'secureConnect')
    socket.write(`GET ${PATH} HTTP/1.1\r\nHost: `)
    socket.resume()
    await once(socket, 'close')
  })

  it('serves plain HTTP behind a TLS proxy by the Host header', async () => {
    const host = await createPolicyHost({ lookUpPolicy: async (hostname) => (hostname === HOST ? POLICY : undefined) })
    open.push(host)
    const ask = (name: string) =>
      read(httpRequest({ host: host.address, port: host.port, path: PATH, headers: { host: name }, agent: false }))
    expect((await ask(HOST)).status).toBe(200)
    expect((await ask('mta-sts.other.test')).status).toBe(404)
    expect((await ask('example.test')).status).toBe(404)
  })
})

describe.skipIf(!hasPrograms('openssl'))('openssl from Debian', () => {
  it('trusts the certificate for exactly that name', async () => {
    const host = await start()
    const folder = await mkdtemp(join(tmpdir(), 'policy-host-'))
    const caFile = join(folder, 'ca.pem')
    await writeFile(caFile, ca.caCertificate)
    const child = execFile('openssl', [
      's_client',
      '-connect',
      `127.0.0.1:${host.port}`,
      '-servername',
      HOST,
      '-verify_hostname',
      HOST,
      '-CAfile',
      caFile,
      '-brief',
    ])
    let output = ''
    child.stderr?.on('data', (chunk: string) => {
      output += chunk
    })
    child.stdin?.end()
    await once(child, 'close')
    await rm(folder, { recursive: true })
    expect(output).toContain('Verification: OK')
    expect(output).toContain(`Verified peername: ${HOST}`)
  })
})
