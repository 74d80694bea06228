import type { DnsMessage } from '../wire/types.ts'
import { DnsQueryError } from './errors.ts'
import type { Habit, Habits } from './habits.ts'
import type { QueryOptions } from './types.ts'

/** A server by address. */
export interface Target {
  address: string
  port: number
  name?: string
  transport?: 'udp' | 'tcp'
}

/** Milliseconds for the one try over TCP of a server that is silent over UDP: where it answers, it does so at once. */
const lastResort = 1000

/**
 * How one server is asked one question: over UDP with EDNS, and otherwise where it does not take that. Both clients follow
 * it, each with its own sockets. A server
 * - that answers FORMERR or NOTIMP to EDNS is asked without it (RFC 6891 section 7),
 * - that lets EDNS fall silently is asked without it in the last try over UDP,
 * - that truncates is asked over TCP,
 * - that is silent or closed over UDP is asked over TCP once, in the end, unless it was silent there as well a while ago.
 *
 * What a server turned out not to take is remembered in `habits`, so that the next question need not find it out.
 */
export class Course {
  readonly #server: Target
  readonly #options: QueryOptions
  readonly #habits: Habits
  readonly #known: Habit | undefined
  #triesLeft: number
  #first: unknown
  edns: boolean
  transport: 'udp' | 'tcp'
  /** True once the caller allows no further packet, and what came cannot be used. */
  spent = false

  constructor(server: Target, options: QueryOptions, habits: Habits) {
    const known = habits.of(server)
    this.#server = server
    this.#options = options
    this.#habits = habits
    this.#known = known
    this.#triesLeft = Math.max(1, options.tries ?? 2)
    this.edns = options.edns !== false && known?.edns !== false
    this.transport = server.transport ?? known?.transport ?? 'udp'
  }

  /** Milliseconds for the try that comes next. */
  get timeout(): number {
    const { timeout = 2000 } = this.#options
    return this.#first === undefined ? timeout : Math.min(timeout, lastResort)
  }

  /** The options of the try that comes next. */
  get options(): QueryOptions & { timeout: number } {
    return { ...this.#options, edns: this.edns, timeout: this.timeout }
  }

  /** Whether this is the answer; else the question is to be asked again. */
  takes(message: DnsMessage): boolean {
    if (this.edns && refusesEdns(message)) {
      if (!this.#mayRepeat()) return true
      this.edns = false
      return false
    }
    if (message.truncated && this.transport === 'udp') {
      this.spent = !this.#mayRepeat()
      this.transport = 'tcp'
      return false
    }
    // What the caller asked for is no habit of the server's, and neither is a lost packet: it takes both signs.
    const transport = this.#first !== undefined && this.#server.transport === undefined ? this.transport : undefined
    const edns = this.#options.edns !== false && !this.edns && message.edns === undefined ? false : undefined
    if (transport !== undefined || edns !== undefined) {
      if (this.#known?.transport !== transport || this.#known?.edns !== edns) {
        this.#habits.learn(this.#server, { transport, edns })
      }
    } else if (this.#known?.silent) this.#habits.forget(this.#server)
    return true
  }

  /** Answers the error to fail with, or undefined where the question is to be asked again. */
  failed(error: unknown): unknown {
    if (this.#options.signal?.aborted) return error
    if (!(error instanceof DnsQueryError)) return this.#first ?? error
    if (this.#first !== undefined) {
      this.#habits.learn(this.#server, { silent: true })
      return this.#first
    }
    if (this.transport === 'tcp') {
      this.#habits.forget(this.#server)
      return error
    }
    this.#triesLeft--
    if (error.code === 'timeout' && this.#triesLeft > 0) {
      if (!this.#mayRepeat()) return error
      if (this.#triesLeft === 1) this.edns = false
      return undefined
    }
    if (this.#habits.of(this.#server)?.silent || !this.#mayRepeat()) return error
    this.#first = error
    this.transport = 'tcp'
    this.edns = this.#options.edns !== false
    return undefined
  }

  #mayRepeat(): boolean {
    return this.#options.mayRepeat?.() ?? true
  }
}

/** FORMERR or NOTIMP without an OPT record of its own: the server does not know EDNS. */
function refusesEdns(message: DnsMessage): boolean {
  return (message.rcode === 'FORMERR' || message.rcode === 'NOTIMP') && message.edns === undefined
}
