import { untilAborted } from '@dmarc-as-code/primitives'
import { storeIsWritable } from '../store/is-writable.ts'
import type { Store } from '../store/open-store.ts'

/** Milliseconds for each part: whoever asks has a limit of his own. */
const patience = 2000
/** Milliseconds for which an answer of the zone's service counts, so that probes do not use up what the service admits. */
const zoneAnswerCounts = 30_000

export interface ReadinessParts {
  store: Store
  /** Rejects where the hosted zone cannot be reached for publishing. */
  zone: (signal: AbortSignal) => Promise<unknown>
}

/**
 * Whether each part can work: the store can be written, the zone can be reached. Certificates are no part of it, since a
 * process that lacks one serves everything else.
 */
export function readiness({ store, zone }: ReadinessParts): () => Promise<Record<string, boolean>> {
  let zoneReady: { at: number; answer: Promise<boolean> } | undefined
  const zoneIsReady = () => {
    const now = performance.now()
    if (!zoneReady || now - zoneReady.at > zoneAnswerCounts) {
      const answer = within(zone)
      zoneReady = { at: now, answer }
      // A failure is asked about again at once.
      void answer.then((ready) => {
        if (!ready && zoneReady?.answer === answer) zoneReady = undefined
      })
    }
    return zoneReady.answer
  }
  return async () => {
    const [storeReady, ready] = await Promise.all([within(() => storeIsWritable(store)), zoneIsReady()])
    return { store: storeReady, zone: ready }
  }
}

async function within(ask: (signal: AbortSignal) => Promise<unknown>): Promise<boolean> {
  const signal = AbortSignal.timeout(patience)
  try {
    return (await untilAborted(ask(signal), signal)) !== false
  } catch {
    return false
  }
}
