import { randomUUID } from 'node:crypto'
import { apply, type DnsAdapter, type JournalStore, type MailView, planEjection } from '@dmarc-as-code/dns/apply'
import { parseConsent } from '@dmarc-as-code/records'
import type { EndingPart } from '../../shared/hosting-end.ts'
import { type HostedService, type LeaveMode, leavingNeedsConsent, liveCnames } from '../../shared/leaving.ts'
import { t } from '../../shared/messages/messages.ts'
import type { DomainSummary, MtaStsPolicyView } from '../../shared/model.ts'
import { ProblemError } from '../../shared/problems.ts'
import { dmarcNeedsConsent, mtaStsNeedsConsent } from '../../shared/publishing.ts'
import type { Activity, PostponedEnd } from '../activity/activity.ts'
import type { UndoStep } from '../activity/activity-store.ts'
import { sameName } from '../apply/items.ts'
import type { CredentialStore, ZoneCredentials } from '../dns/credential-store.ts'
import { dnsProblem } from '../dns/dns-problem.ts'
import type { ZoneInfo } from '../dns/zone-lookup.ts'
import type { DomainChange } from '../service/service.ts'
import { removeCnames } from './cname-removal.ts'

export interface HostingChange {
  readonly service: HostedService
  readonly on: boolean
  /** When turning off: what becomes of the CNAMEs. */
  readonly leave: LeaveMode
  /** When turning on: begin with what is live now. */
  readonly takeOver: boolean
  /** Why the protection may become weaker; empty where it does not. */
  readonly reason: string
}

interface HostingOptions {
  readonly lookUpZone: (domain: DomainSummary, signal: AbortSignal) => Promise<ZoneInfo>
  readonly openAdapter: (credentials: ZoneCredentials) => Promise<DnsAdapter>
  readonly credentials: Pick<CredentialStore, 'of' | 'others'>
  readonly journals: JournalStore
  readonly activity: Pick<Activity, 'begin' | 'addUndo' | 'markFinal' | 'finish' | 'postpone' | 'cancelPostponed'>
  readonly update: (key: string, change: DomainChange, options: { cnamesRemoved: boolean }) => Promise<unknown>
  readonly remove: (key: string) => Promise<void>
  /** A domain as it is known now; undefined when it is gone. */
  readonly domain: (key: string) => DomainSummary | undefined
  /** Why the person consented to what an entry of Activity does. */
  readonly reasonOf: (activityId: string) => string | undefined
  /** Something is to end later. */
  readonly onPostponed: () => void
  readonly view: (domain: DomainSummary, signal: AbortSignal) => MailView
  readonly now: () => number
}

const timeout = 60_000

/** What a person says to a change that needs words; empty where it needs none. */
interface WhyPublished {
  /** Why the protection may become weaker. */
  readonly reason: string
  /** Why it becomes stricter without evidence. */
  readonly acceptRisk?: string | undefined
}

/**
 * Changes what a service hosts, in the safe order: the CNAMEs are replaced or removed before the service stops answering
 * behind them, and it goes on answering for as long as resolvers remember them, so that no name dangles. Everything stands in Activity and, where that is possible, can be undone.
 */
export class HostingService {
  readonly #options: HostingOptions

  constructor(options: HostingOptions) {
    this.#options = options
  }

  async set(domain: DomainSummary, change: HostingChange): Promise<void> {
    const { activity } = this.#options
    const { key, title, connectionId } = domain
    const { service, on, leave, takeOver, reason } = change
    if (!on) requireReason(leavingNeedsConsent(domain, [service], leave), reason)
    const id = activity.begin(`${service}-hosting-${on ? 'on' : 'off'}`, [{ key, title }], reason || undefined)
    try {
      if (!on) {
        const onBegin = (journalId: string, zone: string) =>
          activity.addUndo(id, { type: 'journal', journalId, zone, connectionId })
        if (await this.#leaves(id, domain, service, [service], leave, onBegin)) return
        await this.#turnOff(id, domain, service, reason, leave !== 'keep')
        return
      }
      // Before the call: after a time-out it may still take effect.
      activity.addUndo(id, { type: 'hosting', key, service, on: false })
      const told = { ...(takeOver ? { takeOver } : {}), ...(reason ? { reason } : {}) }
      await this.#options.update(key, { ...hostingOf(service, true), ...told }, { cnamesRemoved: false })
    } finally {
      activity.finish(id)
    }
  }

  /** Deletes a domain at its service. Once that is done it cannot be undone; Activity keeps that it happened. */
  async delete(domain: DomainSummary, leave: LeaveMode, reason: string): Promise<void> {
    const { activity, remove } = this.#options
    const { key, title, connectionId, hostedDmarc, hostedMtaSts } = domain
    const services: HostedService[] = [
      ...(hostedDmarc ? ['dmarc' as const] : []),
      ...(hostedMtaSts ? ['mta-sts' as const] : []),
    ]
    requireReason(leavingNeedsConsent(domain, services, leave), reason)
    const id = activity.begin('domain-deleted', [{ key, title }], reason || undefined)
    try {
      const onBegin = (journalId: string, zone: string) =>
        activity.addUndo(id, { type: 'journal', journalId, zone, connectionId })
      if (await this.#leaves(id, domain, 'domain', services, leave, onBegin)) return
      await remove(key)
      activity.markFinal(id)
    } finally {
      activity.finish(id)
    }
  }

  /** Takes the last step of leaving, once resolvers have forgotten the CNAMEs. */
  async end(id: string, { key, part }: PostponedEnd): Promise<void> {
    const { activity, remove, domain, reasonOf } = this.#options
    const found = domain(key)
    if (found && part === 'domain') {
      await remove(key)
      activity.markFinal(id)
    } else if (found && part !== 'domain') {
      const isOn = part === 'dmarc' ? found.hostedDmarc : found.hostedMtaSts
      if (isOn) await this.#turnOff(id, found, part, reasonOf(id) ?? '', true)
    }
    activity.cancelPostponed(id)
  }

  /** Publishes a DMARC record; the one before can be restored. */
  async publishDmarc(domain: DomainSummary, record: string, base: string, why: WhyPublished): Promise<void> {
    requireReason(dmarcNeedsConsent(domain, record), why.reason)
    const undo = base === '' ? undefined : ({ type: 'dmarc-record', key: domain.key, record: base } as const)
    const change = { dmarcRecord: record, base: { dmarcRecord: base } }
    await this.#publish(domain, 'dmarc-policy-published', undo, change, why)
  }

  async publishMtaSts(domain: DomainSummary, policy: MtaStsPolicyView, base: string, why: WhyPublished): Promise<void> {
    requireReason(mtaStsNeedsConsent(domain, policy), why.reason)
    const { key, mtaSts } = domain
    const undo =
      mtaSts && ({ type: 'mta-sts-policy', key, policy: { ...mtaSts, mx: [...mtaSts.mx] } } satisfies UndoStep)
    await this.#publish(domain, 'mta-sts-policy-published', undo, { mtaSts: policy, base: { mtaSts: base } }, why)
  }

  /** Whether undoing a step weakens what receivers use now. */
  restoringWeakens(step: Exclude<UndoStep, { type: 'journal' }>): boolean {
    const domain = this.#options.domain(step.key)
    if (!domain) return false
    switch (step.type) {
      case 'dmarc-record':
        return dmarcNeedsConsent(domain, step.record)
      case 'mta-sts-policy':
        return mtaStsNeedsConsent(domain, step.policy)
      case 'hosting':
        return !step.on && leavingNeedsConsent(domain, [step.service], 'keep')
    }
  }

  /** Undoes a step at the service. */
  async restore(step: Exclude<UndoStep, { type: 'journal' }>): Promise<void> {
    const change: DomainChange =
      step.type === 'dmarc-record'
        ? { dmarcRecord: step.record }
        : step.type === 'mta-sts-policy'
          ? { mtaSts: step.policy }
          : step.service === 'dmarc'
            ? { hostedDmarc: step.on }
            : { hostedMtaSts: step.on }
    await this.#options.update(step.key, change, { cnamesRemoved: false })
  }

  async #publish(
    { key, title }: DomainSummary,
    kind: 'dmarc-policy-published' | 'mta-sts-policy-published',
    undo: UndoStep | undefined,
    change: DomainChange,
    { reason, acceptRisk = '' }: WhyPublished,
  ): Promise<void> {
    const { activity, update } = this.#options
    const id = activity.begin(kind, [{ key, title }], reason || undefined, acceptRisk || undefined)
    try {
      const words = { ...(reason ? { reason } : {}), ...(acceptRisk ? { acceptRisk } : {}) }
      await update(key, { ...change, ...words }, { cnamesRemoved: false })
      // Only now: a change that was refused leaves nothing to undo.
      if (undo) activity.addUndo(id, undo)
      else activity.markFinal(id)
    } finally {
      activity.finish(id)
    }
  }

  async #turnOff(
    id: string,
    { key, dmarcRecord }: DomainSummary,
    service: HostedService,
    reason: string,
    cnamesRemoved: boolean,
  ): Promise<void> {
    const { activity, update } = this.#options
    // Hosting that is turned on again begins with the default record. Undo goes from the last step to the first.
    if (service === 'dmarc' && dmarcRecord) activity.addUndo(id, { type: 'dmarc-record', key, record: dmarcRecord })
    // Before the call: after a time-out it may still take effect.
    activity.addUndo(id, { type: 'hosting', key, service, on: true })
    await update(key, { ...hostingOf(service, false), ...(reason ? { reason } : {}) }, { cnamesRemoved })
  }

  /** Changes the DNS for the end. Returns whether the end itself has to wait until resolvers have forgotten the CNAMEs. */
  async #leaves(
    id: string,
    domain: DomainSummary,
    part: EndingPart,
    services: readonly HostedService[],
    leave: LeaveMode,
    onBegin: (journalId: string, zone: string) => void,
  ): Promise<boolean> {
    const { activity, now, onPostponed } = this.#options
    const cnames = services
      .flatMap((service) => liveCnames(domain, service))
      .map(({ name, expected = '' }) => ({ name, target: expected }))
    let remembered = 0
    for (const service of services)
      remembered = Math.max(remembered, await this.#leaveDns(domain, service, leave, onBegin))
    if (remembered === 0) return false
    const { key, connectionId } = domain
    const until = new Date(now() + remembered * 1000).toISOString()
    activity.postpone(id, { until, connectionId, key, part, cnames })
    onPostponed()
    return true
  }

  /** Returns for how long resolvers remember what was changed, in seconds. */
  async #leaveDns(
    domain: DomainSummary,
    service: HostedService,
    leave: LeaveMode,
    onBegin: (journalId: string, zone: string) => void,
  ): Promise<number> {
    if (leave === 'keep') return 0
    const { lookUpZone, openAdapter, journals, now } = this.#options
    const signal = AbortSignal.timeout(timeout)
    const cnames = liveCnames(domain, service).map(({ name, expected = '' }) => ({ name, target: expected }))
    if (cnames.length === 0) return 0
    try {
      const info = await lookUpZone(domain, signal)
      const adapter = await openAdapter(await this.#credentialsFor(info))
      const begun = (journalId: string) => onBegin(journalId, info.zone)
      try {
        const nothing = { names: [], remembered: 0 }
        const copied = leave === 'eject' ? await this.#eject(domain, service, adapter, signal, begun) : nothing
        const left = cnames.filter(({ name }) => !copied.names.some((other) => sameName(other, name)))
        const removal = { journals, signal, now, onBegin: begun }
        return Math.max(copied.remembered, left.length > 0 ? await removeCnames(left, adapter, removal) : 0)
      } finally {
        await adapter.close?.()
      }
    } catch (error) {
      throw dnsProblem(error)
    }
  }

  /**
   * Puts the records that the CNAMEs lead to in their place, in one change. Returns the names of those that can be copied, and
   * for how long resolvers remember the CNAMEs, in seconds.
   */
  async #eject(
    domain: DomainSummary,
    service: HostedService,
    adapter: DnsAdapter,
    signal: AbortSignal,
    onBegin: (journalId: string) => void,
  ): Promise<{ names: string[]; remembered: number }> {
    const { journals, view, now } = this.#options
    const names = liveCnames(domain, service).map(({ name }) => name)
    const { plan, keepHosting } = await planEjection([domain.address], adapter, {
      view: view(domain, signal),
      signal,
      clock: now,
    })
    const items = plan.items.filter(({ record }) => names.some((name) => sameName(name, record.name)))
    await apply({ ...plan, items }, adapter, {
      journals,
      signal,
      newId: () => {
        const id = randomUUID()
        onBegin(id)
        return id
      },
    })
    return { names: items.map(({ record }) => record.name), remembered: items.length > 0 ? keepHosting : 0 }
  }

  async #credentialsFor({ zone, suggested }: ZoneInfo): Promise<ZoneCredentials> {
    const { credentials } = this.#options
    const own = await credentials.of(zone)
    const [other] = own || !suggested ? [] : await credentials.others(suggested, zone)
    const found = own ?? other
    if (found) return found
    throw new ProblemError('no-dns-credentials', t('The app has no DNS credentials for the zone {zone}.', { zone }))
  }
}

const hostingOf = (service: HostedService, on: boolean): DomainChange =>
  service === 'dmarc' ? { hostedDmarc: on } : { hostedMtaSts: on }

function requireReason(isWeaker: boolean, reason: string): void {
  if (isWeaker && !parseConsent(reason).ok)
    throw new ProblemError('refused', t('The protection becomes weaker. Say why, or choose otherwise.'))
}
