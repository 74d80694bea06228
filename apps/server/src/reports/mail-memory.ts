/** Bytes of the mails that are being received or stored, of everybody and by client network. */
export interface MailMemory {
  /** False: there is no room for so many more. */
  take: (network: string, bytes: number) => boolean
  give: (network: string, bytes: number) => void
}

/** `share` is what one client network may hold of `total`: else one that sends slowly keeps everybody out. */
export function mailMemory({ total, share }: { total: number; share: number }): MailMemory {
  let taken = 0
  const byNetwork = new Map<string, number>()
  return {
    take(network, bytes) {
      const own = (byNetwork.get(network) ?? 0) + bytes
      if (taken + bytes > total || own > share) return false
      taken += bytes
      byNetwork.set(network, own)
      return true
    },
    give(network, bytes) {
      taken -= bytes
      const left = (byNetwork.get(network) ?? 0) - bytes
      if (left > 0) byNetwork.set(network, left)
      else byNetwork.delete(network)
    },
  }
}
