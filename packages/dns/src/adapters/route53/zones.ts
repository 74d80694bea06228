import type { ListHostedZonesByNameRequest, ListHostedZonesByNameResponse } from '@aws-sdk/client-route-53'
import type { HostedZone } from '../../engine/types.ts'
import { isWithin } from '../../wire/names.ts'
import type { ZoneLists } from '../zone-directory.ts'
import { fromRoute53Name, toRoute53Name } from './names.ts'

type ListZones = (
  position: ListHostedZonesByNameRequest,
  signal: AbortSignal | undefined,
) => Promise<ListHostedZonesByNameResponse>

/** The public zones of an account, by the one call that both lists them and finds them by name. */
export function route53Zones(list: ListZones): Omit<ZoneLists<HostedZone>, 'clock'> {
  return {
    async page(position, signal) {
      const page = await list((position as ListHostedZonesByNameRequest | undefined) ?? {}, signal)
      return { zones: publicZones(page), next: nextPosition(page) }
    },
    async lookUp(name, signal) {
      for (const start of searchStarts(name)) {
        const zones = await listFrom(list, start, signal)
        if (zones.some((zone) => isWithin(name, zone.name))) return zones
      }
      return []
    },
    keyOf: (name) => searchStarts(name)[0] ?? '',
  }
}

// Zones are listed in the order of their reversed labels, so those that can hold a name follow its last two labels.
function searchStarts(name: string): string[] {
  const labels = name.split('.')
  return [...new Set([labels.slice(-2).join('.'), labels.at(-1) ?? ''])]
}

const reversed = (name: string) => name.split('.').reverse().join('.')

async function listFrom(list: ListZones, start: string, signal: AbortSignal | undefined): Promise<HostedZone[]> {
  const zones: HostedZone[] = []
  let position: ListHostedZonesByNameRequest | undefined = { DNSName: toRoute53Name(start) }
  while (position) {
    const page: ListHostedZonesByNameResponse = await list(position, signal)
    zones.push(...publicZones(page).filter((zone) => isWithin(zone.name, start)))
    // A start position is no filter. example-1.test may stand between example.test and what lies beneath it, so the end
    // is told by the text of the reversed labels.
    const beyond = page.HostedZones?.some(
      ({ Name }) => !reversed(fromRoute53Name(Name ?? '')).startsWith(reversed(start)),
    )
    position = beyond ? undefined : nextPosition(page)
  }
  return zones
}

function publicZones(page: ListHostedZonesByNameResponse): HostedZone[] {
  return (page.HostedZones ?? []).flatMap(({ Id, Name, Config }) =>
    Id && !Config?.PrivateZone ? [{ id: Id.replace(/^\/hostedzone\//, ''), name: fromRoute53Name(Name ?? '') }] : [],
  )
}

function nextPosition(page: ListHostedZonesByNameResponse): ListHostedZonesByNameRequest | undefined {
  if (!page.IsTruncated || !page.NextDNSName) return undefined
  return { DNSName: page.NextDNSName, ...(page.NextHostedZoneId ? { HostedZoneId: page.NextHostedZoneId } : {}) }
}
