import { mapLimited } from '@dmarc-as-code/primitives'
import { canonicalName } from '../wire/names.ts'
import type { CallOptions, DnsAdapter, HostedZone, RecordSet } from './types.ts'

/**
 * Name servers to which the public tree delegates a zone: empty where it delegates the zone to nobody, so that its names
 * belong to a zone above or to none; `undefined` where that could not be found out.
 */
export type FindDelegation = (zone: string, options: CallOptions) => Promise<readonly string[] | undefined>

/** A zone that the public tree does not ask these servers for. */
export interface Elsewhere {
  /** The servers that it asks; empty where it asks nobody. */
  delegatedTo: readonly string[]
  /** The zone's own servers; empty where they are not known. */
  servers: readonly string[]
}

/** Which of the zones the public tree delegates to other servers, or to none, by their ids. */
export async function findElsewhere(
  adapter: DnsAdapter,
  zones: readonly { zone: HostedZone; at?: ((name: string) => readonly RecordSet[]) | undefined }[],
  { delegation, signal }: CallOptions & { delegation?: FindDelegation | undefined },
): Promise<Map<string, Elsewhere>> {
  const elsewhere = new Map<string, Elsewhere>()
  if (!delegation) return elsewhere
  const different = new Map(zones.map((place) => [place.zone.id, place]))
  await mapLimited([...different.values()], 16, async ({ zone, at }) => {
    const delegatedTo = (await delegation(zone.name, { signal }))?.map(canonicalName)
    if (!delegatedTo) return
    const servers = zone.nameServers ?? []
    if (delegatedTo.length === 0) {
      elsewhere.set(zone.id, { delegatedTo, servers })
      return
    }
    const leadsTo = (names: readonly string[]) =>
      delegatedTo.some((server) => names.map(canonicalName).includes(server))
    if ((servers.length === 0 && !adapter.nameServers) || leadsTo(servers)) return
    // Vanity names: the service knows its servers by other names than the delegation, but the zone itself has those.
    const apex = zone.nameServers || !at ? await adapter.read(zone, [zone.name], { signal }) : at(zone.name)
    if (leadsTo(apex.filter((set) => set.type === 'NS').flatMap((set) => set.values))) return
    const known = zone.nameServers ?? (await adapter.nameServers?.(zone, { signal })) ?? []
    if (!leadsTo(known)) elsewhere.set(zone.id, { delegatedTo, servers: known })
  })
  return elsewhere
}

/** What stops nothing, and should be known by whoever changes a zone. */
export function zoneNotes(zone: HostedZone, elsewhere: Elsewhere | undefined): string[] {
  const nobody = elsewhere?.delegatedTo.length === 0
  return [
    ...(nobody
      ? [
          `The public DNS delegates ${zone.name} to no server, so mail servers do not see its records until the parent zone delegates it to its name servers.`,
        ]
      : []),
    ...(zone.warning === undefined ? [] : [zone.warning]),
  ]
}
