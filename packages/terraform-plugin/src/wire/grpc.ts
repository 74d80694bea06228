import type { Http2SecureServer, Http2Server, ServerHttp2Session, ServerHttp2Stream } from 'node:http2'
import { frame, unframe } from './grpc-frame.ts'
import { GrpcError, Status } from './grpc-status.ts'
import { sendStream } from './grpc-stream.ts'
import { WINDOW_SIZE } from './settings.ts'

/**
 * Answers one call, with one message or a stream of them. `abort` goes off when the caller gives up, and may be set off by
 * whoever else has a reason; `whenSent` calls back once the answer has left.
 */
export type Unary = (
  request: Uint8Array,
  abort: AbortController,
  whenSent?: (then: () => void) => void,
) => Promise<Uint8Array | MessageStream> | Uint8Array | MessageStream
export type MessageStream = AsyncIterable<Uint8Array>

/** What lies behind a path: a function, a stream that is held open and stays silent, or nothing. */
export type Route = Unary | 'silent stream' | undefined

/** One connection. Terraform opens one for each of its provider processes. */
export interface Connection {
  route(path: string): Route
  closed?(): void
  /** The process ends because of an error that belongs to no call: what still runs is to end. */
  crashed?(error: unknown): void
  /** A text without the secrets that this connection has seen. */
  mask?(text: string): string
  /** Terraform is done with the process, and has every answer. */
  shutdown?(): Promise<void>
}

/** Speaks gRPC (HTTP/2 with length-prefixed messages) on a server: unary calls, uncompressed, as Terraform sends them. */
export function serveGrpc(server: Http2Server | Http2SecureServer, connect: () => Connection): void {
  const connections = new WeakMap<ServerHttp2Session, Connection>()
  server.on('session', (session) => {
    const connection = connect()
    connections.set(session, connection)
    session.setLocalWindowSize(WINDOW_SIZE)
    session.once('close', () => connection.closed?.())
    // A peer that breaks off is no failure of ours; the close event follows.
    session.on('error', () => {})
  })
  server.on('stream', (stream, headers) => {
    stream.on('error', () => {})
    const path = headers[':path'] ?? ''
    const route = stream.session && connections.get(stream.session as ServerHttp2Session)?.route(path)
    if (route === undefined) return fail(stream, new GrpcError(Status.UNIMPLEMENTED, `unknown method ${path}`))
    if (route === 'silent stream') return stream.respond({ ':status': 200, 'content-type': 'application/grpc' })
    void answer(stream, route)
  })
}

async function answer(stream: ServerHttp2Stream, unary: Unary): Promise<void> {
  const abort = new AbortController()
  let done = false
  stream.once('close', () => done || abort.abort(new Error('Terraform cancelled the call')))
  try {
    const whenSent = (then: () => void) => void (stream.closed ? then() : stream.once('close', then))
    const response = await unary(unframe(await body(stream)), abort, whenSent)
    if (!(response instanceof Uint8Array)) {
      await sendStream(stream, response)
      done = true
      return
    }
    done = true
    if (stream.destroyed || stream.closed) return
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true })
    stream.once('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }))
    stream.end(frame(response))
  } catch (error) {
    fail(
      stream,
      error instanceof GrpcError ? error : new GrpcError(Status.INTERNAL, String((error as Error)?.message ?? error)),
    )
  }
}

function fail(stream: ServerHttp2Stream, error: GrpcError): void {
  if (stream.destroyed || stream.closed || stream.headersSent) return
  stream.respond(
    {
      ':status': 200,
      'content-type': 'application/grpc',
      'grpc-status': String(error.status),
      'grpc-message': encodeURIComponent(error.message.toWellFormed()),
    },
    { endStream: true },
  )
  // The request is not read to its end; let the rest go by, or the stream would never close.
  stream.resume()
}

function body(stream: ServerHttp2Stream): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.once('end', () => resolve(Buffer.concat(chunks)))
    // Every stream closes; an error, with its stack, is made only where the message did not end before.
    stream.once('close', () => stream.readableEnded || reject(new GrpcError(Status.INTERNAL, 'the call was cut off')))
  })
}
