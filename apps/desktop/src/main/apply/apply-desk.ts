import { apply, type DnsAdapter, type Journal, type JournalStore, plan, undo } from '@dmarc-as-code/dns'
import type { ApplyDomain, ApplyJob, ConflictChoice, ItemOutcome, PlanItem, ZoneAccess } from '../../shared/apply.ts'
import { isWritable, needsCredentials } from '../../shared/apply.ts'
import type { DomainSummary } from '../../shared/model.ts'
import { ProblemError, toProblem } from '../../shared/problems.ts'
import type { Clock } from '../clock.ts'
import type { AccessBook, ZoneCredentials } from './access.ts'
import { dnsProblem } from './dns-problem.ts'
import { defaultTtl, itemsByHand, itemsOfPlan, neededRecords, sameName } from './items.ts'
import { verifyUntilReady } from './verify-until-ready.ts'

/** Who runs the zone of a name. */
export interface ZoneLook {
  readonly zone: string
  readonly serviceTitle: string
  /** The access method that fits, if the app has one. */
  readonly suggested?: string
  /** A page of the DNS service that adds the records; an https address. */
  readonly domainConnect?: string
}

export interface ApplyDeskOptions {
  readonly look: (domain: DomainSummary, signal: AbortSignal) => Promise<ZoneLook>
  readonly openAdapter: (credentials: ZoneCredentials) => Promise<DnsAdapter>
  readonly access: AccessBook
  readonly journals: JournalStore
  /** Has the service look at the domain, and says what it saw. */
  readonly verify: (key: string) => Promise<DomainSummary>
  readonly clock: Clock
  readonly newId: () => string
  readonly onChange: () => void
  readonly onFailure: (error: unknown) => void
}

const lookTimeout = 30_000
const writeTimeout = 60_000

interface Written {
  readonly key: string
  readonly adapter: DnsAdapter
  readonly journal: Journal
}

/**
 * The one-click apply, as a transaction in the person's eyes: look, show, confirm, write, verify, say what happened to
 * each record, offer undo. One job at a time; a name that is not in the list on screen is never written.
 */
export class ApplyDesk {
  readonly #options: ApplyDeskOptions
  #job: ApplyJob | undefined
  #domains: readonly DomainSummary[] = []
  readonly #looks = new Map<string, ZoneLook>()
  readonly #adapters = new Map<string, DnsAdapter>()
  #byHand = new Set<string>()
  #written: Written[] = []
  #interrupted: string | undefined
  #stopped = new AbortController()

  constructor(options: ApplyDeskOptions) {
    this.#options = options
  }

  get job(): ApplyJob | undefined {
    return this.#job
  }

  async start(domains: readonly DomainSummary[]): Promise<void> {
    await this.close()
    const wanting = domains.filter((domain) => neededRecords(domain).length > 0)
    if (wanting.length === 0)
      throw new ProblemError('refused', 'None of these domains is hosted, so there are no records to apply.')
    this.#domains = wanting
    this.#stopped = new AbortController()
    const empty = wanting.map(({ key, title }): ApplyDomain => ({ key, title, items: [] }))
    this.#set({ id: this.#options.newId(), phase: 'looking', domains: empty, undoable: false })
    await this.#plan()
  }

  async giveCredentials(zone: string, credentials: ZoneCredentials): Promise<void> {
    const domain = this.#domains.find((candidate) => this.#looks.get(candidate.key)?.zone === zone)
    if (!domain) throw new ProblemError('bad-request', 'This zone is not part of the plan.')
    const adapter = await this.#guarded(() => this.#options.openAdapter(credentials))
    // Tried before they are kept: credentials that do not open the zone would only be asked for again.
    const found = await this.#guarded(() =>
      adapter.findZone(neededRecords(domain)[0]?.name ?? zone, { signal: this.#signal(lookTimeout) }),
    )
    if (!found)
      throw new ProblemError('dns-credentials-refused', `They are valid, but give no access to the zone ${zone}.`)
    await this.#options.access.remember(zone, credentials)
    await this.#plan()
  }

  async pasteByHand(zone: string): Promise<void> {
    this.#byHand.add(zone)
    await this.#plan()
  }

  /** Reads everything anew and shows the plan. */
  async recheck(): Promise<void> {
    const job = this.#require()
    if (job.phase === 'applying' || job.phase === 'undoing') return
    this.#domains = await Promise.all(this.#domains.map((domain) => this.#freshOrKnown(domain)))
    await this.#plan()
  }

  async confirm(choices: Readonly<Record<string, ConflictChoice>>): Promise<void> {
    const job = this.#require()
    if (job.phase !== 'confirm') throw new ProblemError('bad-request', 'There is no plan to confirm.')
    this.#set({ ...withoutProblem(job), phase: 'applying' })
    const failures: unknown[] = []
    for (const domain of job.domains.filter(isWritable)) {
      try {
        await this.#applyDomain(domain, choices)
      } catch (error) {
        failures.push(error)
        this.#fail(domain.key, dnsProblem(error))
      }
    }
    if (this.#written.length === 0 && failures.length > 0) {
      this.#set({ ...this.#require(), phase: 'confirm', problem: this.#problemOf(failures[0]) })
      return
    }
    await this.#verify()
  }

  /** Takes back what this job wrote, or what a run that was cut off left behind. */
  async undo(): Promise<void> {
    const job = this.#require()
    if (this.#interrupted !== undefined) return this.#putBack(this.#interrupted)
    if (this.#written.length === 0) throw new ProblemError('bad-request', 'There is nothing to take back.')
    this.#stopVerifying()
    this.#set({ ...withoutProblem(job), phase: 'undoing' })
    try {
      for (const { key, adapter, journal } of [...this.#written].reverse()) {
        await undo(journal, adapter, { journals: this.#options.journals, signal: this.#signal(writeTimeout) })
        this.#written = this.#written.filter((entry) => entry.journal.id !== journal.id)
        for (const entry of journal.entries) this.#mark(key, entry.name, 'undone')
      }
      this.#set({ ...this.#require(), phase: 'undone', undoable: false })
    } catch (error) {
      this.#set({ ...this.#require(), phase: 'done', undoable: true, problem: this.#problemOf(error) })
    }
    // What the service sees has changed; the lists should say so soon.
    for (const domain of this.#domains) await this.#freshOrKnown(domain)
  }

  /** The page of the DNS service for a domain of the job. */
  domainConnect(key: string): string | undefined {
    return this.#looks.get(key)?.domainConnect
  }

  async close(): Promise<void> {
    this.#stopVerifying()
    await Promise.all([...this.#adapters.values()].map((adapter) => adapter.close?.()))
    this.#adapters.clear()
    this.#looks.clear()
    this.#byHand = new Set()
    this.#written = []
    this.#interrupted = undefined
    if (this.#job) {
      this.#job = undefined
      this.#options.onChange()
    }
  }

  async #plan(): Promise<void> {
    this.#set({ ...withoutProblem(this.#require()), phase: 'looking' })
    const planned = await Promise.all(this.#domains.map((domain) => this.#planDomain(domain)))
    const job: ApplyJob = { ...this.#require(), domains: planned }
    this.#set({ ...job, phase: needsCredentials(job).length > 0 ? 'credentials' : 'confirm' })
  }

  async #planDomain(domain: DomainSummary): Promise<ApplyDomain> {
    const { key, title } = domain
    try {
      const look =
        this.#looks.get(key) ?? (await this.#guarded(() => this.#options.look(domain, this.#signal(lookTimeout))))
      this.#looks.set(key, look)
      const byHand = this.#byHand.has(look.zone)
      const adapter = byHand ? undefined : await this.#openZone(domain, look)
      const zone: ZoneAccess = { ...shown(look), byHand, credentials: adapter ? 'stored' : 'missing' }
      if (!adapter) return { key, title, zone, items: itemsByHand(domain, look.zone) }
      const read = await this.#guarded(() => plan(wanted(domain), adapter, { signal: this.#signal(lookTimeout) }))
      return { key, title, zone, items: itemsOfPlan(domain, read) }
    } catch (error) {
      const look = this.#looks.get(key)
      const zone: ZoneAccess | undefined = look && { ...shown(look), byHand: false, credentials: 'missing' }
      const refused = toProblem(error).code === 'dns-credentials-refused'
      const items = itemsByHand(domain, look?.zone ?? domain.address)
      // Refused credentials lead back to the form that asks for them; anything else leaves the lines to paste.
      return {
        key,
        title,
        ...(zone ? { zone: { ...zone, byHand: !refused } } : {}),
        items,
        problem: this.#problemOf(error),
      }
    }
  }

  async #openZone(domain: DomainSummary, look: ZoneLook): Promise<DnsAdapter | undefined> {
    const { access, openAdapter } = this.#options
    const own = await access.of(look.zone)
    const candidates = own ? [own] : look.suggested ? await access.others(look.suggested, look.zone) : []
    for (const credentials of candidates) {
      const adapter = await this.#guarded(() => openAdapter(credentials))
      const found = await this.#guarded(() =>
        adapter.findZone(neededRecords(domain)[0]?.name ?? look.zone, { signal: this.#signal(lookTimeout) }),
      )
      if (!found) continue
      await this.#adapters.get(domain.key)?.close?.()
      this.#adapters.set(domain.key, adapter)
      return adapter
    }
    return undefined
  }

  async #applyDomain(shown: ApplyDomain, choices: Readonly<Record<string, ConflictChoice>>): Promise<void> {
    const adapter = this.#adapters.get(shown.key)
    const domain = this.#domains.find((candidate) => candidate.key === shown.key)
    if (!adapter || !domain) throw new ProblemError('unexpected', 'The plan lost its DNS service.')
    const kept = shown.items.filter((item) => item.action === 'conflict' && choices[item.id] !== 'replace')
    for (const item of kept) this.#mark(shown.key, item.name, 'kept')
    const chosen = shown.items.filter((item) => item.action !== 'right' && !kept.includes(item))
    if (chosen.length === 0) return
    const records = wanted(domain).filter((record) => chosen.some((item) => sameName(item.name, record.name)))
    const fresh = await plan(records, adapter, { conflict: 'replace', signal: this.#signal(lookTimeout) })
    this.#requireAsShown(
      chosen,
      itemsOfPlan(domain, await plan(records, adapter, { signal: this.#signal(lookTimeout) })),
    )
    for (const item of chosen) this.#mark(shown.key, item.name, 'writing')
    const result = await apply(fresh, adapter, {
      journals: this.#options.journals,
      newId: this.#options.newId,
      signal: this.#signal(writeTimeout),
      onProgress: ({ name, step }) => this.#mark(shown.key, name, step === 'written' ? 'written' : 'waiting'),
    })
    for (const item of chosen) this.#mark(shown.key, item.name, 'written')
    if (result.journal) this.#written.push({ key: shown.key, adapter, journal: result.journal })
    this.#set({ ...this.#require(), undoable: this.#written.length > 0 })
  }

  /** What is replaced must be what the person saw when they said yes. */
  #requireAsShown(shown: readonly PlanItem[], now: readonly PlanItem[]): void {
    for (const item of shown) {
      const found = now.find((other) => other.id === item.id)
      const same =
        found?.action === 'right' ||
        JSON.stringify([found?.action, found?.existing]) === JSON.stringify([item.action, item.existing])
      if (!same) throw new ProblemError('dns-changed-meanwhile', `What is at ${item.name} is not what the plan showed.`)
    }
  }

  async #verify(): Promise<void> {
    this.#set({ ...this.#require(), phase: 'verifying' })
    const { signal } = this.#stopped
    const keys = this.#require()
      .domains.filter((domain) => !domain.problem)
      .map((domain) => domain.key)
    await verifyUntilReady(keys, {
      clock: this.#options.clock,
      signal,
      verify: this.#options.verify,
      onLook: (seen) => this.#seen(seen),
    })
    if (!signal.aborted && this.#job?.phase === 'verifying') this.#set({ ...this.#job, phase: 'done' })
  }

  #seen(domain: DomainSummary): void {
    this.#domains = this.#domains.map((known) => (known.key === domain.key ? domain : known))
    for (const record of domain.records) {
      if (record.status === 'verified') this.#mark(domain.key, record.name, 'verified')
    }
  }

  async #putBack(journalId: string): Promise<void> {
    const journal = await this.#options.journals.load(journalId)
    const adapter = [...this.#adapters.values()].find((candidate) => candidate.service === journal?.service)
    if (!journal || !adapter)
      throw new ProblemError('dns-failed', 'The record of the earlier change is not there any more.')
    await this.#guarded(() =>
      undo(journal, adapter, { journals: this.#options.journals, signal: this.#signal(writeTimeout) }),
    )
    this.#interrupted = undefined
    await this.#plan()
  }

  async #freshOrKnown(domain: DomainSummary): Promise<DomainSummary> {
    try {
      return await this.#options.verify(domain.key)
    } catch {
      return domain
    }
  }

  #mark(key: string, name: string, outcome: ItemOutcome): void {
    const job = this.#require()
    const domains = job.domains.map((domain) =>
      domain.key === key
        ? { ...domain, items: domain.items.map((item) => (sameName(item.name, name) ? { ...item, outcome } : item)) }
        : domain,
    )
    this.#set({ ...job, domains })
  }

  #fail(key: string, error: ProblemError): void {
    const job = this.#require()
    const domains = job.domains.map((domain): ApplyDomain => {
      if (domain.key !== key) return domain
      const items = domain.items.map(
        (item): PlanItem => (item.outcome === 'writing' ? { ...item, outcome: 'failed' } : item),
      )
      return { ...domain, items, problem: this.#problemOf(error) }
    })
    this.#set({ ...job, domains })
  }

  #problemOf(error: unknown) {
    const known = dnsProblem(error)
    this.#options.onFailure(error)
    if (known.problem.code === 'dns-interrupted') this.#interrupted = (known.cause as { journalId?: string })?.journalId
    return known.problem
  }

  async #guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw dnsProblem(error)
    }
  }

  #stopVerifying(): void {
    this.#stopped.abort()
    this.#stopped = new AbortController()
  }

  #signal(timeout: number): AbortSignal {
    return AbortSignal.any([this.#stopped.signal, AbortSignal.timeout(timeout)])
  }

  #require(): ApplyJob {
    if (!this.#job) throw new ProblemError('bad-request', 'There is no plan open.')
    return this.#job
  }

  #set(job: ApplyJob): void {
    this.#job = job
    this.#options.onChange()
  }
}

function wanted(domain: DomainSummary) {
  return neededRecords(domain).map(({ name, target }) => ({
    name,
    type: 'CNAME' as const,
    value: target,
    ttl: defaultTtl,
  }))
}

/** The address stays in the main process; the page asks for it to be opened. */
function shown({ domainConnect, ...look }: ZoneLook) {
  return { ...look, hasDomainConnect: domainConnect !== undefined }
}

function withoutProblem({ problem: _gone, ...job }: ApplyJob): ApplyJob {
  return job
}
