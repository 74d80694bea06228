import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'

/**
 * A loopback port that is free for both UDP and TCP right now. For outside programs that cannot pick a port themselves;
 * our own servers listen on port 0 instead.
 */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const port = await tcpPort()
    if (await udpIsFree(port)) return port
  }
  throw new Error('no loopback port is free for both UDP and TCP after 50 attempts')
}

function tcpPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}

function udpIsFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4')
    socket.once('error', () => resolve(false))
    socket.bind(port, '127.0.0.1', () => socket.close(() => resolve(true)))
  })
}
