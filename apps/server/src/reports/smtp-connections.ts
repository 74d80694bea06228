import { clientNetwork } from '../network/client-network.ts'

export interface ConnectionLimits {
  /** Connections of one client network at the same time. */
  perNetwork: number
  /** Milliseconds that a connection may last: one byte a minute would hold it for ever. */
  lifetime: number
  /** Called for a connection that has lasted too long. */
  end: (connection: string) => void
}

export interface Connections {
  /** False: its network has too many. */
  open: (connection: string, address: string) => boolean
  /** Also of a connection that was never opened here: one that ended before it was greeted. */
  close: (connection: string) => void
  stop: () => void
}

/** Counts the open connections by the network of the client, and ends those that last too long. */
export function countConnections({ perNetwork, lifetime, end }: ConnectionLimits): Connections {
  const open = new Map<string, { network: string; timer: NodeJS.Timeout }>()
  const counts = new Map<string, number>()
  return {
    open(connection, address) {
      const network = clientNetwork(address)
      const count = counts.get(network) ?? 0
      if (count >= perNetwork) return false
      counts.set(network, count + 1)
      open.set(connection, { network, timer: setTimeout(() => end(connection), lifetime).unref() })
      return true
    },
    close(connection) {
      const known = open.get(connection)
      if (!known) return
      open.delete(connection)
      clearTimeout(known.timer)
      const left = (counts.get(known.network) ?? 1) - 1
      if (left > 0) counts.set(known.network, left)
      else counts.delete(known.network)
    },
    stop() {
      for (const { timer } of open.values()) clearTimeout(timer)
    },
  }
}
