import { type ClientHttp2Session, connect, constants } from 'node:http2'
import { connect as connectSocket } from 'node:net'
import { type ConnectionOptions, connect as connectTls } from 'node:tls'
import type { Codec } from '../protobuf/message.ts'
import {
  type MethodName,
  methods,
  type RequestOf,
  type ResponseOf,
  type StreamEventOf,
  type StreamName,
  type StreamRequestOf,
  streams,
} from '../protobuf/tfplugin6.ts'

export interface Answer {
  readonly status: number
  readonly message: string
  readonly body: Buffer
}

/** A gRPC client as small as the server it tests. */
export class GrpcClient {
  readonly #session: ClientHttp2Session

  constructor(session: ClientHttp2Session) {
    this.#session = session
  }

  /** Connects to a unix socket or a local port; with `tls` over TLS, as Terraform does. Rejects where TLS is refused. */
  static async connect(path: string | number, tls?: ConnectionOptions): Promise<GrpcClient> {
    const plain = typeof path === 'number' ? connectSocket(path, '127.0.0.1') : connectSocket(path)
    const socket = tls ? connectTls({ ...tls, socket: plain, servername: 'localhost', ALPNProtocols: ['h2'] }) : plain
    const session = connect('http://localhost', { createConnection: () => socket })
    await new Promise<void>((resolve, reject) => {
      session.once('error', reject)
      socket.once('error', reject)
      socket.once('close', () => reject(new Error('the connection was closed')))
      // Under TLS 1.3 a refused client certificate shows after the handshake: wait for the server's first frame.
      session.once('remoteSettings', () => resolve())
    })
    session.on('error', () => {})
    return new GrpcClient(session)
  }

  /** Calls and hands over each message as it comes; leaving the loop early cancels the call, as Terraform does. */
  async *listen(path: string, message: Uint8Array): AsyncGenerator<Buffer> {
    const stream = this.#session.request({
      ':method': 'POST',
      ':path': path,
      'content-type': 'application/grpc',
      te: 'trailers',
    })
    let status: Record<string, unknown> = {}
    const heard = (headers: object) => {
      status = { ...status, ...headers }
    }
    stream.on('response', heard).on('trailers', heard)
    stream.end(frame(message))
    try {
      let rest: Buffer = Buffer.alloc(0)
      for await (const chunk of stream) {
        rest = Buffer.concat([rest, chunk as Buffer])
        while (rest.length >= 5 && rest.length >= 5 + rest.readUInt32BE(1)) {
          const end = 5 + rest.readUInt32BE(1)
          yield rest.subarray(5, end)
          rest = rest.subarray(end)
        }
      }
    } finally {
      stream.close(constants.NGHTTP2_CANCEL)
    }
    if (Number(status['grpc-status'] ?? -1) !== 0) {
      throw new Error(`status ${status['grpc-status']} ${decodeURIComponent(String(status['grpc-message'] ?? ''))}`)
    }
  }

  async *stream<S extends StreamName>(name: S, request: Partial<StreamRequestOf<S>>): AsyncGenerator<StreamEventOf<S>> {
    const codec = streams[name]
    const bytes = (codec.request as Codec<unknown>).encode(request)
    for await (const message of this.listen(`/tfplugin6.Provider/${name}`, bytes)) {
      yield (codec.response as unknown as Codec<StreamEventOf<S>>).decode(message)
    }
  }

  /** A call with raw bytes, which may be split into a frame by `frame`. */
  send(path: string, framed: Uint8Array): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const stream = this.#session.request({
        ':method': 'POST',
        ':path': path,
        'content-type': 'application/grpc',
        te: 'trailers',
      })
      const chunks: Buffer[] = []
      let status: Record<string, unknown> = {}
      stream.on('response', (headers) => {
        status = { ...status, ...headers }
      })
      stream.on('trailers', (headers) => {
        status = { ...status, ...headers }
      })
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('error', reject)
      stream.on('close', () =>
        resolve({
          status: Number(status['grpc-status'] ?? -1),
          message: decodeURIComponent(String(status['grpc-message'] ?? '')),
          body: Buffer.concat(chunks),
        }),
      )
      stream.end(framed)
    })
  }

  async call<M extends MethodName>(method: M, request: Partial<RequestOf<M>>): Promise<ResponseOf<M>> {
    const codec = methods[method]
    const answer = await this.send(
      `/tfplugin6.Provider/${method}`,
      frame((codec.request as Codec<unknown>).encode(request)),
    )
    if (answer.status !== 0) throw new Error(`${method}: status ${answer.status} ${answer.message}`)
    return (codec.response as unknown as Codec<ResponseOf<M>>).decode(answer.body.subarray(5))
  }

  close(): void {
    this.#session.destroy()
  }
}

export function frame(message: Uint8Array, flag = 0): Buffer {
  const head = Buffer.alloc(5)
  head[0] = flag
  head.writeUInt32BE(message.length, 1)
  return Buffer.concat([head, message])
}
