import type { DomainSummary } from '../../shared/model.ts'
import type { Clock } from '../clock.ts'

export interface VerifyOptions {
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly verify: (key: string) => Promise<DomainSummary>
  readonly onLook: (domain: DomainSummary) => void
}

const second = 1000
/** Somebody watches the screen; later the ordinary polling goes on looking. */
const deadline = 15 * 60 * second

/**
 * Has the service look again and again until every domain is ready, nothing is left but what a person must do, the
 * deadline passes, or the caller stops. A look that fails counts as no look.
 */
export async function verifyUntilReady(keys: readonly string[], options: VerifyOptions): Promise<void> {
  const { clock, signal } = options
  const end = clock.now() + deadline
  let open = [...keys]
  let delay = second
  while (open.length > 0 && clock.now() < end && !signal.aborted) {
    await pause(delay, clock, signal)
    if (signal.aborted) return
    const looks = await Promise.all(open.map((key) => look(key, options)))
    open = open.filter((_key, index) => looks[index] !== 'ready')
    // The service looks at a domain at most every ten seconds.
    delay = delay < 10 * second ? 10 * second + 200 : Math.min(delay * 1.3, 60 * second)
  }
}

async function look(
  key: string,
  { verify, onLook, signal }: VerifyOptions,
): Promise<DomainSummary['state'] | undefined> {
  try {
    const domain = await verify(key)
    if (signal.aborted) return undefined
    onLook(domain)
    return domain.state
  } catch {
    return undefined
  }
}

function pause(delay: number, clock: Clock, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.after(delay, resolve)
    signal.addEventListener('abort', () => {
      cancel()
      resolve()
    })
  })
}
