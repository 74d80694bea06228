/** Something an abort ends. */
export interface Abortable {
  aborted(reason: unknown): void
}

/**
 * What is under way, by the signal that can end it. All that share a signal share one listener, for hundreds of listeners
 * are slow to remove; and the last to leave removes it, for Node keeps a signal that is listened to alive.
 */
export class SignalMembers {
  readonly #groups = new Map<AbortSignal, { members: Set<Abortable>; listener: () => void }>()

  join(signal: AbortSignal, member: Abortable): void {
    let group = this.#groups.get(signal)
    if (!group) {
      const members = new Set<Abortable>()
      const listener = () => members.forEach((one) => void one.aborted(signal.reason))
      group = { members, listener }
      this.#groups.set(signal, group)
      signal.addEventListener('abort', listener)
    }
    group.members.add(member)
  }

  leave(signal: AbortSignal, member: Abortable): void {
    const group = this.#groups.get(signal)
    group?.members.delete(member)
    if (group?.members.size !== 0) return
    signal.removeEventListener('abort', group.listener)
    this.#groups.delete(signal)
  }
}
