import { parentName } from '../wire/names.ts'
import { recordsOfType } from '../wire/records.ts'
import type { DnsRecord } from '../wire/types.ts'
import { askedAddresses, mostNames } from './addresses.ts'
import { isDefinite } from './classify.ts'
import { findZoneNames, nameServerOf, namesOfServers } from './find-zone.ts'
import type { ResolverRun } from './run.ts'
import type { NameServer, Zone } from './types.ts'

/**
 * Adds the parent's view to a zone: the NS names it delegates to, and which of the zone's servers they are. Servers that
 * only the parent names are added, since those are the ones that resolvers ask; so are addresses that only its glue has. Where the parent cannot be asked, or is
 * outside the stub zones while the zone is inside, the zone comes back as it was.
 */
export async function withDelegation(run: ResolverRun, zone: Zone, deadline?: AbortSignal): Promise<Zone> {
  if (zone.name === '') return zone
  const parentStub = run.stubFor(parentName(zone.name))
  // The servers of a stub zone were given by hand; its own NS records, let alone its parent's, do not say whom to ask.
  if (zone.stub || parentStub) return zone
  const delegation = await run.budget
    .once(`delegation ${zone.name}`, () => delegationOf(run, zone.name, deadline))
    .catch((error) => {
      run.throwIfAborted()
      if (error instanceof Error) return undefined
      throw error
    })
  if (!delegation || delegation.nsNames.length === 0) return zone
  const { nsNames, glue } = delegation
  const nameServers = await bothViews(run, zone, nsNames, deadline)
  const staleGlue = nameServers.flatMap((server) => glueMismatch(server, glue))
  const onlyInGlue = staleGlue.flatMap(({ name, inParent, own }): NameServer[] => {
    const addresses = inParent.filter((address) => !own.includes(address))
    return addresses.length === 0 ? [] : [{ name, ...askedAddresses(addresses), delegated: true, glueOnly: true }]
  })
  return {
    ...zone,
    delegation: nsNames,
    nameServers: [...nameServers, ...onlyInGlue],
    ...(staleGlue.length > 0 && { staleGlue }),
  }
}

/** The servers that either side names. Where they are more than are asked, those that resolvers ask come first. */
async function bothViews(
  run: ResolverRun,
  zone: Zone,
  nsNames: readonly string[],
  deadline?: AbortSignal,
): Promise<NameServer[]> {
  const known = new Map(zone.nameServers.map((server) => [server.name ?? '', server]))
  const both = [...new Set([...zone.nsNames, ...nsNames])]
  const few = both.length <= mostNames
  const names = few ? both : both.toSorted((a, b) => Number(nsNames.includes(b)) - Number(nsNames.includes(a)))
  return Promise.all(
    names.map(async (name, index): Promise<NameServer> => {
      const delegated = nsNames.includes(name)
      const server = known.get(name)
      if (index >= mostNames) return { name, servers: [], delegated }
      if (server && server.servers.length > 0) return { ...server, delegated }
      const found = await nameServerOf(run, name, [], deadline).catch((error): NameServer => {
        run.throwIfAborted()
        if (!deadline?.aborted && !run.budget.deadline.aborted) throw error
        return { name, servers: [] }
      })
      return { ...found, delegated }
    }),
  )
}

/** Resolvers go by the glue of the parent zone, so an address that only the glue names is asked as well. */
function glueMismatch(server: NameServer, glue: DnsRecord[]): NonNullable<Zone['staleGlue']> {
  const { name } = server
  if (name === undefined || !server.delegated) return []
  const inParent = addressesIn(glue, name)
  const own = [...server.servers.map(({ address }) => address), ...(server.leftOut ?? [])]
  if (inParent.length === 0 || own.length === 0) return []
  // A parent may leave addresses out; one that the server does not have is the mismatch.
  return inParent.every((address) => own.includes(address)) ? [] : [{ name, inParent, own }]
}

function addressesIn(records: DnsRecord[], owner: string): string[] {
  return [...recordsOfType(records, 'A', owner), ...recordsOfType(records, 'AAAA', owner)].map(({ data }) => data)
}

interface Delegation {
  /** Sorted. */
  nsNames: string[]
  glue: DnsRecord[]
}

async function delegationOf(run: ResolverRun, zone: string, deadline?: AbortSignal): Promise<Delegation | undefined> {
  const parent = await findZoneNames(run, parentName(zone), deadline)
  for (const ns of parent.nsNames.slice(0, mostNames)) {
    const nameServer = await nameServerOf(run, ns, [], deadline)
    const answer = await run.askNameServer({ name: zone, type: 'NS' }, nameServer, { deadline })
    if (answer.referral?.zone === zone) {
      return { nsNames: [...new Set(answer.referral.nsNames)].sort(), glue: answer.referral.glue }
    }
    // The parent's server also serves the child: it answers with the child's own NS records, and both are in one hand.
    if (isDefinite(answer)) return { nsNames: namesOfServers(zone, answer.records), glue: [] }
  }
  return undefined
}
