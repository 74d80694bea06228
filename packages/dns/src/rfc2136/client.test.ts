import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Rcode, rcodes } from '../wire/codes.ts'
import { readMessage, writeMessage } from '../wire/message.ts'
import { createSignedClient, SignedExchangeError } from './client.ts'
import { signMessage, type TsigKey, verifyMessage } from './tsig.ts'

const key: TsigKey = { name: 'k', algorithm: 'hmac-sha256', secret: Buffer.alloc(32, 2).toString('base64') }

/** The plain answer to a request. */
function answerTo(request: Buffer, rcode: Rcode, flags = 0): Buffer {
  const { id, questions } = readMessage(request)
  return writeMessage({ id, flags: 0x8400 | flags | rcodes[rcode], questions })
}

function signedAnswer(request: Buffer, rcode: Rcode, flags = 0): Buffer {
  const verified = verifyMessage(request, key, { now: Date.now() })
  if (!verified.ok) throw new Error(verified.reason)
  return signMessage(answerTo(request, rcode, flags), key, { now: Date.now(), requestMac: verified.mac }).bytes
}

/** A server that sends whatever it is told to, over UDP and TCP. */
async function serve(
  udp: (request: Buffer) => Buffer[],
  tcp: (request: Buffer) => Buffer = (request) => signedAnswer(request, 'NOERROR'),
) {
  const listener = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', (chunk) => {
      const answer = tcp(chunk.subarray(2))
      const length = Buffer.alloc(2)
      length.writeUInt16BE(answer.length)
      // In pieces, as networks deliver.
      socket.write(length)
      setTimeout(() => socket.end(answer), 5)
    })
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const { port } = listener.address() as { port: number }
  const socket = createSocket('udp4')
  socket.on('message', (request, peer) => {
    for (const answer of udp(request)) socket.send(answer, peer.port, peer.address)
  })
  await new Promise<void>((resolve) => socket.bind(port, '127.0.0.1', resolve))
  onTestFinished(() => {
    socket.close()
    listener.close()
  })
  return createSignedClient({ host: '127.0.0.1', port, key, timeout: 2000 })
}

describe('a signed exchange', () => {
  it('gives a signed answer, whatever others send before it', async () => {
    const client = await serve((request) => {
      const other = answerTo(request, 'NXDOMAIN')
      other.writeUInt16BE((other.readUInt16BE(0) + 1) & 0xffff, 0)
      return [other, Buffer.from([1, 2, 3]), signedAnswer(request, 'NOERROR')]
    })
    expect((await client.query('example.test', 'TXT')).rcode).toBe('NOERROR')
  })

  it('asks by TCP when the answer is truncated', async () => {
    const client = await serve(
      (request) => [signedAnswer(request, 'NOERROR', 0x0200)],
      (request) => signedAnswer(request, 'NXDOMAIN'),
    )
    expect((await client.query('example.test', 'TXT')).rcode).toBe('NXDOMAIN')
  })

  it('fails on an answer that is not signed, and on one signed for another request', async () => {
    const unsigned = await serve((request) => [answerTo(request, 'NOERROR')])
    await expect(unsigned.query('example.test', 'TXT')).rejects.toMatchObject({
      reason: 'untrusted',
      message: /unsigned/,
    })
    const replayed = await serve((request) => [
      signMessage(answerTo(request, 'NOERROR'), key, { now: Date.now(), requestMac: Buffer.alloc(32) }).bytes,
    ])
    await expect(replayed.query('example.test', 'TXT')).rejects.toMatchObject({
      reason: 'untrusted',
      message: /BADSIG/,
    })
  })

  it('takes an unsigned refusal for a refusal, as Knot sends it for zones it does not serve', async () => {
    const client = await serve((request) => [answerTo(request, 'NOTAUTH')])
    expect((await client.query('example.test', 'SOA')).rcode).toBe('NOTAUTH')
  })

  it('fails on a damaged answer', async () => {
    const client = await serve((request) => [answerTo(request, 'NOERROR').subarray(0, 14)])
    await expect(client.query('example.test', 'TXT')).rejects.toThrow(SignedExchangeError)
    await expect(client.query('example.test', 'TXT')).rejects.toMatchObject({ reason: 'malformed' })
  })

  it('fails when a host name has no address', async () => {
    const client = createSignedClient({ host: 'nowhere.invalid', timeout: 2000 })
    await expect(client.query('example.test', 'TXT')).rejects.toMatchObject({
      reason: 'unreachable',
      message: /nowhere\.invalid/,
    })
  })

  it("stops with the caller's reason when aborted while it waits", async () => {
    const abort = new AbortController()
    const client = await serve(() => {
      abort.abort(new Error('enough'))
      return []
    })
    await expect(client.query('example.test', 'TXT', abort.signal)).rejects.toThrow('enough')
  })
})
