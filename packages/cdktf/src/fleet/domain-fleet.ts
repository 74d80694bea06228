import { parseDomainName } from '@dmarc-as-code/records'
import { Construct } from 'constructs'
import { given } from '../config.ts'
import { type DataPath, formatPath } from '../data-path.ts'
import type { DnsTarget } from '../dns/target.ts'
import { MonitoredDomain, type MonitoredDomainProps, type ReportProblems } from '../domain/monitored-domain.ts'
import type { TerraformProvider } from '../framework.ts'
import { isMarked, mark } from '../mark.ts'
import { Moves } from '../moves.ts'
import { honourNodeDependencies } from '../node-dependencies.ts'
import { ensureOneFramework } from '../one-framework.ts'
import { listed, Problems } from '../problems.ts'
import { providerShape } from '../provider-shape.ts'
import { DmarcRollout } from '../rollout/dmarc-rollout.ts'
import { isObjectWith, type PropShapes } from '../shape.ts'
import { Tag } from '../tag.ts'
import type { FleetData, FleetDomain } from './fleet-data.ts'
import { readFleetFile } from './fleet-file.ts'
import { type ReadFleet, readFleet } from './read-fleet.ts'
import { resolveDomain } from './resolve.ts'

export interface FleetContext {
  /**
   * DNS targets by the names that the data uses; a single target serves every domain that names none.
   * @default - the CNAMEs are not written
   */
  readonly dns?: DnsTarget | Readonly<Record<string, DnsTarget>> | undefined
  /**
   * Rollouts by the names that the data uses.
   * @default - none
   */
  readonly rollouts?: Readonly<Record<string, DmarcRollout>> | undefined
  /** @default - the only one of the stack */
  readonly provider?: TerraformProvider | undefined
}

const target = { is: isObjectWith('publish'), expected: 'a DNS target' }

const fleetContextShapes: PropShapes<FleetContext> = {
  dns: { oneOf: [target, { map: target }], expected: 'a DNS target, or DNS targets by name' },
  rollouts: { map: { is: DmarcRollout.isDmarcRollout, expected: 'a DmarcRollout' } },
  provider: providerShape,
}

export interface DomainFleetProps extends FleetContext, FleetData {}

/** Where the data of a fleet comes from. */
interface Source {
  /** Says where a place of the data is, for errors. */
  readonly locate: (path: DataPath) => string
  /** The same without the path: what several paths share, such as an anchor of YAML, is one place. */
  readonly place: (path: DataPath) => string
  /** Whether the data may refer to values of the program. */
  readonly tokens: boolean
}

const inProgram: Source = { locate: formatPath, place: formatPath, tokens: true }

/**
 * Many domains from data, with defaults, groups and exceptions, each routed to its DNS service. The id of each domain's
 * construct is its address, so that neither the order, the groups nor the format of the data changes what is deployed. Its domains are
 * protected from deletion, unless the data says `deletionProtection: false`.
 */
export class DomainFleet extends Construct {
  /** By address, as A-labels, in alphabetical order. */
  readonly domains: ReadonlyMap<string, MonitoredDomain>
  /** The tags that the data declares, by name. */
  readonly tags: ReadonlyMap<string, Tag>
  readonly #context: FleetContext
  readonly #problems = new Problems()
  readonly #source: Source
  /** What was reported already: a fault of a group is one fault, however many domains are in it. */
  readonly #reported = new Set<string>()

  /**
   * From a file in YAML, JSON or CSV. Its text is data throughout: it cannot refer to anything in the program or in Terraform.
   * Faults are reported with their line. Throws where the file cannot be read.
   */
  static fromFile(scope: Construct, id: string, path: string, context: FleetContext = {}): DomainFleet {
    const file = readFleetFile(path)
    const locate = (place: DataPath) => `${file.locate(place)} ${formatPath(place)}`
    const props = { ...(file.data as FleetData), ...context }
    return new DomainFleet(scope, id, props, { locate, place: (path) => file.locate(path), tokens: false })
  }

  /** Whether a value is a DomainFleet, whichever copy of this package made it. Never throws. */
  static isDomainFleet(value: unknown): value is DomainFleet {
    return isMarked(value, 'DomainFleet')
  }

  constructor(scope: Construct, id: string, props: DomainFleetProps, source: Source = inProgram) {
    super(scope, id)
    ensureOneFramework(this)
    mark(this, 'DomainFleet')
    honourNodeDependencies(this)
    // What is no object at all has no domains, which is told.
    const { dns, rollouts, provider, ...data } = { ...props }
    this.#context = this.#problems.checked({ dns, rollouts, provider }, fleetContextShapes)
    this.#source = source
    const { fleet, faults } = readFleet(data, { tokens: source.tokens })
    for (const { path, message } of faults) this.#problem(path, message)
    if (faults.length === 0 && fleet.domains.length === 0) this.#problems.warn(source.locate(['domains']), noDomains)
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

  /**
   * Writes moved blocks, so that the next apply keeps every domain and tag when the fleet moves to another id or
   * another place in the stack. For a domain that came into the fleet from elsewhere: `fleet.domain(address).movedFrom(oldPath)`.
   * @param oldPath - its former id, or ids joined by `/`, below the stack
   */
  movedFrom(oldPath: string): void {
    Moves.of(this).from(oldPath)
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

  #sorted(fleet: ReadFleet): Entry[] {
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

  #declare(fleet: ReadFleet, { id, domain, path }: Entry): MonitoredDomain {
    domain.groups?.forEach((name, index) => {
      this.#named('group', name, Object.keys(fleet.groups ?? {}), [...path, 'groups', index])
    })
    const { settings, origin } = resolveDomain(fleet, domain, path)
    const { rollout, hostedDmarc, dns, tags: names, ...others } = settings
    if (rollout !== undefined && hostedDmarc !== undefined) {
      this.#problem(path, bothGiven(rollout))
    }
    const props = given({
      // A line that is deleted from a file must not delete a domain with its history.
      deletionProtection: true,
      ...others,
      address: domain.address,
      hostedDmarc: rollout === undefined ? hostedDmarc : this.#rollout(rollout, origin('rollout')),
      tags: names?.map((name) => this.tags.get(name) ?? name),
      dns: this.#target(dns, origin('dns')),
      provider: this.#context.provider,
    })
    const report: ReportProblems = (problems, construct) => {
      const address = [...path, 'address']
      for (const [prop, message] of problems.found) this.#problem(prop === 'address' ? address : origin(prop), message)
      problems.withoutErrors().reportOn(construct)
    }
    return new MonitoredDomain(this, id, props as MonitoredDomainProps, report)
  }

  #rollout(name: string, path: DataPath): DmarcRollout | undefined {
    return this.#named('rollout', name, Object.keys(this.#context.rollouts ?? {}), path)
      ? this.#context.rollouts?.[name]
      : undefined
  }

  #target(name: string | undefined, path: DataPath): DnsTarget | undefined {
    const { dns } = this.#context
    if (isTarget(dns)) {
      if (name !== undefined) this.#named('DNS target', name, [], path)
      return name === undefined ? dns : undefined
    }
    if (name === undefined) return undefined
    return this.#named('DNS target', name, Object.keys(dns ?? {}), path) ? dns?.[name] : undefined
  }

  #named(what: string, name: string, known: readonly string[], path: DataPath): boolean {
    if (known.includes(name)) return true
    const expected = known.length > 0 ? listed(known) : `no ${what} at all, since there is none`
    this.#problem(path, `found the ${what} ${JSON.stringify(name)}, expected ${expected}. Add it, or name another.`)
    return false
  }

  #problem(path: DataPath, message: string): void {
    const key = JSON.stringify([this.#source.place(path), message])
    if (this.#reported.has(key)) return
    this.#reported.add(key)
    this.#problems.add(this.#source.locate(path), message)
  }
}

const noDomains =
  'found none, expected at least one. Add the domains: the plan deletes those that were there before, or is refused ' +
  'where they are protected.'

const bothGiven = (rollout: string) =>
  `found hostedDmarc, and the rollout ${JSON.stringify(rollout)} that sets the policy, expected one of them. ` +
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
