import { mapLimited } from '@dmarc-as-code/primitives'
import { parseDomainName } from '@dmarc-as-code/records'
import type { Input } from '../../shared/contract/contract.ts'
import type { DomainSummary } from '../../shared/model.ts'
import type { AddedDomain } from '../../shared/new-domains.ts'
import { ProblemError, toProblem } from '../../shared/problems.ts'
import type { HostingService } from '../hosting/hosting-service.ts'
import type { NewServiceDomain } from '../service/service.ts'
import type { Watcher } from '../watch/watcher.ts'

/** Calls at a time: a service limits how often it is called. */
const concurrency = 4
const defaultDays = 7

interface FleetOptions {
  readonly watcher: Pick<Watcher, 'domain' | 'verify' | 'update' | 'watch'>
  readonly hosting: Pick<HostingService, 'set'>
}

/** What is done with many domains at once. One that fails spoils none of the others. */
export class Fleet {
  readonly #options: FleetOptions

  constructor(options: FleetOptions) {
    this.#options = options
  }

  async verify(keys: readonly string[]): Promise<void> {
    const { watcher } = this.#options
    await mapLimited(keys, concurrency, async (key) => {
      // Those that cannot be verified now say so in the list.
      await watcher.verify(key).catch(() => {})
    })
  }

  async host(keys: readonly string[]): Promise<void> {
    const { watcher, hosting } = this.#options
    await this.#each(keys, async (domain) => {
      await hosting.set(domain, { service: 'dmarc', on: true, leave: 'keep', takeOver: true, reason: '' })
      void watcher.verify(domain.key).catch(() => {})
    })
  }

  async tag(keys: readonly string[], add: readonly string[], remove: readonly string[]): Promise<void> {
    await this.#each(keys, async ({ key, tags }) => {
      const before = tags.map(({ name }) => name)
      const after = [...new Set([...before, ...add])].filter((name) => !remove.includes(name))
      const isSame = after.length === before.length && after.every((name) => before.includes(name))
      if (!isSame) await this.#options.watcher.update(key, { tags: after })
    })
  }

  /** Adds domains, each as far as it goes, and says what became of each. */
  add(input: Input<'addDomains'>): Promise<readonly AddedDomain[]> {
    return mapLimited(input.domains, concurrency, async (domain): Promise<AddedDomain> => {
      try {
        return { address: domain.address, key: await this.#addOne(input, domain) }
      } catch (error) {
        return { address: domain.address, problem: toProblem(error) }
      }
    })
  }

  async #addOne(
    { connectionId, accountId, hostDmarc, hostMtaSts, failureReports, tags }: Input<'addDomains'>,
    { address, parked, mx }: Input<'addDomains'>['domains'][number],
  ): Promise<string> {
    const { watcher } = this.#options
    const name = parseDomainName(address)
    if (!name.ok) throw new ProblemError('refused', name.finding.message)
    // A policy needs hosts, and a parked domain receives no mail.
    const hostsMtaSts = hostMtaSts && !parked && mx.length > 0
    const added: NewServiceDomain = {
      address: name.ascii,
      parked,
      failureReports,
      ...(hostsMtaSts ? { mtaSts: { mode: 'testing', mx, days: defaultDays } } : {}),
    }
    const hosting = {
      ...(hostDmarc ? { hostedDmarc: true } : {}),
      ...(hostsMtaSts ? { hostedMtaSts: true } : {}),
      ...(tags.length > 0 ? { tags } : {}),
    }
    const isHosted = hostDmarc || hostsMtaSts
    const change = Object.keys(hosting).length > 0 ? { ...hosting, ...(isHosted ? { takeOver: true } : {}) } : undefined
    const { key } = await watcher.watch(connectionId).create(accountId, added, change)
    if (isHosted) void watcher.verify(key).catch(() => {})
    return key
  }

  async #each(keys: readonly string[], work: (domain: DomainSummary) => Promise<void>): Promise<void> {
    const { watcher } = this.#options
    const errors: unknown[] = []
    await mapLimited(keys, concurrency, async (key) => {
      try {
        await work(watcher.domain(key))
      } catch (error) {
        errors.push(error)
      }
    })
    if (errors.length > 0) throw errors[0]
  }
}
