import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { frame, GrpcClient } from '../testing/grpc-client.ts'
import type { Unary } from './grpc.ts'
import { GrpcError } from './grpc-status.ts'
import { serveReattached } from './reattach.ts'

const closed = vi.fn()
const aborted: string[] = []
const routes: Record<string, Unary> = {
  '/echo': (request, { signal }) => {
    signal.addEventListener('abort', () => aborted.push('/echo'))
    return request
  },
  '/wait': (request, { signal }) =>
    new Promise((resolve) => {
      signal.addEventListener('abort', () => {
        aborted.push('/wait')
        resolve(request)
      })
    }),
  '/throw': () => {
    throw new Error('fünf % kaputt')
  },
  '/half': () => {
    throw new Error('half a character: \ud800')
  },
  '/refuse': async () => {
    throw new GrpcError(9, 'not now')
  },
}

describe('a gRPC server', () => {
  let client: GrpcClient
  let server: Awaited<ReturnType<typeof serveReattached>>

  beforeEach(async () => {
    closed.mockClear()
    server = await serveReattached(() => ({ route: (path) => routes[path], closed }))
    client = await GrpcClient.connect(server.address.network === 'unix' ? server.address.path : '')
  })
  afterEach(async () => {
    client.close()
    await server.close()
  })

  it('answers one message with one message', async () => {
    const { status, body } = await client.send('/echo', frame(Buffer.from('hello')))
    expect(status).toBe(0)
    expect(body).toEqual(frame(Buffer.from('hello')))
  })

  it('answers with an error whose text is not well formed', async () => {
    expect(await client.send('/half', frame(Buffer.alloc(0)))).toMatchObject({
      status: 13,
      message: 'half a character: \ufffd',
    })
  })

  it('passes messages of many megabytes', async () => {
    const large = Buffer.alloc(12_000_000, 7)
    const { body } = await client.send('/echo', frame(large))
    expect(body.subarray(5).equals(large)).toBe(true)
  })

  it('answers many calls at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) => client.send('/echo', frame(Buffer.from(String(index))))),
    )
    expect(answers.map(({ body }) => body.subarray(5).toString())).toEqual(answers.map((_, index) => String(index)))
  })

  it('says that it is healthy', async () => {
    const { body } = await client.send('/grpc.health.v1.Health/Check', frame(new Uint8Array(0)))
    expect(body.subarray(5)).toEqual(Buffer.from([8, 1]))
  })

  it('holds the stream of standard output open', async () => {
    const stream = client.send('/plugin.GRPCStdio/StreamStdio', frame(new Uint8Array(0)))
    const first = await Promise.race([stream, wait(100, 'still open')])
    expect(first).toBe('still open')
    client.close()
    await stream.catch(() => {})
  })

  it('aborts the signal of a call the caller gives up, and of no other', async () => {
    void client.send('/wait', frame(new Uint8Array(0))).catch(() => {})
    await client.send('/echo', frame(new Uint8Array(0)))
    expect(aborted).toEqual([])
    client.close()
    await vi.waitFor(() => expect(aborted).toEqual(['/wait']))
  })

  it('tells its owner when a connection is gone', async () => {
    client.close()
    await vi.waitFor(() => expect(closed).toHaveBeenCalledOnce())
  })

  it.each(['/nothing', '/plugin.GRPCBroker/StartStream'])('fails with "unimplemented" on %s', async (path) => {
    expect(await client.send(path, frame(new Uint8Array(0)))).toMatchObject({ status: 12 })
  })

  it('fails with the words of the error', async () => {
    expect(await client.send('/throw', frame(new Uint8Array(0)))).toMatchObject({
      status: 13,
      message: 'fünf % kaputt',
    })
    expect(await client.send('/refuse', frame(new Uint8Array(0)))).toMatchObject({ status: 9, message: 'not now' })
  })

  it('fails on compressed, cut and empty messages', async () => {
    expect(await client.send('/echo', frame(Buffer.from('x'), 1))).toMatchObject({
      status: 12,
      message: expect.stringContaining('compressed'),
    })
    expect(await client.send('/echo', frame(Buffer.from('xyz')).subarray(0, 6))).toMatchObject({ status: 13 })
    expect(await client.send('/echo', new Uint8Array(0))).toMatchObject({
      status: 13,
      message: expect.stringContaining('no message'),
    })
  })
})
