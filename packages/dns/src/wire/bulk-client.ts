import { randomInt } from 'node:crypto'
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import type { lookup } from 'node:dns'
import { isIPv6 } from 'node:net'
import { createDnsClient } from './client.ts'
import { decodeMessage } from './decode.ts'
import { encodeQuery } from './encode.ts'
import { DnsQueryError } from './errors.ts'
import { answersQuestion } from './match.ts'
import { queryTcp } from './tcp.ts'
import type { DnsClient, DnsMessage, DnsQuestion, QueryOptions } from './types.ts'

export interface BulkDnsClientOptions {
  /** Questions on their way at once; more wait in line. Default 200: beyond it, servers and sockets drop packets. */
  maxInFlight?: number
  /** For DoH servers, which are asked as the plain client asks them. */
  fetch?: typeof fetch
  /** A message id, 0 to 65535, that nobody can guess. Default: `node:crypto`. */
  messageId?: () => number
}

export interface BulkDnsClient extends DnsClient {
  /** Closes its sockets. Questions still on their way reject. */
  close(): void
}

interface Pending {
  question: DnsQuestion
  server: { address: string; port: number; name?: string }
  expires: number
  resolve(message: DnsMessage): void
  reject(error: unknown): void
}

interface Port {
  socket: Socket
  pending: Map<number, Pending>
}

const sweepInterval = 50

/**
 * A DNS client for many thousands of questions: a few sockets shared by all of them, a bounded number on their way, and
 * memory that does not grow. An answer must come from the address that was asked, with the random id and the question;
 * yet the source ports are few, so prefer `createDnsClient` where somebody on the path may want to forge answers.
 */
export function createBulkDnsClient(options: BulkDnsClientOptions = {}): BulkDnsClient {
  const { maxInFlight = 200, messageId = () => randomInt(65_536) } = options
  const plain = createDnsClient(options.fetch ? { fetch: options.fetch } : {})
  const shared = { udp4: undefined, udp6: undefined } as Record<'udp4' | 'udp6', SharedSocket | undefined>
  const line: (() => void)[] = []
  let inFlight = 0
  let closed = false

  return {
    async query(question, server, queryOptions = {}) {
      if ('url' in server || server.transport === 'tcp') return plain.query(question, server, queryOptions)
      const target = { ...server, port: server.port ?? 53 }
      await turn(queryOptions.signal)
      try {
        return await ask(question, target, { ...queryOptions, timeout: queryOptions.timeout ?? 2000 })
      } finally {
        inFlight--
        line.shift()?.()
      }
    },
    close() {
      closed = true
      shared.udp4?.close()
      shared.udp6?.close()
    },
  }

  async function turn(signal: AbortSignal | undefined): Promise<void> {
    while (inFlight >= maxInFlight) await new Promise<void>((resolve) => line.push(resolve))
    inFlight++
    if (signal?.aborted) {
      inFlight--
      line.shift()?.()
      throw signal.reason
    }
  }

  async function ask(
    question: DnsQuestion,
    server: Pending['server'],
    queryOptions: QueryOptions & { timeout: number },
  ): Promise<DnsMessage> {
    const tries = Math.max(1, queryOptions.tries ?? 2)
    for (let attempt = 1; ; attempt++) {
      if (closed) throw new DnsQueryError('network', question, server, 'the client is closed')
      const family = isIPv6(server.address) ? 'udp6' : 'udp4'
      const socket = shared[family] ?? new SharedSocket(family, messageId)
      shared[family] = socket
      try {
        const message = await socket.ask(question, server, queryOptions)
        if (!message.truncated) return message
        return await queryTcp(question, server, messageId(), queryOptions)
      } catch (error) {
        const again = error instanceof DnsQueryError && error.code === 'timeout' && attempt < tries
        if (!again) throw error
      }
    }
  }
}

/** Four UDP sockets of one family, each with a port of its own, and the questions that wait for an answer on them. */
class SharedSocket {
  readonly #sockets: Port[]
  #sweep: NodeJS.Timeout | undefined

  readonly #messageId: () => number

  constructor(family: 'udp4' | 'udp6', messageId: () => number) {
    this.#messageId = messageId
    this.#sockets = Array.from({ length: 4 }, () => {
      const pending = new Map<number, Pending>()
      const socket = createSocket({ type: family, recvBufferSize: 1 << 20, lookup: asGiven })
      socket.on('message', (bytes, sender) => settle(pending, bytes, sender))
      // Send errors reach their question by the callback of `send`; what is left here concerns none of them.
      socket.on('error', () => {})
      return { socket, pending }
    })
  }

  ask(
    question: DnsQuestion,
    server: Pending['server'],
    options: QueryOptions & { timeout: number },
  ): Promise<DnsMessage> {
    const { socket, pending } = this.#sockets[randomInt(this.#sockets.length)] as Port
    let id = this.#messageId()
    while (pending.has(id)) id = (id + 1) & 0xffff
    if (options.signal?.aborted) return Promise.reject(options.signal.reason)
    const query = encodeQuery(id, question, options)
    return new Promise<DnsMessage>((resolve, reject) => {
      const leave = options.signal && joinSignal(options.signal, (reason) => entry.reject(reason))
      const finish = (end: () => void) => {
        pending.delete(id)
        leave?.()
        end()
      }
      const entry: Pending = {
        question,
        server,
        expires: performance.now() + options.timeout,
        resolve: (message) => finish(() => resolve(message)),
        reject: (error) => finish(() => reject(error)),
      }
      pending.set(id, entry)
      this.#startSweep()
      socket.send(query, server.port, server.address, (error) => {
        if (error) entry.reject(new DnsQueryError('network', question, server, error.message, error))
      })
    })
  }

  /** One timer for all questions instead of one for each. It stops when none are left. */
  #startSweep(): void {
    this.#sweep ??= setInterval(() => {
      const now = performance.now()
      let waiting = 0
      for (const { pending } of this.#sockets) {
        for (const entry of pending.values()) {
          if (entry.expires > now) waiting++
          else entry.reject(new DnsQueryError('timeout', entry.question, entry.server, 'nothing came back in time'))
        }
      }
      if (waiting > 0) return
      clearInterval(this.#sweep)
      this.#sweep = undefined
    }, sweepInterval)
  }

  close(): void {
    clearInterval(this.#sweep)
    this.#sweep = undefined
    for (const { socket, pending } of this.#sockets) {
      for (const entry of pending.values()) {
        entry.reject(new DnsQueryError('network', entry.question, entry.server, 'the client was closed'))
      }
      socket.close()
    }
  }
}

/** Servers are given by address. Without this, Node takes every packet through its resolver, a tick later. */
const asGiven: typeof lookup = ((address: string, _: unknown, done: (e: null, a: string, f: number) => void) =>
  done(null, address, isIPv6(address) ? 6 : 4)) as typeof lookup

const waitingOn = new WeakMap<AbortSignal, Set<(reason: unknown) => void>>()

/** Calls back when the signal aborts. All questions of a signal share one listener: hundreds of them are slow to remove. */
function joinSignal(signal: AbortSignal, onAbort: (reason: unknown) => void): () => void {
  let members = waitingOn.get(signal)
  if (!members) {
    members = new Set()
    waitingOn.set(signal, members)
    const present = members
    signal.addEventListener('abort', () => present.forEach((member) => void member(signal.reason)), { once: true })
  }
  members.add(onAbort)
  return () => members.delete(onAbort)
}

function settle(pending: Map<number, Pending>, bytes: Buffer, sender: RemoteInfo): void {
  if (bytes.length < 2) return
  const id = bytes.readUInt16BE(0)
  const entry = pending.get(id)
  if (!entry || sender.port !== entry.server.port || !sameAddress(sender.address, entry.server.address)) return
  try {
    const message = decodeMessage(bytes)
    if (answersQuestion(message, id, entry.question)) entry.resolve(message)
  } catch {
    // Garbage proves nothing; the right answer may still come.
  }
}

function sameAddress(a: string, b: string): boolean {
  return a === b || (isIPv6(a) && isIPv6(b) && canonical(a) === canonical(b))
}

function canonical(address: string): string {
  return new URL(`http://[${address.split('%')[0]}]/`).hostname
}
