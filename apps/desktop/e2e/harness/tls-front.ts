import { request } from 'node:http'
import { createServer } from 'node:https'
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net'

export interface Listening {
  readonly port: number
  close(): Promise<void>
}

/** Puts https in front of a service on this computer. */
export async function tlsFront(service: string, pem: string): Promise<Listening> {
  const server = createServer({ key: pem, cert: pem }, (incoming, response) => {
    const { method, url = '/', headers } = incoming
    const onward = request(new URL(url, service), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.pipe(response)
    })
    onward.once('error', () => response.destroy())
    incoming.pipe(onward)
  })
  return listen(server)
}

/** An http proxy that connects every host to one port of this computer, and notes which hosts were requested. */
export async function connectProxy(port: number): Promise<Listening & { readonly asked: readonly string[] }> {
  const asked: string[] = []
  const open = new Set<Socket>()
  const server = createTcpServer((socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
    socket.on('error', () => {})
    socket.once('data', (chunk) => {
      const [, host = ''] = /^CONNECT (\S+) HTTP/.exec(chunk.toString('latin1')) ?? []
      asked.push(host)
      const onward = connect(port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n')
        socket.pipe(onward).pipe(socket)
      })
      onward.on('error', () => socket.destroy())
    })
  })
  const listening = await listen(server)
  return {
    ...listening,
    asked,
    close: async () => {
      for (const socket of open) socket.destroy()
      await listening.close()
    },
  }
}

async function listen(server: ReturnType<typeof createTcpServer>): Promise<Listening> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        if ('closeAllConnections' in server) (server as { closeAllConnections(): void }).closeAllConnections()
      }),
  }
}
