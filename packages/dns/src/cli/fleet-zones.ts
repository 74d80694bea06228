import { namesOfServers } from '../observe/find-zone.ts'
import { unregisteredDomain } from '../observe/registry-zone.ts'
import type { ResolverRun } from '../observe/run.ts'
import type { ServerAnswer } from '../observe/types.ts'
import type { ZoneDiscovery } from '../observe/zone-discovery.ts'
import { identifyDnsService } from '../services/identify.ts'
import { isWithin, relativeName } from '../wire/names.ts'

/**
 * Finds the zones of many domains inside stub zones, with one question for each domain that lies in a zone known already
 * or is a zone of its own. Live as long as one command.
 */
export class FleetZones {
  readonly #servers = new Map<string, Promise<string[]>>()

  /**
   * Undefined where it takes a closer look. `beneath` is what was answered about a name beneath the domain that is not there:
   * its SOA names the zone, and spares the question.
   */
  async find(domain: string, run: ResolverRun, beneath?: ServerAnswer): Promise<ZoneDiscovery | undefined> {
    const stub = run.stubFor(domain)
    if (!stub) return undefined
    const answer = beneath ?? (await run.glimpse({ name: domain, type: 'NS' }))
    if (!answer || answer.records.some(({ type }) => type === 'CNAME')) return undefined
    const own = namesOfServers(domain, answer.records)
    const zone = own.length > 0 ? domain : answer.soaOwner
    if (zone === undefined || !isWithin(domain, zone)) return undefined
    const nsNames = own.length > 0 ? own : await this.#serversOf(zone, run)
    const service = identifyDnsService(nsNames)
    const unregistered = unregisteredDomain(domain, zone, nsNames)
    return {
      zone,
      relativeName: relativeName(domain, zone),
      ...(unregistered !== undefined && { unregistered }),
      nsNames,
      nameServers: stub.servers.map((server) => ({ servers: [server] })),
      ...(answer.negativeTtl !== undefined && { negativeTtl: answer.negativeTtl }),
      ...(service && { service }),
    }
  }

  #serversOf(zone: string, run: ResolverRun): Promise<string[]> {
    const known = this.#servers.get(zone)
    if (known) return known
    const asking = run.glimpse({ name: zone, type: 'NS' }).then((answer) => namesOfServers(zone, answer?.records ?? []))
    this.#servers.set(zone, asking)
    // A failure is not remembered: the next look may succeed.
    asking.then(
      (names) => names.length === 0 && this.#servers.delete(zone),
      () => this.#servers.delete(zone),
    )
    return asking
  }
}
