import type { Clock } from '@dmarc-as-code/primitives'
import { after } from '@dmarc-as-code/primitives'
import type { AccountView, ConnectionView, DomainSummary, HistoryEntry } from '../../shared/model.ts'
import { ProblemError } from '../../shared/problems.ts'
import { type TrayView, trayView } from '../../shared/tray-state.ts'
import type { DomainChange, Service } from '../service/service.ts'
import { ConnectionWatch, type WatchedConnection } from './connection-watch.ts'
import type { CnameLookup } from './dangling.ts'
import type { Seen } from './last-seen.ts'
import { changesBetween } from './merge.ts'
import { type DomainNotification, type LastNotified, notificationsFor } from './notifications.ts'

interface WatcherOptions {
  readonly clock: Clock
  readonly random: () => number
  readonly isOnline: () => boolean
  readonly open: (connection: WatchedConnection) => Promise<Service>
  /** The domains as they are shown, where the service cannot know what the app is about to do. */
  readonly shown?: (domains: readonly DomainSummary[]) => DomainSummary[]
  readonly findCname: (connectionId: string, name: string, signal: AbortSignal) => Promise<CnameLookup>
  readonly history: {
    append(entries: readonly HistoryEntry[]): void
    lastStates(): ReadonlyMap<string, HistoryEntry>
  }
  readonly lastSeen: { read(): ReadonlyMap<string, Seen>; write(seen: ReadonlyMap<string, Seen>): void }
  readonly lastNotified: { read(): LastNotified; write(lastNotified: LastNotified): void }
  readonly notify: (notice: DomainNotification) => void
  readonly onChange: () => void
  readonly onFailure: (error: unknown) => void
}

/** How often the return of the network is checked. While online this is the only regular wake-up of the app. */
const networkTick = { online: 60_000, offline: 5_000 }

/** Everything that is watched: one `ConnectionWatch` per connection, and what follows from their changes. */
export class Watcher {
  readonly #options: WatcherOptions
  readonly #watches = new Map<string, ConnectionWatch>()
  readonly #remembered: ReadonlyMap<string, Seen>
  readonly #verifying = new Map<string, Promise<DomainSummary>>()
  #wasOnline: boolean
  #cancelTick: () => void

  constructor(options: WatcherOptions) {
    this.#options = options
    this.#remembered = options.lastSeen.read()
    this.#wasOnline = options.isOnline()
    this.#cancelTick = this.#tickLater()
  }

  get connections(): ConnectionView[] {
    return [...this.#watches.values()].map((watch) => watch.view)
  }

  get accounts(): AccountView[] {
    return [...this.#watches.values()].flatMap((watch) => watch.accounts)
  }

  get domains(): DomainSummary[] {
    const domains = [...this.#watches.values()].flatMap((watch) => watch.domains)
    const { shown } = this.#options
    return shown ? shown(domains) : domains
  }

  get verifying(): string[] {
    return [...this.#verifying.keys()]
  }

  get tray(): TrayView {
    const connections = this.connections.map(({ online, problem }) => ({ online, failing: problem !== undefined }))
    return trayView({ connections, domains: this.domains })
  }

  domain(key: string): DomainSummary {
    const found = this.domains.find((domain) => domain.key === key)
    if (!found) throw new ProblemError('not-found')
    return found
  }

  watch(connectionId: string): ConnectionWatch {
    const watch = this.#watches.get(connectionId)
    if (!watch) throw new ProblemError('not-found')
    return watch
  }

  /** Starts watching; resolves after the first look, good or bad. */
  async add(connection: WatchedConnection): Promise<void> {
    const { clock, random, isOnline, open, findCname, onFailure } = this.#options
    const watch = new ConnectionWatch({
      connection,
      clock,
      random,
      isOnline,
      open: () => open(connection),
      lastSeen: this.#remembered.get(connection.id),
      findCname: (name, signal) => findCname(connection.id, name, signal),
      onChange: () => this.#changed(),
      onFailure,
    })
    this.#watches.set(connection.id, watch)
    this.#options.onChange()
    await watch.check()
  }

  remove(connectionId: string): void {
    this.#watches.get(connectionId)?.stop()
    this.#watches.delete(connectionId)
    this.#changed()
  }

  /** After waking up, after the network came back, or when a person asks. */
  async checkAll(): Promise<void> {
    await Promise.all([...this.#watches.values()].map((watch) => watch.checkAnew()))
  }

  /** Changes a domain at its service. `cnamesRemoved`: nothing is left that could dangle. */
  update(key: string, change: DomainChange, options: { cnamesRemoved?: boolean } = {}): Promise<DomainSummary> {
    const domain = this.domain(key)
    return this.watch(domain.connectionId).change(domain, change, options)
  }

  /** Deletes a domain at its service. */
  async delete(key: string): Promise<void> {
    const domain = this.domain(key)
    await this.watch(domain.connectionId).delete(domain)
  }

  /** The domain as its service has it now, before something is decided by it. */
  read(key: string): Promise<DomainSummary> {
    return this.ask(key, (service, domain, signal) => service.read(domain, signal))
  }

  /** One question about a domain to its service. */
  ask<Answer>(
    key: string,
    work: (service: Service, domain: DomainSummary, signal: AbortSignal) => Promise<Answer>,
  ): Promise<Answer> {
    const domain = this.domain(key)
    return this.watch(domain.connectionId).ask((service, signal) => work(service, domain, signal))
  }

  /** Asks the service to verify one domain; a second call meanwhile joins the first. */
  verify(key: string): Promise<DomainSummary> {
    const running = this.#verifying.get(key)
    if (running) return running
    const work = this.watch(this.domain(key).connectionId)
      .verify(key)
      .finally(() => {
        this.#verifying.delete(key)
        this.#options.onChange()
      })
    this.#verifying.set(key, work)
    this.#options.onChange()
    return work
  }

  stop(): void {
    for (const watch of this.#watches.values()) watch.stop()
    this.#watches.clear()
    this.#cancelTick()
  }

  #changed(): void {
    this.#noticeNetwork()
    const { clock, history, lastNotified, notify, onChange, onFailure } = this.#options
    try {
      history.append(changesBetween(history.lastStates(), this.domains, new Date(clock.now()).toISOString()))
      // Domains of a connection that has not answered yet are only remembered; their entries must not be lost.
      const next = notificationsFor(lastNotified.read(), this.domains)
      lastNotified.write({ ...this.#silent(lastNotified.read()), ...next.lastNotified })
      for (const notification of next.notifications) notify(notification)
      this.#remember()
    } catch (error) {
      // A full disk must not stop the watching.
      onFailure(error)
    }
    onChange()
  }

  #silent(lastNotified: LastNotified): LastNotified {
    const silent = [...this.#watches.values()]
      .filter((watch) => !watch.hasAnswered)
      .map((watch) => `${watch.connection.id}/`)
    return Object.fromEntries(
      Object.entries(lastNotified).filter(([key]) => silent.some((prefix) => key.startsWith(prefix))),
    )
  }

  #remember(): void {
    const kept = [...this.#watches.values()].filter((watch) => watch.connection.kind !== 'sandbox')
    this.#options.lastSeen.write(
      new Map(kept.map((watch) => [watch.connection.id, { accounts: watch.accounts, domains: watch.domains }])),
    )
  }

  /** A check without a network schedules no next one, so the return of the network is then checked often. */
  #noticeNetwork(): void {
    if (!this.#wasOnline || this.#options.isOnline()) return
    this.#wasOnline = false
    this.#cancelTick()
    this.#cancelTick = this.#tickLater()
  }

  #tickLater(): () => void {
    const delay = this.#wasOnline ? networkTick.online : networkTick.offline
    return after(this.#options.clock, delay, () => {
      const online = this.#options.isOnline()
      // The network may have been gone and back between two ticks, just while a look was due.
      const missed = online && this.connections.some(({ problem }) => problem?.code === 'offline')
      const turned = online !== this.#wasOnline
      this.#wasOnline = online
      this.#cancelTick = this.#tickLater()
      if (turned || missed) void this.checkAll()
    })
  }
}
