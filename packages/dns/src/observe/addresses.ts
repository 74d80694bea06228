import { serverAddress } from '../transport/errors.ts'
import type { NameServer } from './types.ts'

/** Name servers of one zone that are asked, and addresses of each. A zone with more is asked in part. */
export const mostNames = 13
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
export function byAddress(
  nameServers: readonly NameServer[],
  most = mostNames * mostAddresses,
): { each: NameServer[]; leftOut: string[] } {
  const names = [...new Set(nameServers.map(({ name }, index) => name ?? index))].slice(0, mostNames)
  const isAsked = ({ name }: NameServer, index: number) => names.includes(name ?? index)
  const each = new Map<string, NameServer>()
  const beyond = new Set<string>()
  const asked = nameServers.filter(isAsked)
  for (const { leftOut: _, ...nameServer } of asked) {
    if (nameServer.servers.length === 0) each.set(`name ${nameServer.name}`, nameServer)
  }
  // By turns, so that where not all can be asked each name is: first the first address of each, then the second.
  for (let turn = 0; turn < mostAddresses; turn++) {
    for (const { leftOut: _, ...nameServer } of asked) {
      const server = nameServer.servers[turn]
      if (!server) continue
      const key = serverAddress(server)
      const known = each.get(key)
      if (known) each.set(key, merged(known, nameServer))
      else if (each.size < most) each.set(key, { ...nameServer, servers: [server] })
      else beyond.add(server.address)
    }
  }
  const leftOut = nameServers.flatMap((nameServer, index) =>
    isAsked(nameServer, index) ? (nameServer.leftOut ?? []) : [nameServer.name ?? 'a name server without a name'],
  )
  return { each: inOrder(asked, each), leftOut: [...new Set([...leftOut, ...beyond])] }
}

/** The entries as the name servers list them. */
function inOrder(nameServers: readonly NameServer[], each: ReadonlyMap<string, NameServer>): NameServer[] {
  const keys = nameServers.flatMap(({ name, servers }) =>
    servers.length === 0 ? [`name ${name}`] : servers.map(serverAddress),
  )
  return [...new Set(keys)].flatMap((key) => each.get(key) ?? [])
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
