import { randomInt } from 'node:crypto'
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import type { lookup } from 'node:dns'
import { isIPv6 } from 'node:net'
import { decodeMessage } from '../wire/decode.ts'
import type { DnsMessage, DnsQuestion } from '../wire/types.ts'
import { DnsQueryError } from './errors.ts'
import { answersQuestion } from './match.ts'

/** A question that waits for its answer on a shared socket. Each sending ends in one call of `answered` or `failed`, later. */
export interface Waiting {
  readonly question: DnsQuestion
  readonly server: { address: string; port: number; name?: string }
  /** The encoded question; its id is written when it is sent. */
  readonly query: Buffer
  /** Milliseconds. */
  readonly timeout: number
  answered(message: DnsMessage): void
  failed(error: DnsQueryError): void
}

/** Where a question waits; hand it to `forget` to stop waiting. */
export interface Place {
  readonly port: Port
  readonly id: number
  readonly waiting: Waiting
  readonly expires: number
}

interface Port {
  readonly socket: Socket
  readonly places: Map<number, Place>
}

const ports = 4
const sweepInterval = 50

/**
 * Four UDP sockets of one family, each with a port of its own, and the questions that wait for an answer on them. An
 * answer must come from the address and port that was asked, with the random id and the question, on the right socket.
 */
export class SharedSocket {
  readonly #ports: Port[]
  readonly #messageId: () => number
  #sweep: NodeJS.Timeout | undefined

  constructor(family: 'udp4' | 'udp6', messageId: () => number) {
    this.#messageId = messageId
    this.#ports = Array.from({ length: ports }, () => {
      const places = new Map<number, Place>()
      const socket = createSocket({ type: family, recvBufferSize: 1 << 20, lookup: asGiven })
      socket.on('message', (bytes, sender) => receive(places, bytes, sender))
      // Send errors reach their question by the callback of `send`; what is left here concerns none of them.
      socket.on('error', () => {})
      return { socket, places }
    })
  }

  send(waiting: Waiting): Place {
    const port = this.#ports[randomInt(ports)] as Port
    let id = this.#messageId()
    while (port.places.has(id)) id = (id + 1) & 0xffff
    const place = { port, id, waiting, expires: performance.now() + waiting.timeout }
    port.places.set(id, place)
    this.#startSweep()
    const { query, server, question } = waiting
    query.writeUInt16BE(id)
    const sent = (error: Error | null) => {
      if (error && forget(place)) waiting.failed(new DnsQueryError('network', question, server, error.message, error))
    }
    try {
      port.socket.send(query, server.port, server.address, sent)
    } catch (error) {
      // Node throws for a port no server can have. A failure never comes before `send` has returned.
      queueMicrotask(() => sent(error as Error))
    }
    return place
  }

  /** One timer for all questions instead of one for each. It stops when none are left. */
  #startSweep(): void {
    this.#sweep ??= setInterval(() => {
      const now = performance.now()
      for (const { places } of this.#ports) {
        for (const place of places.values()) {
          if (place.expires <= now) fail(place, 'timeout', 'nothing came back in time')
        }
      }
      // Counted afterwards: a question that failed may have been sent again, on a socket already swept.
      if (this.#ports.some(({ places }) => places.size > 0)) return
      clearInterval(this.#sweep)
      this.#sweep = undefined
    }, sweepInterval)
  }

  close(): void {
    clearInterval(this.#sweep)
    for (const { socket, places } of this.#ports) {
      for (const place of places.values()) fail(place, 'network', 'the client was closed')
      socket.close()
    }
  }
}

/** Stops waiting. False when that was over before. */
export function forget(place: Place): boolean {
  const { places } = place.port
  return places.get(place.id) === place && places.delete(place.id)
}

function fail(place: Place, code: 'timeout' | 'network', what: string): void {
  const { question, server } = place.waiting
  if (forget(place)) place.waiting.failed(new DnsQueryError(code, question, server, what))
}

function receive(places: Map<number, Place>, bytes: Buffer, sender: RemoteInfo): void {
  if (bytes.length < 2) return
  const id = bytes.readUInt16BE(0)
  const place = places.get(id)
  if (!place) return
  const { question, server } = place.waiting
  if (sender.port !== server.port || !sameAddress(sender.address, server.address)) return
  let message: DnsMessage
  try {
    message = decodeMessage(bytes)
  } catch {
    // Garbage proves nothing; the right answer may still come.
    return
  }
  if (!answersQuestion(message, id, question)) return
  places.delete(id)
  place.waiting.answered(message)
}

/** Servers are given by address. Without this, Node takes every packet through its resolver, a tick later. */
const asGiven = ((address: string, family: number, done: (error: null, address: string, family: number) => void) =>
  done(null, address, family)) as typeof lookup

function sameAddress(a: string, b: string): boolean {
  return a === b || (isIPv6(a) && isIPv6(b) && canonical(a) === canonical(b))
}

function canonical(address: string): string {
  return new URL(`http://[${address.split('%')[0]}]/`).hostname
}
