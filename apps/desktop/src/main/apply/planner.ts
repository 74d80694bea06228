import {
  type DnsAdapter,
  type ExpectedTexts,
  type MailView,
  type Plan,
  type PlanOptions,
  plan,
} from '@dmarc-as-code/dns/apply'
import type { ApplyDomain, ZoneAccess } from '../../shared/apply.ts'
import type { DomainSummary } from '../../shared/model.ts'
import { ProblemError, toProblem } from '../../shared/problems.ts'
import type { CredentialStore, ZoneCredentials } from '../dns/credential-store.ts'
import { dnsProblem } from '../dns/dns-problem.ts'
import type { ZoneInfo } from '../dns/zone-lookup.ts'
import { dmarcPlanOf, expectedTexts, mtaStsEffectOf, tlsRptEffectOf } from './effects.ts'
import { defaultTtl, itemsOfPlan, manualItems, neededRecords, sameName } from './items.ts'

export interface PlannerOptions {
  readonly lookUpZone: (domain: DomainSummary, signal: AbortSignal) => Promise<ZoneInfo>
  readonly openAdapter: (credentials: ZoneCredentials) => Promise<DnsAdapter>
  readonly access: CredentialStore
  /** How what is live is looked up, for the effect on mail. */
  readonly view: (domain: DomainSummary, signal: AbortSignal) => MailView
  readonly onFailure: (error: unknown) => void
}

const readTimeout = 30_000

/** Finds out who runs each zone, opens it, and reads what would change. Writes nothing. */
export class Planner {
  readonly #options: PlannerOptions
  readonly #closed = new AbortController()
  readonly #zones = new Map<string, ZoneInfo>()
  /** By credentials: zones of one account share an adapter, and with it its connections and its pace. */
  readonly #opened = new Map<string, Promise<DnsAdapter>>()
  readonly #adapters = new Map<string, DnsAdapter>()
  readonly #manual = new Set<string>()

  constructor(options: PlannerOptions) {
    this.#options = options
  }

  zoneInfoOf(key: string): ZoneInfo | undefined {
    return this.#zones.get(key)
  }

  adapterOf(key: string): DnsAdapter | undefined {
    return this.#adapters.get(key)
  }

  addManually(zone: string): void {
    this.#manual.add(zone)
  }

  /** Tries credentials, and keeps them only if they open the zone of this domain. */
  async accept(domain: DomainSummary, zone: string, credentials: ZoneCredentials): Promise<void> {
    if (!(await this.#opens(credentials, domain, zone)))
      throw new ProblemError(
        'dns-credentials-refused',
        `The credentials are valid, but give no access to the zone ${zone}.`,
      )
    await this.#options.access.remember(zone, credentials)
  }

  /** The current records and the planned changes. A failure is part of the result. */
  async plan(domain: DomainSummary): Promise<ApplyDomain> {
    const { key, title } = domain
    try {
      const info = this.#zones.get(key) ?? (await guarded(() => this.#options.lookUpZone(domain, this.#signal())))
      this.#zones.set(key, info)
      const manual = this.#manual.has(info.zone)
      const adapter = manual ? undefined : await this.#openZone(domain, info)
      const zone: ZoneAccess = { ...shown(info), manual, credentials: adapter ? 'stored' : 'missing' }
      if (!adapter) return { key, title, zone, items: manualItems(domain, info.zone) }
      this.#adapters.set(key, adapter)
      const read = await guarded(() => this.#read(domain, adapter))
      const items = itemsOfPlan(domain, read)
      const mtaSts = mtaStsEffectOf(read)
      const tlsRpt = tlsRptEffectOf(read)
      const dmarc = await guarded(() =>
        dmarcPlanOf(domain, read, this.#view(domain), async (expected) => this.#read(domain, adapter, expected)),
      )
      return {
        key,
        title,
        zone,
        items,
        ...(dmarc ? { dmarc } : {}),
        ...(mtaSts === undefined ? {} : { mtaSts }),
        ...(tlsRpt === undefined ? {} : { tlsRpt }),
      }
    } catch (error) {
      if (!this.#closed.signal.aborted) this.#options.onFailure(error)
      const info = this.#zones.get(key)
      const zone: ZoneAccess | undefined = info && { ...shown(info), manual: false, credentials: 'missing' }
      const problem = toProblem(dnsProblem(error))
      const refused = problem.code === 'dns-credentials-refused'
      const items = manualItems(domain, info?.zone ?? domain.address)
      // Refused credentials lead back to the form that asks for them; anything else leaves the lines to paste.
      return { key, title, ...(zone ? { zone: { ...zone, manual: !refused } } : {}), items, problem }
    }
  }

  /** The plan to carry out for some records of a domain, replacing what is in their place. */
  async planReplacing(domain: DomainSummary, names: readonly string[]): Promise<{ plan: Plan; adapter: DnsAdapter }> {
    const adapter = this.#adapters.get(domain.key)
    if (!adapter) throw new ProblemError('unexpected', 'The plan has no connection to its DNS service.')
    const records = wanted(domain).filter((record) => names.some((name) => sameName(name, record.name)))
    const options = {
      view: this.#view(domain),
      expected: expectedTexts(domain),
      delegation: this.#delegationOf(domain),
    }
    return { plan: await plan(records, adapter, { conflict: 'replace', signal: this.#signal(), ...options }), adapter }
  }

  #read(domain: DomainSummary, adapter: DnsAdapter, expected?: ExpectedTexts): Promise<Plan> {
    return plan(wanted(domain), adapter, {
      signal: this.#signal(),
      view: this.#view(domain),
      expected: expected ?? expectedTexts(domain),
      delegation: this.#delegationOf(domain),
    })
  }

  /** Who answers for the zone, as the look-up of the zone has found: records of a zone that nobody asks for are blocked. */
  #delegationOf({ key }: DomainSummary): NonNullable<PlanOptions['delegation']> {
    const info = this.#zones.get(key)
    return async (zone) => (zone === info?.zone ? info.delegation : undefined)
  }

  #view(domain: DomainSummary): MailView {
    return this.#options.view(domain, this.#signal())
  }

  async close(): Promise<void> {
    this.#closed.abort()
    const opened = await Promise.allSettled(this.#opened.values())
    await Promise.allSettled(opened.map((each) => (each.status === 'fulfilled' ? each.value.close?.() : undefined)))
  }

  async #openZone(domain: DomainSummary, info: ZoneInfo): Promise<DnsAdapter | undefined> {
    const { access } = this.#options
    const own = await access.of(info.zone)
    const candidates = own ? [own] : info.suggested ? await access.others(info.suggested, info.zone) : []
    for (const credentials of candidates) {
      const adapter = await this.#opens(credentials, domain, info.zone)
      if (adapter) return adapter
    }
    return undefined
  }

  #opens(credentials: ZoneCredentials, domain: DomainSummary, zone: string): Promise<DnsAdapter | undefined> {
    return guarded(async () => {
      const adapter = await this.#adapter(credentials)
      const name = neededRecords(domain)[0]?.name ?? zone
      return (await adapter.findZone(name, { signal: this.#signal() })) ? adapter : undefined
    })
  }

  #adapter(credentials: ZoneCredentials): Promise<DnsAdapter> {
    const id = JSON.stringify([credentials.method, credentials.values])
    const opened = this.#opened.get(id) ?? this.#options.openAdapter(credentials)
    this.#opened.set(id, opened)
    return opened
  }

  #signal(): AbortSignal {
    return AbortSignal.any([this.#closed.signal, AbortSignal.timeout(readTimeout)])
  }
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw dnsProblem(error)
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
function shown({ domainConnect, delegation: _, ...info }: ZoneInfo) {
  return { ...info, hasDomainConnect: domainConnect !== undefined }
}
