import { randomInt } from 'node:crypto'
import { encodeQuery } from '../wire/encode.ts'
import type { DnsMessage, DnsQuestion } from '../wire/types.ts'
import { createDnsClient } from './client.ts'
import { Course } from './course.ts'
import { DnsQueryError, limitError } from './errors.ts'
import { Habits } from './habits.ts'
import { forget, type Place, SharedSocket, type Waiting } from './shared-socket.ts'
import { type Abortable, SignalMembers } from './signal-members.ts'
import { queryTcp } from './tcp.ts'
import type { DnsClient, QueryOptions } from './types.ts'

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

/**
 * A DNS client for many thousands of questions: a few sockets shared by all of them, a bounded number on their way, and
 * memory that does not grow. An answer must come from the address that was asked, with the random id and the question;
 * yet the source ports are few, so prefer `createDnsClient` where somebody on the path may want to forge answers.
 */
export function createBulkDnsClient(options: BulkDnsClientOptions = {}): BulkDnsClient {
  const { maxInFlight = 200, messageId = () => randomInt(65_536) } = options
  const plain = createDnsClient(options.fetch ? { fetch: options.fetch } : {})
  const asker = new Asker(maxInFlight, messageId)
  return {
    query(question, server, queryOptions = {}) {
      if ('url' in server || server.transport === 'tcp') return plain.query(question, server, queryOptions)
      return new Promise((resolve, reject) => {
        asker.ask(new Asking(asker, question, withPort(server), queryOptions, { resolve, reject }))
      })
    },
    close: () => asker.close(),
  }
}

/** The line, the sockets, and how many questions are on their way. */
class Asker {
  readonly messageId: () => number
  readonly habits = new Habits()
  readonly #signals = new SignalMembers()
  readonly #maxInFlight: number
  readonly #line: Asking[] = []
  readonly #sockets: { udp4?: SharedSocket; udp6?: SharedSocket } = {}
  #inFlight = 0
  #closed = false

  get closed(): boolean {
    return this.#closed
  }

  constructor(maxInFlight: number, messageId: () => number) {
    this.#maxInFlight = maxInFlight
    this.messageId = messageId
  }

  ask(asking: Asking): void {
    const { signal } = asking
    if (signal?.aborted) {
      asking.aborted(signal.reason)
      return
    }
    if (signal) this.#signals.join(signal, asking)
    if (this.#closed || this.#inFlight < this.#maxInFlight) this.#begin(asking)
    else this.#line.push(asking)
  }

  #begin(asking: Asking): void {
    this.#inFlight++
    asking.begun = true
    this.send(asking)
  }

  /** Sends it, for the first time or again. */
  send(asking: Asking): void {
    if (this.#closed) {
      asking.failed(closedError(asking))
      return
    }
    if (asking.goesOverTcp()) return
    const family = asking.server.address.includes(':') ? 'udp6' : 'udp4'
    this.#sockets[family] ??= new SharedSocket(family, this.messageId)
    asking.place = this.#sockets[family].send(asking)
  }

  /** Takes it out of everything, and lets the next in line begin. */
  leave(asking: Asking): void {
    if (asking.signal) this.#signals.leave(asking.signal, asking)
    if (asking.place) forget(asking.place)
    if (!asking.begun) return
    this.#inFlight--
    let next = this.#line.shift()
    while (next?.over) next = this.#line.shift()
    if (next) this.#begin(next)
  }

  close(): void {
    this.#closed = true
    for (const asking of this.#line.splice(0)) asking.failed(closedError(asking))
    this.#sockets.udp4?.close()
    this.#sockets.udp6?.close()
  }
}

/** One question on its way through the line, and its tries. */
class Asking implements Waiting, Abortable {
  readonly question: DnsQuestion
  readonly server: Waiting['server']
  query: Buffer
  readonly signal: AbortSignal | undefined
  readonly #asker: Asker
  readonly #end: PromiseEnds
  readonly #course: Course
  #edns: boolean
  place: Place | undefined
  begun = false
  over = false

  /** Throws `DnsNameError` for a name that cannot be asked. */
  constructor(asker: Asker, question: DnsQuestion, server: Waiting['server'], options: QueryOptions, end: PromiseEnds) {
    this.question = question
    this.server = server
    this.#course = new Course(server, options, asker.habits)
    this.#edns = this.#course.edns
    this.query = encodeQuery(0, question, this.#edns ? options : this.#course.options)
    this.signal = options.signal
    this.#asker = asker
    this.#end = end
  }

  get timeout(): number {
    return this.#course.timeout
  }

  /** Over TCP, which needs none of the shared sockets. False where it goes over UDP. */
  goesOverTcp(): boolean {
    if (this.#course.transport === 'udp') return false
    queryTcp(this.question, this.server, this.#asker.messageId(), this.#course.options).then(
      (message) => this.answered(message),
      (error) => this.failed(error),
    )
    return true
  }

  answered(message: DnsMessage): void {
    if (this.#course.takes(message)) this.#resolve(message)
    else this.#again()
  }

  failed(error: unknown): void {
    const final = this.#course.failed(error)
    if (final === undefined && !this.over && !this.#asker.closed) this.#again()
    else if (this.#leave()) this.#end.reject(final ?? error)
  }

  aborted(reason: unknown): void {
    if (this.#leave()) this.#end.reject(reason)
  }

  #again(): void {
    if (this.over) return
    if (this.#course.spent) {
      if (this.#leave()) this.#end.reject(limitError(this.question, this.server))
      return
    }
    if (this.#course.edns !== this.#edns) {
      this.#edns = this.#course.edns
      this.query = encodeQuery(0, this.question, this.#course.options)
    }
    this.#asker.send(this)
  }

  #resolve(message: DnsMessage): void {
    if (this.#leave()) this.#end.resolve(message)
  }

  #leave(): boolean {
    if (this.over) return false
    this.over = true
    this.#asker.leave(this)
    return true
  }
}

function withPort(server: { address: string; port?: number; name?: string }): Waiting['server'] {
  const { port = 53 } = server
  return server.port === port ? (server as Waiting['server']) : { ...server, port }
}

interface PromiseEnds {
  resolve(message: DnsMessage): void
  reject(error: unknown): void
}

function closedError({ question, server }: Asking): DnsQueryError {
  return new DnsQueryError('network', question, server, 'the client is closed')
}
