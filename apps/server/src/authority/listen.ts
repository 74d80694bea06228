import type { Socket as UdpSocket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import { headerFlags, headerLength, rcodes } from '@dmarc-as-code/dns/wire'
import { bindAll, close, listenAddresses } from './bind.ts'
import type { Client, Handler, Reply } from './handler.ts'
import { writeError, writeTruncated } from './message.ts'
import { readQuery } from './query.ts'
import { rateLimit } from './rate-limit.ts'
import { respond } from './responder.ts'
import { tcpConnections } from './tcp.ts'
import type { ZoneData } from './zone-data.ts'

export interface AuthorityOptions {
  /** The zones to serve. Read for each query, so that a zone can be added later. */
  zones: readonly ZoneData[]
  /** Addresses to listen on, UDP and TCP; a wildcard stands for the addresses of this machine. Default 127.0.0.1. */
  hosts?: readonly string[]
  /** Port for both; 0 picks a free port. Default 0. */
  port?: number
  /** Milliseconds after which a TCP connection without a complete message is closed. Default 10,000. */
  tcpIdleTimeout?: number
  /** TCP connections at the same time. Default 128. */
  maxTcpConnections?: number
  /** TCP connections at the same time from one IPv4 address or IPv6 /64. Default 16. */
  maxTcpConnectionsPerClient?: number
  /** UDP replies per second to one client network. Default 500. */
  responsesPerSecond?: number
  /** Runs before the responder: handles UPDATE, zone transfers and TSIG. */
  handler?: Handler
  /** Called for messages over UDP that are replies, which get none. */
  onReply?: (message: Buffer, from: { address: string; port: number }) => void
  /** Milliseconds since an epoch. Default `Date.now`. */
  now?: () => number
  /** Called for internal errors; the client gets SERVFAIL. */
  onError?: (error: unknown) => void
}

export interface Authority {
  /** The first of the addresses. */
  address: string
  addresses: readonly string[]
  /** The same on all addresses. */
  port: number
  /** Sends a message from the port of the responder. False where it listens on no address of that family. */
  send: (message: Buffer, to: { address: string; port: number }) => boolean
  /** Stops listening and closes all connections. */
  close: () => Promise<void>
}

/**
 * Starts the authoritative responder on each address, UDP and TCP on the same port.
 *
 * @throws {Error} when the address or port is not available
 */
export async function startAuthority(options: AuthorityOptions): Promise<Authority> {
  const handler: Handler = options.handler ?? ((message, next) => next(message))
  const answer = (message: Buffer, client: Client): Reply => {
    try {
      const { transport } = client
      return handler(message, (request, reserved) => respond(options.zones, request, transport, reserved), client)
    } catch (error) {
      options.onError?.(error)
      const query = readQuery(message)
      return query && writeError(query, rcodes.SERVFAIL)
    }
  }
  const tcp = tcpConnections({
    answer: (message, address) => answer(message, { address, transport: 'tcp' }),
    onError: options.onError,
    idleTimeout: options.tcpIdleTimeout ?? 10_000,
    maxConnections: options.maxTcpConnections ?? 128,
    maxConnectionsPerClient: options.maxTcpConnectionsPerClient ?? 16,
  })
  const addresses = listenAddresses(options.hosts ?? ['127.0.0.1'])
  const { listeners, port } = await bindAll(addresses, options.port ?? 0, tcp.accept)
  const limit = rateLimit({ perSecond: options.responsesPerSecond ?? 500, now: options.now ?? Date.now })
  for (const listener of listeners) {
    answerUdp(listener.udp, (message, address) => answer(message, { address, transport: 'udp' }), limit, options)
    // E.g. out of file descriptors while accepting: that connection is lost, the service continues.
    listener.tcp.on('error', (error) => options.onError?.(error))
  }
  return {
    address: addresses[0] ?? '127.0.0.1',
    addresses,
    port,
    send(message, to) {
      const family = isIPv6(to.address)
      const listener = listeners.find(({ address }) => isIPv6(address) === family)
      listener?.udp.send(message, to.port, to.address, () => {})
      return listener !== undefined
    },
    close: async () => {
      const closed = Promise.all(listeners.map(close))
      tcp.closeAll()
      await closed
    },
  }
}

function answerUdp(
  udp: UdpSocket,
  answer: (message: Buffer, address: string) => Reply,
  limit: ReturnType<typeof rateLimit>,
  options: AuthorityOptions,
): void {
  udp.on('message', (message, client) => {
    if (message.length >= headerLength && message.readUInt16BE(2) & headerFlags.response) {
      options.onReply?.(message, client)
      return
    }
    const verdict = limit(client.address)
    if (verdict === 'drop') return
    const query = verdict === 'truncate' ? readQuery(message) : undefined
    const reply = verdict === 'truncate' ? query?.question && writeTruncated(query) : answer(message, client.address)
    // Nothing can be sent to port 0; after a failed send the client retries.
    if (Buffer.isBuffer(reply) && client.port > 0) udp.send(reply, client.port, client.address, () => {})
  })
  // E.g. an ICMP error reported on the socket: it affects one client, not the service.
  udp.on('error', (error) => options.onError?.(error))
}
