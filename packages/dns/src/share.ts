/** Runs `make` once for all callers that ask for the same key while it runs. Keeps nothing afterwards. */
export function shareInFlight<V>(): (key: string, make: () => Promise<V>) => Promise<V> {
  const running = new Map<string, Promise<V>>()
  return (key, make) => {
    const existing = running.get(key)
    if (existing) return existing
    const started = make().finally(() => running.delete(key))
    running.set(key, started)
    return started
  }
}
