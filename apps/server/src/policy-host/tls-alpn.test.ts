import { execFile } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { request } from 'node:https'
import { connect, createServer } from 'node:net'
import { text } from 'node:stream/consumers'
import { connect as tlsConnect } from 'node:tls'
import fc from 'fast-check'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { hasPrograms } from '../../../../test-support/programs.ts'
import { acmeTlsProtocol, alpnProof } from '../certificates/alpn-proof.ts'
import { type LocalCa, localCa } from '../certificates/index.ts'
import { readClientHello } from './client-hello.ts'
import { createPolicyHost, type Listening } from './index.ts'

const HOST = 'mta-sts.example.test'
const POLICY = { text: 'version: STSv1\r\nmode: testing\r\nmx: mx.example.test\r\nmax_age: 86400\r\n' }
const authorization = 'token.thumbprint'

let ca: LocalCa
beforeAll(async () => {
  ca = await localCa()
})
const open: { close: () => Promise<void> }[] = []
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})

async function start(options: { clientTimeout?: number } = {}): Promise<Listening> {
  const host = await createPolicyHost({
    lookUpPolicy: async (hostname) => (hostname === HOST ? POLICY : undefined),
    certificates: ca,
    alpnProof: async (hostname) => (hostname === HOST ? alpnProof(hostname, authorization, Date.now()) : undefined),
    ...options,
  })
  open.push(host)
  return host
}

const asCa = (host: Listening, servername = HOST) =>
  tlsConnect({
    host: host.address,
    port: host.port,
    servername,
    ALPNProtocols: [acmeTlsProtocol],
    rejectUnauthorized: false,
  })

async function policy(host: Listening): Promise<string> {
  const target = { host: host.address, port: host.port, path: '/.well-known/mta-sts.txt', headers: { host: HOST } }
  const asked = request({ ...target, servername: HOST, ca: ca.caCertificate, agent: false }).end()
  const [response] = await once(asked, 'response')
  return text(response)
}

describe('a policy host that proves its names in the handshake', () => {
  it('shows the proof to the CA, and the policy to other clients at the same time', async () => {
    const host = await start()
    const socket = asCa(host)
    const certificate = once(socket, 'secureConnect').then(() => socket.getPeerX509Certificate())
    const [proof, served] = await Promise.all([certificate, policy(host)])
    expect(socket.alpnProtocol).toBe(acmeTlsProtocol)
    expect(proof?.subjectAltName).toBe(`DNS:${HOST}`)
    expect(proof?.raw.includes(createHash('sha256').update(authorization).digest())).toBe(true)
    socket.destroy()
    expect(served).toBe(POLICY.text)
  })

  it('fails the handshake for a name without an order', async () => {
    const host = await start()
    for (const name of ['mta-sts.other.test', 'www.example.test', 'example.test']) {
      const [error] = await once(asCa(host, name), 'error')
      expect(error).toBeInstanceOf(Error)
    }
    expect(await policy(host)).toBe(POLICY.text)
  })

  it.each([
    ['sends nothing', Buffer.alloc(0)],
    ['sends a part of its first message', Buffer.from([22, 3, 1, 2, 0, 1, 0, 1])],
    ['does not speak TLS', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ['claims an empty record', Buffer.from([22, 3, 1, 0, 0])],
  ])('ends the connection of a client that %s', async (_, bytes) => {
    const host = await start({ clientTimeout: 100 })
    const socket = connect(host.port, host.address).resume()
    socket.on('error', () => {})
    socket.write(bytes)
    await once(socket, 'close')
  })

  it('ends a connection that never finishes its request', async () => {
    const host = await start({ clientTimeout: 1000 })
    const socket = tlsConnect({ host: host.address, port: host.port, servername: HOST, ca: ca.caCertificate })
    socket.on('error', () => {})
    await once(socket, 'secureConnect')
    socket.write('GET / HTTP/1.1\r\nHost: ')
    socket.resume()
    await once(socket, 'close')
  })

  it.skipIf(!hasPrograms('openssl'))('is understood by openssl from Debian', async () => {
    const host = await start()
    const args = ['s_client', '-connect', `127.0.0.1:${host.port}`, '-servername', HOST, '-alpn', acmeTlsProtocol]
    const child = execFile('openssl', [...args, '-showcerts'])
    child.stdin?.end()
    const output = child.stdout ? await text(child.stdout) : ''
    expect(output).toContain(`ALPN protocol: ${acmeTlsProtocol}`)
    const pem = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.exec(output)?.[0] ?? ''
    expect(new X509Certificate(pem).checkHost(HOST)).toBe(HOST)
  })
})

describe('the first message of a TLS client', () => {
  let hello: Buffer
  beforeAll(async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = address !== null && typeof address === 'object' ? address.port : 0
    const client = tlsConnect({ port, host: '127.0.0.1', servername: HOST, ALPNProtocols: ['h2', acmeTlsProtocol] })
    client.on('error', () => {})
    const [socket] = await once(server, 'connection')
    ;[hello] = (await once(socket, 'data')) as [Buffer]
    socket.destroy()
    server.close()
  })

  it('names the protocols that it offers', () => {
    expect(readClientHello(hello)).toEqual({ protocols: ['h2', acmeTlsProtocol] })
  })

  it('is waited for until it is complete, however it is cut', () => {
    for (let length = 0; length < hello.length; length++)
      expect(readClientHello(hello.subarray(0, length))).toBe('more')
    const [type, version, body] = [hello.subarray(0, 1), hello.subarray(1, 3), hello.subarray(5)]
    const record = (part: Buffer) =>
      Buffer.concat([type, version, Buffer.from([part.length >> 8, part.length & 255]), part])
    for (const at of [1, 3, 4, 50, body.length - 1]) {
      const inTwo = Buffer.concat([record(body.subarray(0, at)), record(body.subarray(at))])
      expect(readClientHello(inTwo)).toEqual({ protocols: ['h2', acmeTlsProtocol] })
    }
  })

  it('never makes the reader throw, whatever it contains', () => {
    fc.assert(
      fc.property(fc.nat(hello.length - 1), fc.nat(255), fc.uint8Array({ maxLength: 40 }), (at, value, random) => {
        const changed = Buffer.from(hello)
        changed.writeUInt8(value, at)
        readClientHello(changed)
        readClientHello(Buffer.from(random))
        readClientHello(Buffer.concat([hello.subarray(0, at), random]))
      }),
      { numRuns: 500 },
    )
  })
})
