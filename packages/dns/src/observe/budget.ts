/** Packets that one look may send to one authoritative address, and to all of them. */
const mostToOne = 16
const mostToAll = 256

/**
 * Bounds what one look sends to servers that the owner of a zone chooses: a zone with many name servers must not make us
 * send more than they can bear, nor use our time up.
 */
export class PacketBudget {
  readonly #sent = new Map<string, number>()
  #all = 0

  /** Takes as many packets as one question may need; false where they are not left. */
  take(address: string, packets: number): boolean {
    const sent = this.#sent.get(address) ?? 0
    if (sent + packets > mostToOne || this.#all + packets > mostToAll) return false
    this.#sent.set(address, sent + packets)
    this.#all += packets
    return true
  }
}
