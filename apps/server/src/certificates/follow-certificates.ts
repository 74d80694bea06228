import { acmeStateSince } from '../store/acme-state.ts'
import type { Store } from '../store/open-store.ts'
import type { CertificateCache } from './cached-certificates.ts'

/** Milliseconds between two looks, and by which they overlap: a row may be committed after a later one. */
const poll = 10_000
const overlap = 60_000

/** Has a cache read again the certificates that other processes have obtained. */
export function followCertificates(
  store: Store,
  certificates: Pick<CertificateCache, 'reload'>,
  { onError, poll: pause = poll }: { onError: (error: unknown) => void; poll?: number },
): { stop: () => Promise<void> } {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let since: number | undefined
  let running = Promise.resolve()
  let failing = false

  const look = async () => {
    try {
      const { names, now } = await acmeStateSince(store, 'certificate', since)
      for (const name of names) await certificates.reload(name)
      since = now - overlap
      failing = false
    } catch (error) {
      if (!failing && !stopped) onError(error)
      failing = true
    }
    if (!stopped) timer = setTimeout(begin, pause)
  }
  const begin = () => {
    running = look()
  }
  begin()
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}
