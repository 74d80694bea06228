import { after, type Clock } from '@dmarc-as-code/primitives'
import { evidenceTarget } from '../../shared/evidence.ts'
import type { ConnectionView, DomainSummary } from '../../shared/model.ts'
import type { ReportAlert } from '../../shared/report-alert.ts'
import { type EvidenceLevel, reportsCapability } from '../../shared/reports.ts'
import type { EvidenceFile, KeptEvidence } from './evidence-file.ts'
import { reportAlerts, shortEvidence } from './report-alerts.ts'

interface EvidenceWatchOptions {
  readonly clock: Clock
  /** Without evidence: this adds it. */
  readonly domains: () => readonly DomainSummary[]
  readonly connections: () => readonly ConnectionView[]
  readonly ask: (domain: DomainSummary, target: EvidenceLevel['target'], signal: AbortSignal) => Promise<EvidenceLevel>
  readonly file: Pick<EvidenceFile, 'read' | 'write'>
  readonly onAlerts: (domain: DomainSummary, alerts: readonly ReportAlert[]) => void
  readonly onChange: () => void
  readonly onFailure: (error: unknown) => void
}

/** Receivers report once a day, so an answer stays good for a while. Milliseconds. */
const goodFor = 6 * 3_600_000
/** After a failure, until the same domain is asked about again. */
const retryAfter = 3_600_000
/** Between two questions: a fleet must not become a flood. */
const pause = 3_000
/** Timers do not run while the computer sleeps, so a long wait is looked at in between. */
const longestWait = 3_600_000
const timeout = 60_000
/** Answers after which they are written down. */
const writeAfter = 20

/**
 * Knows of every domain whether reports allow its next policy. A service that receives reports is asked about one domain at a
 * time, and about each again after some hours; where nothing is due, nothing runs.
 */
export class EvidenceWatch {
  readonly #options: EvidenceWatchOptions
  readonly #kept: Map<string, KeptEvidence>
  readonly #failedAt = new Map<string, number>()
  readonly #marked = new WeakMap<DomainSummary, DomainSummary>()
  readonly #stopped = new AbortController()
  #cancelTimer: () => void = () => {}
  #isAsking = false
  #lastAsked = Number.NEGATIVE_INFINITY
  #unwritten = 0

  constructor(options: EvidenceWatchOptions) {
    this.#options = options
    this.#kept = options.file.read()
  }

  /** The domains with what is known of them. The same domain with the same evidence stays the same object. */
  mark(domains: readonly DomainSummary[]): DomainSummary[] {
    return domains.map((domain) => {
      const evidence = this.#kept.get(domain.key)?.evidence
      if (!evidence) return domain
      const before = this.#marked.get(domain)
      if (before?.evidence === evidence) return before
      const marked = { ...domain, evidence }
      this.#marked.set(domain, marked)
      return marked
    })
  }

  /** Sets the time of the next question. Call it after each change of domains or connections, and after waking up. */
  look(): void {
    if (this.#isAsking || this.#stopped.signal.aborted) return
    this.#cancelTimer()
    const { clock } = this.#options
    const next = this.#next()
    // A round is over.
    if (!next || next.at > clock.now()) this.#write()
    if (!next) return
    const delay = Math.max(next.at, this.#lastAsked + pause) - clock.now()
    this.#cancelTimer = after(clock, Math.min(Math.max(delay, 0), longestWait), () => void this.#askNext())
  }

  /** Takes what somebody else has just asked for, such as the Reports tab. */
  take(domain: DomainSummary, levels: readonly EvidenceLevel[]): void {
    const target = domain.policy && evidenceTarget(domain.policy)
    const level = levels.find((each) => each.target === target)
    if (level) this.#keep(domain, level)
  }

  stop(): void {
    this.#stopped.abort()
    this.#cancelTimer()
    this.#write()
  }

  async #askNext(): Promise<void> {
    const { clock, ask, onFailure } = this.#options
    const next = this.#next()
    if (next && next.at <= clock.now()) {
      const { domain, target } = next
      this.#isAsking = true
      this.#lastAsked = clock.now()
      try {
        const signal = AbortSignal.any([this.#stopped.signal, AbortSignal.timeout(timeout)])
        this.#keep(domain, await ask(domain, target, signal))
      } catch (error) {
        this.#failedAt.set(domain.key, clock.now())
        if (!this.#stopped.signal.aborted) onFailure(error)
      }
      this.#isAsking = false
    }
    this.look()
  }

  #keep(domain: DomainSummary, level: EvidenceLevel): void {
    const { clock, onChange } = this.#options
    const before = this.#kept.get(domain.key)
    const { alerts, told } = reportAlerts(before?.told, domain, level)
    const evidence = shortEvidence(level)
    const isSame = JSON.stringify(before?.evidence) === JSON.stringify(evidence)
    this.#kept.set(domain.key, { at: clock.now(), evidence: before && isSame ? before.evidence : evidence, told })
    this.#failedAt.delete(domain.key)
    this.#unwritten++
    // What was told is on disk before it is told, so that a restart repeats nothing.
    if (alerts.length > 0 || this.#unwritten >= writeAfter) this.#write()
    if (alerts.length > 0) this.#tell(domain, alerts)
    if (!isSame) onChange()
  }

  #tell(domain: DomainSummary, alerts: readonly ReportAlert[]): void {
    try {
      this.#options.onAlerts(domain, alerts)
    } catch (error) {
      // What was read is worth keeping even where nobody can be told.
      this.#options.onFailure(error)
    }
  }

  /** The question that is due first. */
  #next() {
    const { connections, domains } = this.#options
    const asked = new Set(
      connections()
        .filter(({ online, problem, extensions }) => online && !problem && extensions.includes(reportsCapability))
        .map(({ id }) => id),
    )
    if (asked.size === 0) return undefined
    let next: { domain: DomainSummary; target: EvidenceLevel['target']; at: number } | undefined
    for (const domain of domains()) {
      if (!asked.has(domain.connectionId) || domain.policy === undefined) continue
      const target = evidenceTarget(domain.policy)
      const at = this.#dueAt(domain.key, target)
      if (!next || at < next.at) next = { domain, target, at }
    }
    return next
  }

  #dueAt(key: string, target: EvidenceLevel['target']): number {
    const kept = this.#kept.get(key)
    const due = kept && kept.evidence.target === target ? kept.at + goodFor : Number.NEGATIVE_INFINITY
    return Math.max(due, (this.#failedAt.get(key) ?? Number.NEGATIVE_INFINITY) + retryAfter)
  }

  /** Writes what changed, without domains that are gone. */
  #write(): void {
    if (this.#unwritten === 0) return
    const there = new Map(this.#options.domains().map(({ key, connectionId }) => [key, connectionId]))
    const passing = new Set(
      this.#options
        .connections()
        .filter(({ kind }) => kind === 'sandbox')
        .map(({ id }) => id),
    )
    for (const key of this.#kept.keys()) if (!there.has(key)) this.#kept.delete(key)
    try {
      this.#options.file.write(new Map([...this.#kept].filter(([key]) => !passing.has(there.get(key) ?? ''))))
      this.#unwritten = 0
    } catch (error) {
      // A full disk must not stop the watching.
      this.#options.onFailure(error)
    }
  }
}
