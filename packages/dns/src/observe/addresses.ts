import { serverAddress } from '../transport/errors.ts'
import type { NameServer } from './types.ts'

/** Name servers of one zone that are asked, and addresses of each. A zone with more is asked in part. */
const mostNames = 13
const mostAddresses = 4

/** The addresses of a name server that are asked, and those that are left out. */
export function askedAddresses(addresses: readonly string[]): Pick<NameServer, 'servers' | 'leftOut'> {
  const leftOut = addresses.slice(mostAddresses)
  const servers = addresses.slice(0, mostAddresses).map((address) => ({ address }))
  return leftOut.length > 0 ? { servers, leftOut } : { servers }
}

/**
 * One entry for each address of a zone's name servers, because each address can be a machine with a copy of its own.
 * Names that share an address share an entry; a name without an address keeps one, so that its silence is seen.
 */
export function byAddress(nameServers: readonly NameServer[]): { each: NameServer[]; leftOut: string[] } {
  const each = new Map<string, NameServer>()
  for (const { leftOut: _, ...nameServer } of nameServers.slice(0, mostNames)) {
    if (nameServer.servers.length === 0) each.set(`name ${nameServer.name}`, nameServer)
    for (const server of nameServer.servers) {
      const key = serverAddress(server)
      const known = each.get(key)
      each.set(key, known ? merged(known, nameServer) : { ...nameServer, servers: [server] })
    }
  }
  const leftOut = nameServers.flatMap((nameServer, index) =>
    index < mostNames ? (nameServer.leftOut ?? []) : [nameServer.name ?? 'a name server without a name'],
  )
  return { each: [...each.values()], leftOut }
}

/** The parent delegates to an address if it does so by any of its names. */
function merged(known: NameServer, other: NameServer): NameServer {
  const delegated = known.delegated || other.delegated ? true : (known.delegated ?? other.delegated)
  const { glueOnly: _, ...rest } = known
  return {
    ...rest,
    ...(delegated !== undefined && { delegated }),
    ...(known.glueOnly && other.glueOnly && { glueOnly: true }),
  }
}
