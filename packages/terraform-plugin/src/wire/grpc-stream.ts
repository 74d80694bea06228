import { once } from 'node:events'
import type { ServerHttp2Stream } from 'node:http2'
import { frame } from './grpc-frame.ts'
import { Status } from './grpc-status.ts'

/**
 * Sends messages as they come, no faster than they are taken. What fails before the first message is left to the caller;
 * a later failure is in the trailers, as the status has to be.
 */
export async function sendStream(stream: ServerHttp2Stream, messages: AsyncIterable<Uint8Array>): Promise<void> {
  const iterator = messages[Symbol.asyncIterator]()
  let next = await iterator.next()
  if (stream.destroyed || stream.closed) return void (await iterator.return?.())
  let trailers: Record<string, string> = { 'grpc-status': '0' }
  stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true })
  stream.once('wantTrailers', () => stream.sendTrailers(trailers))
  const gone = new AbortController()
  stream.once('close', () => gone.abort())
  try {
    while (!next.done && !gone.signal.aborted) {
      if (!stream.write(frame(next.value))) await once(stream, 'drain', { signal: gone.signal })
      next = await iterator.next()
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    trailers = {
      'grpc-status': String(Status.INTERNAL),
      'grpc-message': encodeURIComponent(message.toWellFormed()),
    }
  }
  if (gone.signal.aborted) return void (await iterator.return?.())
  stream.end()
}
