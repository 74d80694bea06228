import type {
  ListResourceRecordSetsRequest,
  ListResourceRecordSetsResponse,
  ResourceRecordSet,
} from '@aws-sdk/client-route-53'
import { mapLimited } from '@dmarc-as-code/primitives'
import type { HostedZone, Json, RecordSet } from '../../engine/types.ts'
import { fromRoute53Name, toRoute53Name } from './names.ts'

/** One call of ListResourceRecordSets. */
export type ListSets = (
  request: ListResourceRecordSetsRequest,
  signal: AbortSignal | undefined,
) => Promise<ListResourceRecordSetsResponse>

/** As many as one answer holds. */
const mostSets = 300

/**
 * Reads names of zones. Several names of a zone that fits into one answer take one request; a larger zone is read name by
 * name, and its size remembered.
 */
export function route53Reader(list: ListSets) {
  const large = new Set<string>()
  return async (zone: HostedZone, names: readonly string[], signal: AbortSignal | undefined): Promise<RecordSet[]> => {
    if (names.length > 1 && !large.has(zone.id)) {
      const page = await list({ HostedZoneId: zone.id, MaxItems: mostSets }, signal)
      const wanted = new Set(names)
      if (!page.IsTruncated) return toSets(page).filter(({ name }) => wanted.has(name))
      large.add(zone.id)
    }
    return (await mapLimited(names, 4, (name) => readName(list, zone.id, name, signal))).flat()
  }
}

/** Every record set of a zone, page by page. */
export async function listZone(
  list: ListSets,
  zone: HostedZone,
  signal: AbortSignal | undefined,
): Promise<RecordSet[]> {
  const found: RecordSet[] = []
  let position: Omit<ListResourceRecordSetsRequest, 'HostedZoneId'> = {}
  for (;;) {
    const page = await list({ HostedZoneId: zone.id, MaxItems: mostSets, ...position }, signal)
    found.push(...toSets(page))
    if (!page.IsTruncated) return found
    position = nextPosition(page)
  }
}

const nextPosition = (page: ListResourceRecordSetsResponse) => ({
  StartRecordName: page.NextRecordName,
  StartRecordType: page.NextRecordType,
  ...(page.NextRecordIdentifier ? { StartRecordIdentifier: page.NextRecordIdentifier } : {}),
})

async function readName(
  list: ListSets,
  zoneId: string,
  name: string,
  signal: AbortSignal | undefined,
): Promise<RecordSet[]> {
  const found: RecordSet[] = []
  let position: Omit<ListResourceRecordSetsRequest, 'HostedZoneId'> = { StartRecordName: toRoute53Name(name) }
  for (;;) {
    const page = await list({ HostedZoneId: zoneId, MaxItems: 20, ...position }, signal)
    for (const set of toSets(page)) {
      if (set.name !== name) return found
      found.push(set)
    }
    if (!page.IsTruncated || fromRoute53Name(page.NextRecordName ?? '') !== name) return found
    position = nextPosition(page)
  }
}

const toSets = (page: ListResourceRecordSetsResponse) => (page.ResourceRecordSets ?? []).map(toSet)

function toSet(set: ResourceRecordSet): RecordSet {
  const { Name, Type, TTL, ResourceRecords, ...rest } = set
  const alias = rest.AliasTarget?.DNSName
  return {
    name: fromRoute53Name(Name ?? ''),
    type: Type ?? '',
    ttl: TTL ?? 0,
    values: alias ? [`ALIAS ${alias}`] : (ResourceRecords ?? []).map((record) => record.Value ?? ''),
    // Alias, weight, health check and the like: part of the set's identity, needed to delete it and to put it back.
    native: JSON.parse(JSON.stringify(rest)) as Json,
  }
}
