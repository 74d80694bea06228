import { createSocket } from 'node:dgram'
import { lookup } from 'node:dns/promises'
import { connect, isIP } from 'node:net'
import { DnsError } from '../errors.ts'
import { isTruncated } from '../wire/message.ts'

export interface ExchangeOptions {
  host: string
  port: number
  transport: 'udp' | 'tcp'
  /** Milliseconds for the whole exchange. */
  timeout: number
  signal?: AbortSignal | undefined
  /** Gives the address of a host name. Default: as the system looks names up. */
  resolveHost?: ((host: string) => Promise<string>) | undefined
}

/** No answer came: `code` is `ETIMEDOUT`, or what the system says (`ECONNREFUSED`, `ENOTFOUND`, ...). */
export class ExchangeError extends DnsError {
  override name = 'ExchangeError'
  readonly code: string
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** `192.0.2.1:53`, `[2001:db8::1]:53`. */
export const serverText = (host: string, port: number) => (host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`)

/** Sends one message and gives the answer with the same id. A truncated UDP answer is asked for again over TCP. */
export async function exchange(message: Buffer, options: ExchangeOptions): Promise<Buffer> {
  options.signal?.throwIfAborted()
  if (message.length > 0xffff) {
    throw new ExchangeError('EMSGSIZE', `The message has ${message.length} bytes; DNS allows 65535`)
  }
  const target = isIP(options.host) ? options : { ...options, host: await addressOf(options) }
  if (options.transport === 'tcp') return overTcp(message, target)
  const answer = await overUdp(message, target)
  return isTruncated({ flags: answer.readUInt16BE(2) }) ? overTcp(message, target) : answer
}

// The system's own look-up knows no time limit, and can take minutes where resolvers are silent.
function addressOf(options: ExchangeOptions): Promise<string> {
  const { host, resolveHost = systemAddress } = options
  return settle(options, (succeed, fail) => {
    resolveHost(host).then(succeed, (cause: NodeJS.ErrnoException) =>
      fail(new ExchangeError(cause.code ?? 'ENOTFOUND', `${host} has no address (${cause.code})`, { cause })),
    )
    return () => {}
  })
}

const systemAddress = async (host: string) => (await lookup(host)).address

function overUdp(message: Buffer, options: ExchangeOptions): Promise<Buffer> {
  return settle(options, (succeed, fail) => {
    const socket = createSocket(options.host.includes(':') ? 'udp6' : 'udp4')
    socket.once('error', fail)
    socket.on('message', (answer) => {
      // Anything with another id answers another question, or is somebody's guess.
      if (answer.length >= 12 && answer.readUInt16BE(0) === message.readUInt16BE(0)) succeed(answer)
    })
    // A connected socket takes datagrams from this server only, and learns of a closed port at once.
    socket.connect(options.port, options.host, () => socket.send(message))
    return () => socket.close()
  })
}

function overTcp(message: Buffer, options: ExchangeOptions): Promise<Buffer> {
  return settle(options, (succeed, fail) => {
    const socket = connect({ host: options.host, port: options.port, noDelay: true })
    let received: Buffer = Buffer.alloc(0)
    socket.once('error', fail)
    socket.once('close', () => fail(new Error('the server closed the connection without an answer')))
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk])
      const length = received.length >= 2 ? received.readUInt16BE(0) : Number.POSITIVE_INFINITY
      if (received.length < 2 + length) return
      const answer = received.subarray(2, 2 + length)
      if (answer.length < 12 || answer.readUInt16BE(0) !== message.readUInt16BE(0)) {
        fail(new Error('the answer belongs to another question'))
      } else succeed(answer)
    })
    const length = Buffer.alloc(2)
    length.writeUInt16BE(message.length)
    // Not `end`: many servers take a half-closed connection for a gone client.
    socket.write(Buffer.concat([length, message]))
    return () => socket.destroy()
  })
}

function settle<T>(
  { host, port, transport, timeout, signal }: ExchangeOptions,
  start: (succeed: (answer: T) => void, fail: (error: Error) => void) => () => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const where = `${serverText(host, port)} (${transport.toUpperCase()})`
    let done = false
    let stop = () => {}
    const finish = (act: () => void) => {
      if (done) return
      done = true
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
      stop()
      act()
    }
    const abort = () => finish(() => reject(signal?.reason))
    const fail = (cause: NodeJS.ErrnoException) =>
      finish(() =>
        reject(
          cause instanceof ExchangeError
            ? cause
            : new ExchangeError(cause.code ?? 'EPROTO', `${where}: ${cause.message}`, { cause }),
        ),
      )
    const timer = setTimeout(
      () =>
        finish(() => reject(new ExchangeError('ETIMEDOUT', `${where}: no answer within ${Math.round(timeout)} ms`))),
      timeout,
    )
    signal?.addEventListener('abort', abort)
    stop = start((answer) => finish(() => resolve(answer)), fail)
  })
}
