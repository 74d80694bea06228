import { parseDomainName } from '@dmarc-as-code/records'
import { Construct } from 'constructs'
import { type DataPath, formatPath } from '../data-path.ts'
import type { DnsTarget } from '../dns/target.ts'
import { MonitoredDomain } from '../domain/monitored-domain.ts'
import type { TerraformProvider } from '../framework.ts'
import { given, listed, Problems } from '../problems.ts'
import type { DmarcRollout } from '../rollout/dmarc-rollout.ts'
import { Tag } from '../tag.ts'
import type { FleetData, FleetDomain } from './fleet-data.ts'
import { readFleetFile } from './fleet-file.ts'
import { readFleet } from './read-fleet.ts'
import { resolveDomain } from './resolve.ts'

export interface FleetContext {
  /**
   * DNS targets by the names that the data uses; a single target serves every domain that names none.
   * @default - the CNAMEs are not written
   */
  readonly dns?: DnsTarget | Readonly<Record<string, DnsTarget>>
  /**
   * Rollouts by the names that the data uses.
   * @default - none
   */
  readonly rollouts?: Readonly<Record<string, DmarcRollout>>
  /** @default - the only one of the stack */
  readonly provider?: TerraformProvider
}

export interface DomainFleetProps extends FleetContext, FleetData {}

/**
 * Many domains from data, with defaults, groups and exceptions, each routed to its DNS service. The id of each domain's
 * construct is its address, so that order, groups and the way the data came never change what is deployed.
 */
export class DomainFleet extends Construct {
  /** By address, as A-labels, in the order of the alphabet. */
  readonly domains: ReadonlyMap<string, MonitoredDomain>
  /** The tags that the data declares, by name. */
  readonly tags: ReadonlyMap<string, Tag>
  readonly #context: FleetContext
  readonly #problems = new Problems()
  readonly #locate: (path: DataPath) => string

  /** From a file in YAML or JSON. Faults are reported with their line. Throws where the file cannot be read. */
  static fromFile(scope: Construct, id: string, path: string, context: FleetContext = {}): DomainFleet {
    const file = readFleetFile(path)
    return new DomainFleet(scope, id, { ...context, ...(file.data as FleetData) }, (place) => {
      return `${file.locate(place)} ${formatPath(place)}`
    })
  }

  /** `locate` says where a place of the data is, for errors; by default, its path. */
  constructor(scope: Construct, id: string, props: DomainFleetProps, locate: (path: DataPath) => string = formatPath) {
    super(scope, id)
    const { dns, rollouts, provider, ...data } = props
    this.#context = given({ dns, rollouts, provider })
    this.#locate = locate
    const { fleet, faults } = readFleet(data)
    for (const { path, message } of faults) this.#problem(path, message)
    const tags = Object.entries(fleet.tags ?? {}).sort(byKey)
    this.tags = new Map(tags.map(([name, color]) => [name, this.#tag(name, color)]))
    this.domains = new Map(this.#sorted(fleet).map((entry) => [entry.id, this.#declare(fleet, entry)]))
    this.#problems.reportOn(this)
  }

  /** Writes import blocks, so that the next apply takes over every domain and tag of the fleet that exists. */
  importExisting(): void {
    for (const tag of this.tags.values()) tag.importFrom()
    for (const domain of this.domains.values()) domain.importFrom()
  }

  /** A domain of the fleet. Throws where there is none of that address. */
  domain(address: string): MonitoredDomain {
    const parsed = parseDomainName(address)
    const domain = parsed.ok ? this.domains.get(parsed.ascii) : undefined
    if (domain) return domain
    throw new Error(
      `${this.node.path}: found no domain ${address}, expected one of the ${this.domains.size} in the data.`,
    )
  }

  #tag(name: string, color: string): Tag {
    return new Tag(this, `tag-${name}`, given({ name, color, provider: this.#context.provider }))
  }

  #sorted(fleet: FleetData): Entry[] {
    const entries = new Map<string, Entry>()
    for (const [index, domain] of fleet.domains.entries()) {
      const parsed = parseDomainName(domain.address)
      const path: DataPath = ['domains', index]
      const before = parsed.ok ? entries.get(parsed.ascii) : undefined
      if (!parsed.ok) {
        this.#problem([...path, 'address'], parsed.finding.message)
      } else if (before) {
        const found = `found ${domain.address} again after ${formatPath(before.path)}`
        this.#problem([...path, 'address'], `${found}, expected each domain once. Remove one.`)
      } else {
        entries.set(parsed.ascii, { id: parsed.ascii, domain, path })
      }
    }
    return [...entries.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  }

  #declare(fleet: FleetData, { id, domain, path }: Entry): MonitoredDomain {
    domain.groups?.forEach((name, index) => {
      this.#named('group', name, Object.keys(fleet.groups ?? {}), [...path, 'groups', index])
    })
    const { rollout, hostedDmarc, dns, tags: names, ...settings } = resolveDomain(fleet, domain)
    if (rollout !== undefined && hostedDmarc !== undefined) {
      this.#problem(path, bothGiven(rollout))
    }
    return new MonitoredDomain(
      this,
      id,
      given({
        ...settings,
        address: domain.address,
        hostedDmarc: rollout === undefined ? hostedDmarc : this.#rollout(rollout, path),
        tags: names?.map((name) => this.tags.get(name) ?? name),
        dns: this.#target(dns, path),
        provider: this.#context.provider,
      }),
    )
  }

  #rollout(name: string, path: DataPath): DmarcRollout | undefined {
    const { rollouts = {} } = this.#context
    this.#named('rollout', name, Object.keys(rollouts), [...path, 'rollout'])
    return rollouts[name]
  }

  #target(name: string | undefined, path: DataPath): DnsTarget | undefined {
    const { dns } = this.#context
    const targets = isTarget(dns) ? {} : (dns ?? {})
    if (name === undefined) return isTarget(dns) ? dns : undefined
    this.#named('DNS target', name, Object.keys(targets), [...path, 'dns'])
    return targets[name]
  }

  #named(what: string, name: string, known: readonly string[], path: DataPath): void {
    if (known.includes(name)) return
    const expected = known.length > 0 ? listed(known) : `no ${what} at all, since there is none`
    this.#problem(path, `found the ${what} ${JSON.stringify(name)}, expected ${expected}. Add it, or name another.`)
  }

  #problem(path: DataPath, message: string): void {
    this.#problems.add(this.#locate(path), message)
  }
}

const bothGiven = (rollout: string) =>
  `found hostedDmarc, and the rollout ${JSON.stringify(rollout)} that says the policy, expected one of them. ` +
  "Write a policy into hostedDmarc, or its settings into the rollout's."

interface Entry {
  readonly id: string
  readonly domain: FleetDomain
  readonly path: DataPath
}

function isTarget(dns: FleetContext['dns']): dns is DnsTarget {
  return typeof dns?.publish === 'function'
}

const byKey = ([a]: [string, unknown], [b]: [string, unknown]) => (a < b ? -1 : 1)
