import { createSocket, type Socket as UdpSocket } from 'node:dgram'
import { once } from 'node:events'
import { isIPv6, type Server } from 'node:net'
import { writeError, writeTruncated } from './message.ts'
import { RCODE, readQuery } from './query.ts'
import { rateLimit } from './rate-limit.ts'
import { respond, type Transport } from './responder.ts'
import { tcpServer } from './tcp.ts'
import type { ZoneData } from './zone-data.ts'

/** Answers one message, with the responder's help or without; undefined: no reply. */
export type Handler = (message: Buffer, respond: (message: Buffer) => Buffer | undefined) => Buffer | undefined

export interface AuthorityOptions {
  /** Every zone to answer for. Read at each question, so a zone may be added later. */
  zones: readonly ZoneData[]
  /** Address to listen on, UDP and TCP. Default 127.0.0.1. */
  host?: string
  /** Port for both; 0 picks a free one. Default 0. */
  port?: number
  /** Milliseconds a TCP connection may stay without a complete message. Default 10,000. */
  tcpIdleTimeout?: number
  /** TCP connections at the same time. Default 128. */
  maxTcpConnections?: number
  /** UDP replies a second to one client network. Default 500. */
  responsesPerSecond?: number
  /** Stands before the responder: answers what it cannot (UPDATE), checks and makes signatures (TSIG). */
  handler?: Handler
  /** Milliseconds since an epoch. Default `Date.now`. */
  now?: () => number
  /** Told of faults of ours; the client got SERVFAIL. */
  onError?: (error: unknown) => void
}

export interface Authority {
  address: string
  port: number
  /** Stops listening, and ends every connection. */
  close: () => Promise<void>
}

/**
 * Starts the authoritative responder on one address, UDP and TCP on the same port.
 *
 * @throws {Error} when the address or port cannot be had
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
      return query && writeError(query, RCODE.SERVFAIL)
    }
  }
  const tcp = tcpServer({
    answer: (message) => answer(message, 'tcp'),
    idleTimeout: options.tcpIdleTimeout ?? 10_000,
    maxConnections: options.maxTcpConnections ?? 128,
  })
  const udp = await bindBoth(tcp.server, host, options.port ?? 0)
  answerUdp(udp, (message) => answer(message, 'udp'), options)
  // E.g. out of file handles while accepting: that connection is lost, the service goes on.
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
    // Port 0 cannot be sent to; a failed send is the network's affair, the client asks again.
    if (reply && client.port > 0) udp.send(reply, client.port, client.address, () => {})
  })
  // E.g. an ICMP refusal reported on the socket: it concerns one client, not the service.
  udp.on('error', (error) => options.onError?.(error))
}

/** UDP and TCP on one port. A port picked for TCP may be taken for UDP; then another is picked. */
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
        throw new Error(`UDP port ${chosen} of ${host} cannot be listened on; choose another port.`, { cause })
      }
    }
  }
}

async function listening(emitter: Server | UdpSocket, start: () => void): Promise<void> {
  const ready = once(emitter, 'listening')
  start()
  await ready
}
