import type { Socket } from 'node:net'
import { clientNetwork } from '../network/client-network.ts'

export interface TcpOptions {
  /** The reply to one message; undefined closes the connection. */
  answer: (message: Buffer) => Buffer | undefined
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

function serve(socket: Socket, { answer, idleTimeout }: TcpOptions, onMessage: () => void): void {
  let received: Buffer = Buffer.alloc(0)
  // Counts from the last complete message, not the last byte, so that a client cannot stay connected by trickling bytes.
  const idle = setTimeout(() => socket.destroy(), idleTimeout)
  idle.unref()
  socket.on('close', () => clearTimeout(idle))
  // The client reset the connection.
  socket.on('error', () => socket.destroy())
  socket.on('drain', () => socket.resume())
  socket.on('data', (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
    while (received.length >= 2 && received.length >= 2 + received.readUInt16BE(0)) {
      const end = 2 + received.readUInt16BE(0)
      const reply = answer(received.subarray(2, end))
      received = received.subarray(end)
      if (!reply) {
        socket.destroy()
        return
      }
      idle.refresh()
      onMessage()
      const length = Buffer.alloc(2)
      length.writeUInt16BE(reply.length)
      // A client that sends queries and never reads replies must not fill the memory.
      if (!socket.write(Buffer.concat([length, reply]))) socket.pause()
    }
  })
}
