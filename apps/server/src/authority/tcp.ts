import type { Socket } from 'node:net'
import { clientNetwork } from '../network/client-network.ts'
import type { Reply } from './handler.ts'

export interface TcpOptions {
  /** The reply to one message from this address; undefined closes the connection. */
  answer: (message: Buffer, address: string) => Reply
  /** Called when a reply of several messages fails; the connection is closed. */
  onError?: ((error: unknown) => void) | undefined
  /** Milliseconds after which a connection without a complete message is closed. */
  idleTimeout: number
  /** Maximum number of connections. For a further one, the one that has sent no message for longest is closed. */
  maxConnections: number
  /** Maximum number of connections from one IPv4 address or IPv6 /64 (RFC 7766 section 6.2.2); further ones are closed at once. */
  maxConnectionsPerClient: number
}

/**
 * DNS over TCP: messages with a two-byte length prefix, several on one connection (RFC 7766). The limits hold for all
 * servers whose connections are accepted here.
 */
export function tcpConnections(options: TcpOptions): { accept: (socket: Socket) => void; closeAll: () => void } {
  // In the order of their last message.
  const open = new Set<Socket>()
  const byClient = new Map<string, number>()
  const accept = (socket: Socket) => {
    const client = clientNetwork(socket.remoteAddress ?? '')
    const count = byClient.get(client) ?? 0
    if (count >= options.maxConnectionsPerClient) {
      socket.destroy()
      return
    }
    const [longestSilent] = open
    if (open.size >= options.maxConnections && longestSilent) {
      open.delete(longestSilent)
      longestSilent.destroy()
    }
    open.add(socket)
    byClient.set(client, count + 1)
    socket.on('close', () => {
      open.delete(socket)
      const left = (byClient.get(client) ?? 1) - 1
      if (left > 0) byClient.set(client, left)
      else byClient.delete(client)
    })
    serve(socket, options, () => {
      if (open.delete(socket)) open.add(socket)
    })
  }
  return {
    accept,
    closeAll: () => {
      for (const socket of open) socket.destroy()
    },
  }
}

/** Milliseconds for a reply of several messages. */
const longestReply = 15 * 60_000

function serve(socket: Socket, { answer, idleTimeout, onError }: TcpOptions, onMessage: () => void): void {
  let received: Buffer = Buffer.alloc(0)
  let sending = false
  const address = socket.remoteAddress ?? ''
  // Counts from the last complete message, not the last byte, so that a client cannot stay connected by trickling bytes.
  const idle = setTimeout(() => socket.destroy(), idleTimeout)
  idle.unref()
  socket.on('close', () => clearTimeout(idle))
  // The client reset the connection.
  socket.on('error', () => socket.destroy())
  socket.on('drain', () => {
    if (!sending) socket.resume()
  })
  socket.on('data', (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
    answerReceived()
  })

  function answerReceived(): void {
    while (!sending && received.length >= 2 && received.length >= 2 + received.readUInt16BE(0)) {
      const end = 2 + received.readUInt16BE(0)
      const reply = answer(received.subarray(2, end), address)
      received = received.subarray(end)
      if (!reply) {
        socket.destroy()
        return
      }
      idle.refresh()
      onMessage()
      if (Buffer.isBuffer(reply)) {
        // A client that sends queries and never reads replies must not fill the memory.
        if (!write(reply)) socket.pause()
      } else void sendAll(reply)
    }
  }

  /** False when the client should read before more is sent. */
  function write(message: Buffer): boolean {
    const length = Buffer.alloc(2)
    length.writeUInt16BE(message.length)
    return socket.write(Buffer.concat([length, message]))
  }

  /** Further queries on the connection wait until all has been sent. */
  async function sendAll(messages: AsyncIterable<Buffer>): Promise<void> {
    sending = true
    socket.pause()
    const deadline = setTimeout(() => socket.destroy(), longestReply)
    deadline.unref()
    try {
      for await (const message of messages) {
        if (socket.destroyed) return
        if (!write(message)) await drained(socket)
        idle.refresh()
        onMessage()
      }
    } catch (error) {
      if (!socket.destroyed) onError?.(error)
      socket.destroy()
      return
    } finally {
      clearTimeout(deadline)
      sending = false
    }
    if (socket.destroyed) return
    socket.resume()
    answerReceived()
  }
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      socket.off('drain', done)
      socket.off('close', done)
      resolve()
    }
    socket.on('drain', done)
    socket.on('close', done)
  })
}
