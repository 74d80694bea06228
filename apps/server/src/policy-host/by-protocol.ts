import { createServer, type Server, type Socket } from 'node:net'
import { type ClientHello, readClientHello } from './client-hello.ts'

/** Bytes in which the first message of a client must be complete; larger ones go on as they are. */
const longestHello = 16_384

/**
 * A TCP server that hands each connection to one of several TLS servers by the first message of the client. Node's own choice of a
 * certificate does not know which protocols a client offers.
 */
export function byProtocol(
  choose: (hello: ClientHello | undefined) => Server,
  { timeout }: { timeout: number },
): Server {
  return createServer((socket) => {
    let received: Buffer = Buffer.alloc(0)
    const timer = setTimeout(() => socket.destroy(), timeout)
    const read = () => {
      for (let chunk: Buffer | null = socket.read(); chunk !== null; chunk = socket.read()) {
        received = Buffer.concat([received, chunk])
      }
      const hello = readClientHello(received)
      if (hello === 'more' && received.length < longestHello) return
      socket.off('readable', read)
      clearTimeout(timer)
      handOver(socket, received, choose(hello === 'more' ? undefined : hello))
    }
    socket.on('readable', read)
    socket.on('close', () => clearTimeout(timer))
    // The client reset the connection.
    socket.on('error', () => socket.destroy())
  })
}

function handOver(socket: Socket, received: Buffer, server: Server): void {
  if (received.length > 0) socket.unshift(received)
  server.emit('connection', socket)
}
