import { parentName } from '../wire/names.ts'
import { isDefinite } from './classify.ts'
import { nameServerOf, namesOfServers } from './find-zone.ts'
import type { ResolverRun } from './run.ts'
import type { NameServer, Zone } from './types.ts'

/**
 * Adds the parent's view to a zone: the NS names it delegates to, and which of the zone's servers they are. Servers that
 * only the parent names are added, since those are the ones the world asks. Where the parent cannot be asked, or is
 * outside the stub zones while the zone is inside, the zone comes back as it was.
 */
export async function withDelegation(run: ResolverRun, zone: Zone, deadline?: AbortSignal): Promise<Zone> {
  if (zone.name === '') return zone
  const parentStub = run.stubFor(parentName(zone.name))
  // The servers of a stub zone were given by hand; its own NS records, let alone its parent's, do not say whom to ask.
  if (zone.stub || parentStub) return zone
  const delegation = await delegationOf(run, zone.name, deadline).catch((error) => {
    run.throwIfAborted()
    if (error instanceof Error) return undefined
    throw error
  })
  if (!delegation || delegation.length === 0) return zone
  const own = zone.nameServers.map((server) => ({ ...server, delegated: delegation.includes(server.name ?? '') }))
  const missing = delegation.filter((ns) => !zone.nsNames.includes(ns))
  const added = await Promise.all(
    missing.map((ns) =>
      nameServerOf(run, ns, [], deadline).catch((error): NameServer => {
        run.throwIfAborted()
        if (!deadline?.aborted) throw error
        return { name: ns, servers: [] }
      }),
    ),
  )
  return {
    ...zone,
    delegation,
    nameServers: [...own, ...added.map((server) => ({ ...server, delegated: true }))],
  }
}

async function delegationOf(run: ResolverRun, zone: string, deadline?: AbortSignal): Promise<string[] | undefined> {
  const parent = await run.findZone(parentName(zone), deadline)
  for (const nameServer of parent.nameServers) {
    const answer = await run.askNameServer({ name: zone, type: 'NS' }, nameServer, { deadline })
    if (answer.referral?.zone === zone) return [...new Set(answer.referral.nsNames)].sort()
    // The parent's server also serves the child: it answers with the child's own NS records, and both are in one hand.
    if (isDefinite(answer)) return namesOfServers(zone, answer.records)
  }
  return undefined
}
