import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'

/**
 * An HTTP proxy on loopback that knows CONNECT only: `route` gives where a `host:443` leads. It stands in for port 443, which
 * tests may not bind; what passes through is not touched, so TLS is checked end to end.
 */
export async function startConnectProxy(
  route: (host: string) => Promise<{ address: string; port: number }>,
): Promise<{ url: string; close: () => void }> {
  const open = new Set<Socket>()
  const server = createServer((_request, response) => response.writeHead(405).end())
  server.on('connection', (socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  server.on('connect', (request, client: Socket, head: Buffer) => {
    client.on('error', () => client.destroy())
    route(String(request.url).replace(/:443$/, '')).then(
      ({ address, port }) => {
        const target = connect(port, address, () => {
          client.write('HTTP/1.1 200 Connection established\r\n\r\n')
          target.write(head)
          target.pipe(client).pipe(target)
        })
        target.on('error', () => client.destroy())
        client.once('close', () => target.destroy())
      },
      () => client.end('HTTP/1.1 502 Bad gateway\r\n\r\n'),
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close()
      for (const socket of open) socket.destroy()
    },
  }
}
