import type { Clock } from '@dmarc-as-code/primitives'
import { after } from '@dmarc-as-code/primitives'
import type { AccountView, ConnectionKind, ConnectionView, DomainSummary } from '../../shared/model.ts'
import { type Problem, ProblemError, problem, toProblem } from '../../shared/problems.ts'
import { concernsConnection } from '../service/client-problem.ts'
import type { DomainChange, NewServiceDomain, Service } from '../service/service.ts'
import { type CnameLookup, isDangling, markDangling, recheckDangling } from './dangling.ts'
import { KnownDomains } from './known-domains.ts'
import { mergeListed } from './merge.ts'
import { isUnfinished, nextDelay, withJitter } from './schedule.ts'

export interface WatchedConnection {
  readonly id: string
  readonly kind: ConnectionKind
  readonly title: string
  readonly baseUrl: string
}

interface ConnectionWatchOptions {
  readonly connection: WatchedConnection
  /** Opens the service: reads the token from the password store. Called again after a token problem. */
  readonly open: () => Promise<Service>
  readonly clock: Clock
  readonly random: () => number
  /** Whether the computer has a network at all; a service on this computer does not need one. */
  readonly isOnline: () => boolean
  /** What was known when the app last ran. */
  readonly lastSeen:
    | { readonly accounts: readonly AccountView[]; readonly domains: readonly DomainSummary[] }
    | undefined
  /** The CNAME at a name, as the DNS has it. */
  readonly findCname: (name: string, signal: AbortSignal) => Promise<CnameLookup>
  readonly onChange: () => void
  /** The service begins to fail, or fails in another way. Not called for each try. */
  readonly onFailure: (error: unknown) => void
}

/** Verifications per round: a round over hundreds of unfinished domains must not become a flood. */
const verificationsPerRound = 20
/** The service verifies a domain at most once in this time. */
const verificationPause = 10_000
const roundTimeout = 120_000

/** Watches one connection: asks for its list, looks closer at what is unfinished, and sets its own next time. */
export class ConnectionWatch {
  readonly connection: WatchedConnection
  readonly #options: ConnectionWatchOptions
  #service: Service | undefined
  #accounts: readonly AccountView[]
  readonly #known: KnownDomains
  #extensions: readonly string[] = []
  #problem: Problem | undefined
  /** What the token may not do, though it may read. */
  #limited: Problem | undefined
  #retryAfter: number | undefined
  #failures = 0
  #creating = 0
  #lastSuccess: number | undefined
  #lastChange: number
  #round: Promise<void> | undefined
  /** A look that was requested while another was under way. */
  #next: Promise<void> | undefined
  #cancelTimer: () => void = () => {}
  readonly #verifiedAt = new Map<string, number>()
  readonly #stopped = new AbortController()

  constructor(options: ConnectionWatchOptions) {
    this.connection = options.connection
    this.#options = options
    this.#accounts = options.lastSeen?.accounts ?? []
    this.#known = new KnownDomains(options.lastSeen?.domains)
    this.#lastChange = options.clock.now()
  }

  get domains(): readonly DomainSummary[] {
    return this.#known.all
  }

  get accounts(): readonly AccountView[] {
    return this.#accounts
  }

  get hasAnswered(): boolean {
    return this.#lastSuccess !== undefined
  }

  get view(): ConnectionView {
    const { id, kind, title, baseUrl } = this.connection
    return {
      id,
      kind,
      title,
      baseUrl,
      online: this.#hasNetwork(),
      extensions: this.#extensions,
      ...(this.#lastSuccess === undefined ? {} : { lastSuccessAt: new Date(this.#lastSuccess).toISOString() }),
      ...(this.#problem ? { problem: this.#problem } : {}),
      ...(this.#limited ? { limited: this.#limited } : {}),
    }
  }

  /** Looks now, and sets the next time. Calls during a round join it: for looks by the clock. */
  check(): Promise<void> {
    this.#round ??= this.#look().finally(() => {
      this.#round = undefined
      this.#scheduleNext()
    })
    return this.#round
  }

  /**
   * A look that begins after this call. What a person asks for, or an event makes necessary, is not answered by a round that
   * began earlier; that one ends early.
   */
  checkAnew(): Promise<void> {
    if (!this.#round) return this.check()
    this.#next ??= this.#round.then(() => {
      this.#next = undefined
      return this.#stopped.signal.aborted ? undefined : this.check()
    })
    return this.#next
  }

  /** Changes a domain. What comes back replaces what is known of it. `cnamesRemoved`: nothing is left that could dangle. */
  change(domain: DomainSummary, change: DomainChange, { cnamesRemoved = false } = {}): Promise<DomainSummary> {
    return this.#known.whileChanging(domain.key, async () => {
      const service = await this.#open()
      const changed = await service.update(domain, change, this.#signal())
      return this.#keep(cnamesRemoved ? changed : markDangling(this.#known.get(changed.key), changed))
    })
  }

  /**
   * Adds a domain and switches its hosting on. For the service these are two steps, for people one: the state in between
   * is not shown, even if a check happens at that moment.
   */
  async create(accountId: number, input: NewServiceDomain, hosting: DomainChange | undefined): Promise<DomainSummary> {
    let created: DomainSummary | undefined
    this.#creating++
    try {
      const service = await this.#open()
      const signal = this.#signal()
      created = await service.create(accountId, input, signal)
      return this.#keep(hosting ? await service.update(created, hosting, signal) : created)
    } catch (error) {
      // The domain exists, but is not hosted; people continue from there.
      if (created) this.#keep(created)
      throw error
    } finally {
      this.#creating--
    }
  }

  async delete(domain: DomainSummary): Promise<void> {
    await this.#known.whileChanging(domain.key, async () => {
      const service = await this.#open()
      await service.remove(domain, this.#signal())
      this.#known.remove(domain.key)
    })
    this.#options.onChange()
  }

  async verify(key: string): Promise<DomainSummary> {
    const known = this.#known.get(key)
    if (!known) throw new ProblemError('not-found')
    const now = this.#options.clock.now()
    const rest = (this.#verifiedAt.get(key) ?? Number.NEGATIVE_INFINITY) + verificationPause - now
    if (rest > 0) throw new ProblemError('too-soon', '', { retryAfter: rest })
    this.#verifiedAt.set(key, now)
    const domain = await this.#verify(await this.#open(), known)
    if (!domain) throw new ProblemError('not-found')
    this.#changed()
    return domain
  }

  /** One question to the service, which changes nothing of what is shown. */
  async ask<Answer>(work: (service: Service, signal: AbortSignal) => Promise<Answer>): Promise<Answer> {
    return work(await this.#open(), this.#signal())
  }

  webPage(domain: DomainSummary): string | undefined {
    return this.#service?.webPage(domain)
  }

  /** Discards the open service, so that a new token is read, and checks again. */
  reopen(): Promise<void> {
    this.#service = undefined
    this.#failures = 0
    return this.checkAnew()
  }

  stop(): void {
    this.#stopped.abort()
    this.#cancelTimer()
  }

  async #look(): Promise<void> {
    if (!this.#hasNetwork()) {
      this.#problem = problem('offline')
      this.#options.onChange()
      return
    }
    try {
      const service = await this.#open()
      const asked = this.#known.asking()
      const listing = await service.list(this.#signal())
      this.#accounts = listing.accounts
      this.#extensions = listing.extensions
      this.#take(listing.domains, asked)
      this.#succeed(await this.#lookCloser(service))
    } catch (error) {
      if (this.#stopped.signal.aborted) return
      this.#fail(error)
    }
    this.#options.onChange()
  }

  /** Returns how long the service requires to wait before the rest is verified, if it does. Milliseconds. */
  async #lookCloser(service: Service): Promise<number | undefined> {
    const now = this.#options.clock.now()
    this.#limited = undefined
    const unfinished = this.domains
      .filter((domain) => isUnfinished(domain.state))
      .filter((domain) => domain.hostedDmarc || domain.hostedMtaSts || isDangling(domain))
      .filter((domain) => now - (this.#verifiedAt.get(domain.key) ?? 0) >= verificationPause)
      .sort((a, b) => (this.#verifiedAt.get(a.key) ?? 0) - (this.#verifiedAt.get(b.key) ?? 0))
      .slice(0, verificationsPerRound)
    for (const domain of unfinished) {
      if (this.#next) return undefined
      this.#verifiedAt.set(domain.key, now)
      try {
        await this.#verify(service, domain)
      } catch (error) {
        const { code } = toProblem(error)
        if (code === 'rate-limited') return error instanceof ProblemError ? error.retryAfter : undefined
        // One domain that cannot be verified, or a token that may only read, does not make the connection fail.
        if (concernsConnection(code)) throw error
        if (code === 'not-allowed') {
          this.#limited = toProblem(error)
          return undefined
        }
      }
    }
    return undefined
  }

  /**
   * Has the service verify what it hosts, and asks the DNS about CNAMEs that were left behind. Returns what is known of the
   * domain then; nothing when it was deleted meanwhile.
   */
  async #verify(service: Service, known: DomainSummary): Promise<DomainSummary | undefined> {
    const signal = this.#signal()
    const asked = this.#known.asking()
    const verified = markDangling(known, await service.verify(known, signal))
    const domain = await recheckDangling(verified, (name) => this.#options.findCname(name, signal))
    return this.#known.take(domain, asked)
  }

  #keep(domain: DomainSummary): DomainSummary {
    this.#known.keep(domain)
    this.#changed()
    return domain
  }

  #changed(): void {
    this.#lastChange = this.#options.clock.now()
    this.#options.onChange()
    this.#scheduleNext()
  }

  #take(listed: readonly DomainSummary[], asked: number): void {
    const isHalfDone = ({ key, state }: DomainSummary) =>
      this.#creating > 0 && state === 'unhosted' && !this.#known.get(key)
    const before = new Map(this.domains.map(({ key, state }) => [key, state]))
    const domains = listed.filter((domain) => !isHalfDone(domain))
    this.#known.takeList(domains, asked, mergeListed)
    if (this.domains.some(({ key, state }) => before.get(key) !== state)) this.#lastChange = this.#options.clock.now()
  }

  async #open(): Promise<Service> {
    this.#service ??= await this.#options.open()
    return this.#service
  }

  #succeed(retryAfter: number | undefined): void {
    this.#problem = undefined
    this.#retryAfter = retryAfter
    this.#failures = 0
    this.#lastSuccess = this.#options.clock.now()
  }

  #fail(error: unknown): void {
    const found = toProblem(error)
    if (found.code !== this.#problem?.code) this.#options.onFailure(error)
    this.#problem = found
    this.#retryAfter = error instanceof ProblemError ? error.retryAfter : undefined
    this.#failures++
    // The token may have been replaced in the password store by hand; read it again next time.
    if (this.#problem.code.startsWith('secret-') || this.#problem.code === 'wrong-token') this.#service = undefined
  }

  #scheduleNext(): void {
    this.#cancelTimer()
    if (this.#stopped.signal.aborted) return
    // Offline there is nothing to try; the return of the network calls check().
    if (!this.#hasNetwork()) return
    // A shut password store is opened by a person, not by asking again: that would only pop up its dialog again. One that
    // is not there has no dialog, and may come up later or be on its way back.
    const { code } = this.#problem ?? {}
    if (code?.startsWith('secret-') && code !== 'secret-unavailable') return
    const { clock, random } = this.#options
    const unfinished = this.domains.some((domain) => isUnfinished(domain.state))
    const delay = nextDelay({
      now: clock.now(),
      failures: this.#failures,
      ...(unfinished ? { pendingSince: this.#lastChange } : {}),
      ...(this.#retryAfter === undefined ? {} : { retryAfter: this.#retryAfter }),
    })
    this.#cancelTimer = after(clock, withJitter(delay, random), () => void this.check())
  }

  #hasNetwork(): boolean {
    return this.#options.isOnline() || isLoopback(this.connection.baseUrl)
  }

  #signal(): AbortSignal {
    return AbortSignal.any([this.#stopped.signal, AbortSignal.timeout(roundTimeout)])
  }
}

export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url)
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}
