import type { DnsAdapter, JournalStore } from '@dmarc-as-code/dns/apply'
import { recordKindTable } from '@dmarc-as-code/records'
import type { DomainSummary } from '../../shared/model.ts'
import { ProblemError } from '../../shared/problems.ts'
import type { Activity } from '../activity/activity.ts'
import type { CredentialStore, ZoneCredentials } from '../dns/credential-store.ts'
import { dnsProblem } from '../dns/dns-problem.ts'
import type { ZoneInfo } from '../dns/zone-lookup.ts'
import type { DomainChange } from '../service/service.ts'
import { removeCnames } from './cname-removal.ts'

export type HostingChange = Readonly<{ service: 'dmarc' | 'mta-sts'; on: boolean; removeCnames: boolean }>

interface HostingOptions {
  readonly lookUpZone: (domain: DomainSummary, signal: AbortSignal) => Promise<ZoneInfo>
  readonly openAdapter: (credentials: ZoneCredentials) => Promise<DnsAdapter>
  readonly credentials: Pick<CredentialStore, 'of' | 'others'>
  readonly journals: JournalStore
  readonly activity: Pick<Activity, 'begin' | 'addUndo' | 'finish'>
  readonly update: (key: string, change: DomainChange, options: { cnamesRemoved: boolean }) => Promise<void>
  readonly now: () => number
}

const timeout = 60_000

/**
 * Turns hosting on and off in the safe order: the CNAMEs are removed before the service stops answering behind them, so
 * that no name dangles. Both steps stand in Activity and can be undone.
 */
export class HostingService {
  readonly #options: HostingOptions

  constructor(options: HostingOptions) {
    this.#options = options
  }

  async set(domain: DomainSummary, change: HostingChange): Promise<void> {
    const { activity } = this.#options
    const { key, title } = domain
    const id = activity.begin(`${change.service}-hosting-${change.on ? 'on' : 'off'}`, [{ key, title }])
    try {
      if (!change.on && change.removeCnames) await this.#removeCnames(domain, change.service, id)
      // Before the call: after a time-out it may still take effect.
      activity.addUndo(id, { type: 'hosting', key, service: change.service, on: !change.on })
      await this.update(key, change.service, change.on, { cnamesRemoved: change.removeCnames })
    } finally {
      activity.finish(id)
    }
  }

  async update(
    key: string,
    service: HostingChange['service'],
    on: boolean,
    options = { cnamesRemoved: false },
  ): Promise<void> {
    await this.#options.update(key, service === 'dmarc' ? { hostedDmarc: on } : { hostedMtaSts: on }, options)
  }

  async #removeCnames(domain: DomainSummary, service: HostingChange['service'], activityId: string): Promise<void> {
    const { lookUpZone, openAdapter, journals, activity, now } = this.#options
    const signal = AbortSignal.timeout(timeout)
    const wireService = service === 'dmarc' ? 'hosted_dmarc' : 'hosted_mta_sts'
    const cnames = domain.records.flatMap(({ kind, name, expected }) =>
      expected !== undefined && recordKindTable[kind].service === wireService ? [{ name, target: expected }] : [],
    )
    try {
      const info = await lookUpZone(domain, signal)
      const credentials = await this.#credentialsFor(info)
      const adapter = await openAdapter(credentials)
      try {
        await removeCnames(cnames, adapter, {
          journals,
          signal,
          now,
          onBegin: (journalId) =>
            activity.addUndo(activityId, {
              type: 'journal',
              journalId,
              zone: info.zone,
              connectionId: domain.connectionId,
            }),
        })
      } finally {
        await adapter.close?.()
      }
    } catch (error) {
      throw dnsProblem(error)
    }
  }

  async #credentialsFor({ zone, suggested }: ZoneInfo): Promise<ZoneCredentials> {
    const { credentials } = this.#options
    const own = await credentials.of(zone)
    const [other] = own || !suggested ? [] : await credentials.others(suggested, zone)
    const found = own ?? other
    if (found) return found
    throw new ProblemError('no-dns-credentials', `The app has no DNS credentials for the zone ${zone}.`)
  }
}
