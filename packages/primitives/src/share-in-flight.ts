/**
 * Runs `make` once for all callers that ask for the same key while it runs. Keeps nothing afterwards. When it fails, the
 * others make their own attempt: the one who ran it may just have been aborted.
 */
export function shareInFlight<Value>(): (key: string, make: () => Promise<Value>) => Promise<Value> {
  const running = new Map<string, Promise<Value>>()
  return (key, make) => {
    const existing = running.get(key)
    if (existing) return existing.catch(() => make())
    const started = make().finally(() => running.delete(key))
    running.set(key, started)
    return started
  }
}
