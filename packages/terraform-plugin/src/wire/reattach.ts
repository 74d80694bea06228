import { createServer } from 'node:http2'
import { type Connection, serveGrpc } from './grpc.ts'
import type { Address } from './handshake.ts'
import { listen } from './listen.ts'
import { pluginService } from './plugin-services.ts'
import { http2Settings } from './settings.ts'

/** A provider on a socket of this process, not encrypted, as `TF_REATTACH_PROVIDERS` expects it. */
export async function serveReattached(
  connect: () => Connection,
  folder?: string,
): Promise<{ address: Address; close(): Promise<void> }> {
  const server = createServer(http2Settings)
  const sessions = new Set<{ destroy(): void }>()
  server.on('session', (session) => {
    sessions.add(session)
    session.once('close', () => sessions.delete(session))
  })
  serveGrpc(server, () => {
    const connection = connect()
    return {
      route: (path) => pluginService(path, { before: connection.shutdown, after: () => {} }) ?? connection.route(path),
      closed: () => connection.closed?.(),
    }
  })
  const address = await listen(server, { minPort: 10_000, maxPort: 25_000 }, process.platform, folder)
  return {
    address,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const session of sessions) session.destroy()
      }),
  }
}

/** How Terraform finds a provider of this process, as the value of `TF_REATTACH_PROVIDERS` says it. */
export function reattachConfig(address: Address) {
  const where =
    address.network === 'unix'
      ? { Network: 'unix', String: address.path }
      : { Network: 'tcp', String: `127.0.0.1:${address.port}` }
  return { Protocol: 'grpc', ProtocolVersion: 6, Pid: process.pid, Test: true, Addr: where }
}
