import { createSocket, type Socket as UdpSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer, isIPv6, type Server, type Socket } from 'node:net'
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os'

/** UDP and TCP on one address and port. */
export interface Listener {
  address: string
  udp: UdpSocket
  tcp: Server
}

type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>

/**
 * The addresses to listen on, each by itself: on a wildcard socket, answers leave from the address the system prefers, not
 * from the one that was asked (RFC 2181 section 4.1). So `0.0.0.0` becomes every IPv4 address of this machine, and `::`
 * every address. Link-local ones are left out.
 */
export function listenAddresses(hosts: readonly string[], interfaces: Interfaces = networkInterfaces()): string[] {
  const all = Object.values(interfaces).flatMap((each) => each ?? [])
  const addresses = hosts.flatMap((host) => {
    if (host !== '0.0.0.0' && host !== '::') return [host]
    return all
      .filter(({ family, address }) => (family === 'IPv4' ? true : host === '::' && !/^fe[89ab]/i.test(address)))
      .map(({ address }) => address)
  })
  return [...new Set(addresses)]
}

/**
 * Binds UDP and TCP on every address to one port; 0 picks one that is free on all of them.
 *
 * @throws {Error} when an address or the port is not available
 */
export async function bindAll(
  addresses: readonly string[],
  port: number,
  accept: (socket: Socket) => void,
): Promise<{ listeners: Listener[]; port: number }> {
  for (let attempt = 1; ; attempt++) {
    const listeners: Listener[] = []
    let chosen = port
    try {
      for (const address of addresses) {
        const listener = await bind(address, chosen, accept)
        listeners.push(listener)
        chosen = listener.udp.address().port
      }
      return { listeners, port: chosen }
    } catch (error) {
      await Promise.all(listeners.map(close))
      // Another process may have the picked port on one of the others.
      if (port !== 0 || attempt >= 20) throw error
    }
  }
}

async function bind(address: string, port: number, accept: (socket: Socket) => void): Promise<Listener> {
  const tcp = createServer(accept)
  await listening(tcp, () => tcp.listen({ port, host: address, ipv6Only: true }), address, port)
  const bound = tcp.address()
  const chosen = bound !== null && typeof bound === 'object' ? bound.port : port
  const udp = isIPv6(address) ? createSocket({ type: 'udp6', ipv6Only: true }) : createSocket('udp4')
  try {
    await listening(udp, () => udp.bind(chosen, address), address, chosen)
    return { address, udp, tcp }
  } catch (error) {
    udp.close()
    tcp.close()
    await once(tcp, 'close')
    throw error
  }
}

export async function close({ udp, tcp }: Listener): Promise<void> {
  const closed = Promise.all([once(udp, 'close'), once(tcp, 'close')])
  udp.close()
  tcp.close()
  await closed
}

async function listening(emitter: Server | UdpSocket, start: () => void, address: string, port: number): Promise<void> {
  const ready = once(emitter, 'listening')
  start()
  try {
    await ready
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
    throw new Error(`Cannot listen on port ${port} of ${address} (${reason}). Choose another port or address.`, {
      cause,
    })
  }
}
