import { createSocket, type Socket as UdpSocket } from 'node:dgram'
import { once } from 'node:events'
import { isIPv6, type Server } from 'node:net'
import { rcodes } from '@dmarc-as-code/dns/wire'
import { writeError, writeTruncated } from './message.ts'
import { readQuery } from './query.ts'
import { rateLimit } from './rate-limit.ts'
import { respond, type Transport } from './responder.ts'
import { tcpServer } from './tcp.ts'
import type { ZoneData } from './zone-data.ts'

/** Handles one message, with or without the responder; undefined: no reply. */
export type Handler = (message: Buffer, respond: (message: Buffer) => Buffer | undefined) => Buffer | undefined

export interface AuthorityOptions {
  /** The zones to serve. Read for each query, so that a zone can be added later. */
  zones: readonly ZoneData[]
  /** Address to listen on, UDP and TCP. Default 127.0.0.1. */
  host?: string
  /** Port for both; 0 picks a free port. Default 0. */
  port?: number
  /** Milliseconds after which a TCP connection without a complete message is closed. Default 10,000. */
  tcpIdleTimeout?: number
  /** TCP connections at the same time. Default 128. */
  maxTcpConnections?: number
  /** TCP connections at the same time from one address. Default 16. */
  maxTcpConnectionsPerClient?: number
  /** UDP replies per second to one client network. Default 500. */
  responsesPerSecond?: number
  /** Runs before the responder: handles UPDATE and TSIG. */
  handler?: Handler
  /** Milliseconds since an epoch. Default `Date.now`. */
  now?: () => number
  /** Called for internal errors; the client gets SERVFAIL. */
  onError?: (error: unknown) => void
}

export interface Authority {
  address: string
  port: number
  /** Stops listening and closes all connections. */
  close: () => Promise<void>
}

/**
 * Starts the authoritative responder on one address, UDP and TCP on the same port.
 *
 * @throws {Error} when the address or port is not available
 */
export async function startAuthority(options: AuthorityOptions): Promise<Authority> {
  const host = options.host ?? '127.0.0.1'
  const handler: Handler = options.handler ?? ((message, next) => next(message))
  const answer = (message: Buffer, transport: Transport): Buffer | undefined => {
    try {
      return handler(message, (request) => respond(options.zones, request, transport))
    } catch (error) {
      options.onError?.(error)
      const query = readQuery(message)
      return query && writeError(query, rcodes.SERVFAIL)
    }
  }
  const tcp = tcpServer({
    answer: (message) => answer(message, 'tcp'),
    idleTimeout: options.tcpIdleTimeout ?? 10_000,
    maxConnections: options.maxTcpConnections ?? 128,
    maxConnectionsPerClient: options.maxTcpConnectionsPerClient ?? 16,
  })
  const udp = await bindBoth(tcp.server, host, options.port ?? 0)
  answerUdp(udp, (message) => answer(message, 'udp'), options)
  // E.g. out of file descriptors while accepting: that connection is lost, the service continues.
  tcp.server.on('error', (error) => options.onError?.(error))
  return {
    address: host,
    port: udp.address().port,
    close: async () => {
      const closed = Promise.all([once(udp, 'close'), once(tcp.server, 'close')])
      udp.close()
      tcp.server.close()
      tcp.closeAll()
      await closed
    },
  }
}

function answerUdp(udp: UdpSocket, answer: (message: Buffer) => Buffer | undefined, options: AuthorityOptions): void {
  const limit = rateLimit({ perSecond: options.responsesPerSecond ?? 500, now: options.now ?? Date.now })
  udp.on('message', (message, client) => {
    const verdict = limit(client.address)
    if (verdict === 'drop') return
    const query = verdict === 'truncate' ? readQuery(message) : undefined
    const reply = verdict === 'truncate' ? query?.question && writeTruncated(query) : answer(message)
    // Nothing can be sent to port 0; after a failed send the client retries.
    if (reply && client.port > 0) udp.send(reply, client.port, client.address, () => {})
  })
  // E.g. an ICMP error reported on the socket: it affects one client, not the service.
  udp.on('error', (error) => options.onError?.(error))
}

/** Binds UDP and TCP to one port. When a port picked for TCP is taken for UDP, another is picked. */
async function bindBoth(tcp: Server, host: string, port: number): Promise<UdpSocket> {
  for (let attempt = 1; ; attempt++) {
    await listening(tcp, () => tcp.listen(port, host))
    const address = tcp.address()
    const chosen = address !== null && typeof address === 'object' ? address.port : port
    const udp = createSocket(isIPv6(host) ? 'udp6' : 'udp4')
    try {
      await listening(udp, () => udp.bind(chosen, host))
      return udp
    } catch (cause) {
      udp.close()
      tcp.close()
      await once(tcp, 'close')
      if (port !== 0 || attempt >= 20) {
        throw new Error(`Cannot listen on UDP port ${chosen} of ${host}. Choose another port.`, { cause })
      }
    }
  }
}

async function listening(emitter: Server | UdpSocket, start: () => void): Promise<void> {
  const ready = once(emitter, 'listening')
  start()
  await ready
}
