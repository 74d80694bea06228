import type { Domain } from '@dmarc-as-code/client'
import { hostedNames, recordKinds, recordKindTable } from '@dmarc-as-code/records'
import type { ProviderContext } from '../../context/provider-context.ts'
import { type DomainPlan, type HostedService, isHosted } from './domain-reconcile.ts'

const services: readonly HostedService[] = ['hosted_dmarc', 'hosted_mta_sts']

/**
 * The services that the plan turns off while a CNAME still leads to them. They end after these records: see `HostingEnds`.
 * Where the DNS does not tell, a service ends at once.
 */
export async function servicesToEndLater(
  { live }: Pick<ProviderContext, 'live'>,
  domain: Domain,
  plan: DomainPlan,
  signal: AbortSignal,
): Promise<HostedService[]> {
  const off = services.filter((service) => domain[service] && !isHosted(plan, service))
  if (off.length === 0) return []
  const leadsHere = async (kind: string, name: string) => {
    const target = domain.cname_records?.find((record) => record.kind === kind)?.value.toLowerCase()
    return target !== undefined && (await live.cnameAt(name, signal)) === target
  }
  const names = hostedNames(domain.address)
  const published = await Promise.all(
    off.map(async (service) => {
      const kinds = recordKinds.filter((kind) => recordKindTable[kind].service === service)
      return (await Promise.all(kinds.map((kind) => leadsHere(kind, names[kind])))).some(Boolean)
    }),
  )
  return off.filter((_, index) => published[index])
}

/** Turns services off once their records are gone. */
export function endLater(
  { api, ends }: Pick<ProviderContext, 'api' | 'ends'>,
  accountId: number,
  domain: Domain,
  ending: readonly HostedService[],
): void {
  const names = hostedNames(domain.address)
  for (const service of ending) {
    const kinds = recordKinds.filter((kind) => recordKindTable[kind].service === service)
    ends.after(
      kinds.map((kind) => names[kind]),
      async () => {
        await api.client.domains.update(accountId, domain.id, { [service]: false })
        api.stale()
      },
    )
  }
}

/** The domain as it is once these services have ended. */
export function asEnded(domain: Domain, ending: readonly HostedService[]): Domain {
  const off = Object.fromEntries(ending.map((service) => [service, false]))
  return { ...domain, ...off, ...(ending.includes('hosted_dmarc') && { default_dmarc_record: null }) }
}
