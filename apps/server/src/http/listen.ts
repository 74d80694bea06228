import { once } from 'node:events'
import type { Server, Socket } from 'node:net'

export interface Listening {
  address: string
  port: number
  /** Stops listening and ends every connection. */
  close: () => Promise<void>
}

const MAX_CONNECTIONS = 1000

/** Starts a server on one address; port 0 picks a free port. At most 1000 connections unless the server sets its own limit. */
export async function listen(server: Server, host = '127.0.0.1', port = 0): Promise<Listening> {
  // Sockets in a TLS handshake are not yet HTTP connections, so closeAllConnections() misses them.
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  server.maxConnections ||= MAX_CONNECTIONS
  const listening = once(server, 'listening')
  server.listen(port, host)
  await listening
  const address = server.address()
  return {
    address: host,
    port: address !== null && typeof address === 'object' ? address.port : port,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
