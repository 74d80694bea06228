/**
 * Runs `make` once for all callers that ask for the same key while it runs. Keeps nothing afterwards. When it fails, the
 * others make their own attempt: the one who ran it may just have been aborted.
 */
export function shareInFlight<V>(): (key: string, make: () => Promise<V>) => Promise<V> {
  const running = new Map<string, Promise<V>>()
  return (key, make) => {
    const existing = running.get(key)
    if (existing) return existing.catch(() => make())
    const started = make().finally(() => running.delete(key))
    running.set(key, started)
    return started
  }
}
