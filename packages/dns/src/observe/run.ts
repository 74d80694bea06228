import { DnsQueryError, limitError, serverAddress } from '../transport/errors.ts'
import type { DnsClient, DnsServer, QueryOptions } from '../transport/types.ts'
import { DnsNameError } from '../wire/errors.ts'
import { isWithin } from '../wire/names.ts'
import { recordsOfType } from '../wire/records.ts'
import type { DnsMessage, DnsQuestion } from '../wire/types.ts'
import type { Asker, AskOptions } from './asker.ts'
import { LookBudget } from './budget.ts'
import { askedServer, classify, isDefinite } from './classify.ts'
import { findZone, nameServersOf, ZoneLookupError } from './find-zone.ts'
import { stubFor } from './stub.ts'
import type { NameServer, ServerAnswer, StubZone, Vantage, Zone } from './types.ts'

export interface RunOptions {
  signal?: AbortSignal | undefined
  /** Milliseconds the whole run may take. Default none: each observation has its own limit. */
  timeout?: number
  /** Bounds everything that the run sends. Default: each look-up has a budget of its own. */
  budget?: LookBudget
}

export interface ResolverSettings {
  client: DnsClient
  stubZones: StubZone[]
  recursors: DnsServer[]
  timeout: number
  tries: number
  /** Servers of stub zones, by address. Like the recursors, nobody but whoever runs this chooses them. */
  stubServers: ReadonlySet<string>
}

const outcomeOfError = {
  timeout: 'timed-out',
  network: 'unreachable',
  malformed: 'malformed',
  limit: 'not-asked',
} as const

/**
 * Look-ups that belong together: one verification, one command. Zones and the addresses of name servers are remembered
 * for its length, answers about the records themselves never are. Create with `resolver.begin()`.
 */
export class ResolverRun implements Asker {
  readonly #settings: ResolverSettings
  readonly #signal: AbortSignal | undefined
  readonly #deadline: AbortSignal | undefined
  readonly #budget: LookBudget | undefined
  #plainOptions: QueryOptions | undefined
  #own: { signal: AbortSignal | undefined } | undefined
  readonly #joined = new WeakMap<AbortSignal, AbortSignal>()
  readonly #zones: Map<string, Promise<Zone>>
  readonly #addresses: Map<string, Promise<string[]>>

  constructor(settings: ResolverSettings, options: RunOptions, sharing?: ResolverRun) {
    this.#settings = settings
    this.#signal = options.signal
    this.#deadline = sharing ? sharing.#deadline : deadlineIn(options.timeout)
    this.#budget = options.budget
    this.#zones = sharing ? sharing.#zones : new Map()
    this.#addresses = sharing ? sharing.#addresses : new Map()
  }

  /** The same run within a budget: the one given, its own where it has one, or a new one. What is learnt is shared. */
  within(budget: LookBudget | undefined = this.#budget): ResolverRun {
    if (budget && budget === this.#budget) return this
    const options = { signal: this.#signal, budget: budget ?? new LookBudget() }
    return new ResolverRun(this.#settings, options, this)
  }

  /** Whether the run has a budget of its own. */
  get bound(): boolean {
    return this.#budget !== undefined
  }

  /** What this run may still send, and until when. */
  get budget(): LookBudget {
    if (!this.#budget) throw new Error('This run has no budget; ask for one with `within`.')
    return this.#budget
  }

  get recursors(): readonly DnsServer[] {
    return this.#settings.recursors
  }

  /** The stub zone that holds the name, if any. */
  stubFor(name: string): StubZone | undefined {
    return stubFor(name, this.#settings.stubZones)
  }

  throwIfAborted(): void {
    this.#signal?.throwIfAborted()
  }

  /** The bare message of one authoritative server, for a look that gives up at the first oddity. Rejects as `DnsClient` does. */
  fetch(question: DnsQuestion, server: DnsServer): Promise<DnsMessage> {
    const budget = this.#budget
    if (budget && !this.#takes(budget, server)) return Promise.reject(limitError(question, server))
    this.#plainOptions ??= {
      timeout: this.#settings.timeout,
      tries: this.#settings.tries,
      // Bounded by its tries; a timer for each would be most of what a fleet costs.
      signal: joined([this.#signal, this.#deadline]),
    }
    const options = budget
      ? { ...this.#plainOptions, mayRepeat: () => this.#takes(budget, server) }
      : this.#plainOptions
    return this.#settings.client.query(question, server, options)
  }

  /**
   * What the first server of the stub zone that holds the name says, or undefined where it does not tell: the cheapest look at
   * a name, for a fleet. Rejects only when the run's signal aborts.
   */
  async glimpse(question: DnsQuestion): Promise<ServerAnswer | undefined> {
    const server = this.stubFor(question.name)?.servers[0]
    if (!server) return undefined
    try {
      const answer = classify(await this.fetch(question, server), question, askedServer(server, 'authoritative'))
      return isDefinite(answer) ? answer : undefined
    } catch (error) {
      this.#signal?.throwIfAborted()
      if (error instanceof DnsQueryError || error instanceof DnsNameError) return undefined
      throw error
    }
  }

  /** Asks one server. Never rejects, but when the run's signal aborts: not to have an answer is evidence, too. */
  async ask(
    question: DnsQuestion,
    server: DnsServer,
    vantage: Vantage,
    options: AskOptions = {},
  ): Promise<ServerAnswer> {
    this.#signal?.throwIfAborted()
    const asked = askedServer(server, vantage, options)
    const budget = this.#budget ?? new LookBudget()
    if (!this.#takes(budget, server, vantage)) {
      const error = `${asked.address} was not asked for ${question.name} ${question.type}: one check sends a limited number of questions`
      return { server: asked, outcome: 'not-asked', records: [], error }
    }
    try {
      const message = await this.#settings.client.query(question, server, {
        recursionDesired: options.recursionDesired ?? vantage === 'recursive',
        checkingDisabled: options.checkingDisabled ?? false,
        timeout: this.#settings.timeout,
        tries: this.#settings.tries,
        signal: this.#signalWith(options.deadline),
        mayRepeat: () => this.#takes(budget, server, vantage),
      })
      return classify(message, question, asked)
    } catch (error) {
      this.#signal?.throwIfAborted()
      if (error instanceof DnsQueryError) {
        return { server: asked, outcome: outcomeOfError[error.code], records: [], error: error.message }
      }
      // An alias can lead to any bytes; that they cannot be asked for is a finding like another.
      if (error instanceof DnsNameError)
        return { server: asked, outcome: 'malformed', records: [], error: error.message }
      if (this.#deadline?.aborted || options.deadline?.aborted || this.#budget?.deadline.aborted) {
        return { server: asked, outcome: 'timed-out', records: [], error: 'the time for the whole look-up ran out' }
      }
      throw error
    }
  }

  /** Asks a name server at its addresses in turn, until one tells what it knows. */
  async askNameServer(question: DnsQuestion, nameServer: NameServer, options: AskOptions = {}): Promise<ServerAnswer> {
    let last: ServerAnswer | undefined
    for (const server of nameServer.servers) {
      const named = nameServer.name === undefined ? server : { ...server, name: nameServer.name }
      const answer = await this.ask(question, named, 'authoritative', {
        ...options,
        delegated: nameServer.delegated,
        glueOnly: nameServer.glueOnly,
      })
      if (isDefinite(answer) || answer.outcome === 'referral') return answer
      // Kept: the first failure. IPv4 is asked first, and that an IPv6 address is out of reach as well says little.
      last ??= answer
    }
    if (last) return last
    const server = { ...(nameServer.name !== undefined && { name: nameServer.name }), address: 'no address' }
    return {
      server: { ...server, vantage: 'authoritative' },
      outcome: 'unreachable',
      records: [],
      error: `no address is known for the name server ${nameServer.name ?? ''}`.trimEnd(),
    }
  }

  /** Asks recursive resolvers in turn, until one tells what it knows. */
  async askRecursors(question: DnsQuestion, options: AskOptions = {}): Promise<ServerAnswer | undefined> {
    let last: ServerAnswer | undefined
    for (const server of this.#settings.recursors) {
      const answer = await this.ask(question, server, 'recursive', options)
      if (isDefinite(answer)) return answer
      last ??= answer
    }
    return last
  }

  /** The zone that holds a name, and its servers. Rejects with `ZoneLookupError` where no server answered. */
  findZone(name: string, deadline: AbortSignal = AbortSignal.timeout(10_000)): Promise<Zone> {
    let zone = this.#zones.get(name)
    if (!zone) {
      zone = findZone(this.within(), name, deadline)
      this.#zones.set(name, zone)
      // A failure is not remembered: the next look may succeed.
      zone.catch(() => this.#zones.delete(name))
    }
    return orDeadline(zone, this.#signal, deadline, this.#budget?.deadline).catch((error) => {
      this.#signal?.throwIfAborted()
      const late = deadline.aborted || this.#budget?.deadline.aborted
      if (error instanceof ZoneLookupError || !late) throw error
      throw new ZoneLookupError(name, [tookTooLong(name)])
    })
  }

  /** Addresses of a host, IPv4 first. Empty when it has none or no server answered. */
  addressesOf(host: string, deadline: AbortSignal = AbortSignal.timeout(10_000)): Promise<string[]> {
    let addresses = this.#addresses.get(host)
    if (!addresses) {
      addresses = this.within().#lookUpAddresses(host, deadline)
      this.#addresses.set(host, addresses)
      addresses.then(
        (list) => list.length === 0 && this.#addresses.delete(host),
        () => this.#addresses.delete(host),
      )
    }
    return orDeadline(addresses, this.#signal, deadline, this.#budget?.deadline)
  }

  async #lookUpAddresses(host: string, deadline?: AbortSignal): Promise<string[]> {
    const answers = await Promise.all(
      (['A', 'AAAA'] as const).map((type) => this.lookUp({ name: host, type }, { deadline, checkingDisabled: true })),
    )
    return answers
      .flatMap(({ records }) => [...recordsOfType(records, 'A'), ...recordsOfType(records, 'AAAA')])
      .map((record) => record.data)
  }

  /**
   * One answer to a question about any name, with aliases followed: from the stub zones' servers where the name lies in
   * one, else from a recursive resolver. At most 8 aliases are followed. Never rejects, but when the run's signal aborts.
   */
  lookUp(question: DnsQuestion, options: AskOptions = {}): Promise<ServerAnswer> {
    return this.within().#followed(question, options)
  }

  async #followed(question: DnsQuestion, options: AskOptions): Promise<ServerAnswer> {
    const collected: ServerAnswer['records'] = []
    const seen = new Set<string>()
    let name = question.name
    for (let hop = 0; hop <= 8; hop++) {
      const answer = await this.#lookUpOnce({ ...question, name }, options)
      collected.push(...answer.records.filter((record) => !collected.includes(record)))
      const end = followAliases(name, answer.records, seen)
      if (end === 'loop')
        return withoutServer('malformed', `${question.name} is an alias that leads back to itself`, collected)
      const complete = answer.records.some((r) => r.name === end && r.type === question.type)
      if (answer.outcome !== 'answer' || complete || end === name) return { ...answer, records: collected }
      name = end
    }
    return withoutServer('malformed', `${question.name} leads through more than 8 aliases`, collected)
  }

  async #lookUpOnce(question: DnsQuestion, options: AskOptions): Promise<ServerAnswer> {
    const stub = this.stubFor(question.name)
    if (!stub) return (await this.askRecursors(question, options)) ?? nobodyToAsk(question)
    // The question itself finds its way: a server that holds no more than a part of the stub zone refers to the others.
    let cut = stub.zone
    let nameServers: NameServer[] = stub.servers.map((server) => ({ servers: [server] }))
    let last: ServerAnswer | undefined
    for (let depth = 0; depth < 8; depth++) {
      const answer = await this.#askInTurn(question, nameServers, options)
      last = answer ?? last
      if (answer?.outcome !== 'referral' || !answer.referral) break
      const { zone, nsNames, glue } = answer.referral
      // A referral must lead down, or two servers could send us back and forth.
      if (zone === cut || !isWithin(zone, cut) || !isWithin(question.name, zone)) break
      cut = zone
      nameServers = await nameServersOf(this, nsNames, { glue, deadline: options.deadline })
    }
    return last ?? nobodyToAsk(question)
  }

  /** Asks name servers in turn, until one tells what it knows or who does. */
  async #askInTurn(
    question: DnsQuestion,
    nameServers: readonly NameServer[],
    options: AskOptions,
  ): Promise<ServerAnswer | undefined> {
    let first: ServerAnswer | undefined
    for (const nameServer of nameServers) {
      const answer = await this.askNameServer(question, nameServer, options)
      if (isDefinite(answer) || answer.outcome === 'referral') return answer
      first ??= answer
    }
    return first
  }

  /** Counts one packet to a server; false where it must not be sent. */
  #takes(budget: LookBudget, server: DnsServer, vantage: Vantage = 'authoritative'): boolean {
    const address = serverAddress(server)
    return budget.take(address, vantage === 'recursive' || this.#settings.stubServers.has(address))
  }

  /** One signal for the run and a deadline, made once for all questions under it. */
  #signalWith(deadline: AbortSignal | undefined): AbortSignal | undefined {
    if (!deadline) {
      this.#own ??= { signal: joined([this.#signal, this.#deadline, this.#budget?.deadline]) }
      return this.#own.signal
    }
    let signal = this.#joined.get(deadline)
    if (!signal) {
      signal = joined([this.#signal, this.#deadline, this.#budget?.deadline, deadline]) as AbortSignal
      this.#joined.set(deadline, signal)
    }
    return signal
  }
}

const deadlineIn = (timeout: number | undefined) => (timeout === undefined ? undefined : AbortSignal.timeout(timeout))

function joined(signals: (AbortSignal | undefined)[]): AbortSignal | undefined {
  const present = signals.filter((signal) => signal !== undefined)
  return present.length > 1 ? AbortSignal.any(present) : present[0]
}

function tookTooLong(name: string): ServerAnswer {
  return withoutServer('timed-out', `the look-up of ${name} took too long`)
}

function nobodyToAsk(
  question: DnsQuestion,
  error = `there is no server to ask for ${question.name}: it lies in no stub zone, and no recursive resolver is set`,
): ServerAnswer {
  return withoutServer('unreachable', error)
}

/** Where the aliases of an answer end. `seen` holds those followed so far, over all answers: a server may give one at a time. */
function followAliases(name: string, records: ServerAnswer['records'], seen: Set<string>): string | 'loop' {
  let at = name
  for (;;) {
    const alias = records.find((record) => record.type === 'CNAME' && record.name === at)
    if (alias?.type !== 'CNAME') return at
    if (seen.has(at)) return 'loop'
    seen.add(at)
    at = alias.data
  }
}

/** A look-up that ended without the answer of one server. */
const withoutServer = (
  outcome: ServerAnswer['outcome'],
  error: string,
  records: ServerAnswer['records'] = [],
): ServerAnswer => ({ server: { address: 'none', vantage: 'recursive' }, outcome, records, error })

/**
 * Name servers whose addresses hang on one another would wait for each other for ever; the deadline breaks the ring.
 */
function orDeadline<T>(work: Promise<T>, ...signals: (AbortSignal | undefined)[]): Promise<T> {
  return new Promise((resolve, reject) => {
    const present = signals.filter((signal) => signal !== undefined)
    const onAbort = () => settle(() => reject(present.find((signal) => signal.aborted)?.reason))
    const settle = (finish: () => void) => {
      for (const signal of present) signal.removeEventListener('abort', onAbort)
      finish()
    }
    for (const signal of present) signal.addEventListener('abort', onAbort)
    if (present.some((signal) => signal.aborted)) onAbort()
    work.then(
      (value) => settle(() => resolve(value)),
      (error) => settle(() => reject(error)),
    )
  })
}
