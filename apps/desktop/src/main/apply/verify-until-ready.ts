import type { Clock } from '@dmarc-as-code/primitives'
import { after, mapLimited } from '@dmarc-as-code/primitives'
import type { DomainSummary } from '../../shared/model.ts'
import { type Problem, ProblemError, toProblem } from '../../shared/problems.ts'

interface VerifyOptions {
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly verify: (key: string) => Promise<DomainSummary>
  readonly onVerified: (domain: DomainSummary) => void
  /** Why a round verified nothing, and undefined as soon as one does again. */
  readonly onProblem: (problem: Problem | undefined) => void
  /** Whether there is nothing more to wait for. */
  readonly isDone: (domain: DomainSummary) => boolean
}

const second = 1000
/** Somebody watches the screen; later the ordinary polling continues. */
const deadline = 15 * 60 * second
const concurrency = 6

/** What became of one verification; `retryAfter` where it was refused for now. Milliseconds. */
interface Result {
  readonly isDone: boolean
  readonly retryAfter?: number
  /** It failed, other than by being asked too often. */
  readonly problem?: Problem
}

/**
 * Verifies repeatedly until every domain is done, the deadline passes, or the caller stops. A verification that
 * fails is tried again; one that comes too soon after another, which the ordinary polling may have begun, as soon as it may.
 */
export async function verifyUntilReady(keys: readonly string[], options: VerifyOptions): Promise<void> {
  const { clock, signal } = options
  const end = clock.now() + deadline
  let open = [...keys]
  let delay = second
  while (open.length > 0 && clock.now() < end && !signal.aborted) {
    await pause(delay, clock, signal)
    if (signal.aborted) return
    const results = await mapLimited(open, concurrency, (key) => verifyOnce(key, options))
    open = open.filter((_key, index) => !results[index]?.isDone)
    if (signal.aborted) return
    const failed = results.find(({ problem }) => problem)
    if (results.some(({ problem, retryAfter }) => !problem && retryAfter === undefined)) options.onProblem(undefined)
    else if (failed) options.onProblem(failed.problem)
    const refused = results.flatMap(({ retryAfter }) => retryAfter ?? [])
    // The service verifies a domain at most every ten seconds.
    const usual = delay < 10 * second ? 10 * second + 200 : Math.min(delay * 1.3, 60 * second)
    delay = refused.length > 0 ? Math.min(Math.max(...refused, second), 60 * second) : usual
  }
}

async function verifyOnce(key: string, { verify, onVerified, isDone, signal }: VerifyOptions): Promise<Result> {
  try {
    const domain = await verify(key)
    if (signal.aborted) return { isDone: false }
    onVerified(domain)
    return { isDone: isDone(domain) }
  } catch (error) {
    const retryAfter = error instanceof ProblemError ? error.retryAfter : undefined
    if (retryAfter !== undefined) return { isDone: false, retryAfter }
    return { isDone: false, problem: toProblem(error) }
  }
}

/** Resolves after the delay, or at once when the caller stops. */
export function pause(delay: number, clock: Clock, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      cancel()
      resolve()
    }
    const cancel = after(clock, delay, () => {
      signal.removeEventListener('abort', stop)
      resolve()
    })
    signal.addEventListener('abort', stop, { once: true })
  })
}
