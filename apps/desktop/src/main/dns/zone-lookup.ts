import { discoverDomainConnect, domainConnectLink, supportsTemplate } from '@dmarc-as-code/dns/domain-connect'
import {
  createDnsClient,
  createResolver,
  discoverZone,
  type Resolver,
  type ZoneDiscovery,
} from '@dmarc-as-code/dns/resolver'
import type { DomainSummary } from '../../shared/model.ts'
import type { StubZone } from '../../shared/stub-zone.ts'
import { accessMethods } from './methods.ts'

/** Who runs the zone of a name. */
export interface ZoneInfo {
  readonly zone: string
  readonly serviceTitle: string
  /** The access method that fits, if the app has one. */
  readonly suggested?: string
  /** A page of the DNS service that adds the records; an https address. */
  readonly domainConnect?: string
  /** The servers that the parent zone delegates to, where it tells. */
  readonly delegation?: readonly string[]
}

/** Finds the zone of a domain and who runs it. `stubZones` are asked instead of the public DNS where they match. */
export async function lookUpZone(
  domain: DomainSummary,
  stubZones: readonly StubZone[],
  signal: AbortSignal,
): Promise<ZoneInfo> {
  const resolver = createResolver({ client: createDnsClient(), stubZones: [...stubZones] })
  const found = await discoverZone({ name: domain.address, resolver, signal })
  const look = toZoneInfo(found)
  // Direct access is better than a detour through the browser, which only known services offer.
  if (look.suggested || !found.service) return look
  const link = await findDomainConnect(domain, found, { resolver, signal })
  return link ? { ...look, domainConnect: link } : look
}

/**
 * The page of the DNS service that adds the records after one confirmation there, if it has one and knows the template of
 * whoever runs the hosted zone. Failing to find out counts as no: the lines to paste are always there.
 */
export async function findDomainConnect(
  domain: DomainSummary,
  found: Pick<ZoneDiscovery, 'zone' | 'relativeName'>,
  options: { resolver: Resolver; signal: AbortSignal; fetch?: typeof fetch },
): Promise<string | undefined> {
  try {
    const target = templateTarget(domain)
    if (!target) return undefined
    const settings = await discoverDomainConnect(found.zone, options)
    if (!settings?.urlSyncUX) return undefined
    const template = { providerId: target.hostedZone, serviceId: 'mail-authentication' }
    if (!(await supportsTemplate(settings, template, options))) return undefined
    const host = found.relativeName === '@' ? {} : { host: found.relativeName }
    return domainConnectLink({ settings, ...template, ...host, variables: { label: target.label } })
  } catch {
    return undefined
  }
}

/** The parts of `LABEL.dmarc.ZONE`; a service whose targets look otherwise has no template of ours. */
export function templateTarget(domain: DomainSummary): { label: string; hostedZone: string } | undefined {
  const expected = domain.records.find((record) => record.kind === 'dmarc')?.expected
  const match = /^([^.]+)\.dmarc\.(.+)$/.exec(expected ?? '')
  return match?.[1] && match[2] ? { label: match[1], hostedZone: match[2] } : undefined
}

export function toZoneInfo(found: ZoneDiscovery): ZoneInfo {
  const adapter = found.service?.adapter
  const suggested = accessMethods.find((method) => method.id === adapter)?.id
  const servers = found.delegation ?? found.nsNames
  return {
    zone: found.zone,
    serviceTitle:
      found.service?.title ?? (servers.length > 0 ? `the name servers ${servers.join(', ')}` : 'your own name server'),
    ...(found.delegation ? { delegation: found.delegation } : {}),
    // Servers of no known service are most likely one's own, and those take dynamic updates.
    ...(suggested ? { suggested } : found.service ? {} : { suggested: 'rfc2136' }),
  }
}
