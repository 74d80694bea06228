import { randomBytes } from 'node:crypto'
import { chmodSync, rmSync } from 'node:fs'
import type { Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Address, Invitation } from './handshake.ts'

/** The longest socket path macOS takes; Linux allows a few bytes more. */
const MAX_SOCKET_PATH = 103

/** Listens on a unix socket, or on Windows on a free port within the range Terraform gave. */
export async function listen(
  server: Server,
  { minPort, maxPort }: Pick<Invitation, 'minPort' | 'maxPort'>,
  platform: NodeJS.Platform = process.platform,
  folder: string = tmpdir(),
): Promise<Address> {
  if (platform !== 'win32') {
    const path = socketPath(folder)
    await bound(server, () => server.listen(path))
    chmodSync(path, 0o600)
    return { network: 'unix', path }
  }
  for (let port = minPort; port <= maxPort; port++) {
    try {
      await bound(server, () => server.listen(port, '127.0.0.1'))
      return { network: 'tcp', port }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    }
  }
  throw new Error(
    `No port between ${minPort} and ${maxPort} is free on 127.0.0.1. Set PLUGIN_MIN_PORT and PLUGIN_MAX_PORT.`,
  )
}

/** Removes what a process that ends would leave behind. */
export function removeSocket(address: Address): void {
  if (address.network === 'unix') rmSync(address.path, { force: true })
}

export function socketPath(folder: string): string {
  const name = `tf-plugin-${process.pid}-${randomBytes(6).toString('hex')}.sock`
  const path = join(folder, name)
  return Buffer.byteLength(path) <= MAX_SOCKET_PATH ? path : join('/tmp', name)
}

function bound(server: Server, start: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.once('listening', () => {
      server.off('error', reject)
      resolve()
    })
    start()
  })
}
