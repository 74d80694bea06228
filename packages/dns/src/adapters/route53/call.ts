import { DnsServiceError } from '../../engine/errors.ts'
import type { Sleep } from '../http.ts'
import { Pace } from '../pace.ts'
import { route53Error } from './errors.ts'

/** How often one request may be refused for its pace, and for another change of its zone that is still under way. */
const mostRefusals = 50
const mostWaits = 6
/** How often a request is sent that may simply have been lost. */
const mostTries = 4

/**
 * Sends requests at the pace of the account. What was refused for its pace was not carried out, so it is always sent
 * again; what failed otherwise only when it may be repeated: a repeated batch could meet its own first effect and look
 * refused.
 */
export function route53Caller(sleep: Sleep, clock: () => number) {
  const pace = new Pace(sleep, clock)
  return async <T>(send: () => Promise<T>, signal: AbortSignal | undefined, { repeatable = true } = {}): Promise<T> => {
    for (let refusals = 0, waits = 0, tries = 1; ; ) {
      try {
        signal?.throwIfAborted()
        await pace.turn(signal)
        const answer = await send()
        pace.passed()
        return answer
      } catch (error) {
        signal?.throwIfAborted()
        const told = route53Error(error)
        if (!(told instanceof DnsServiceError)) throw told
        const { kind } = told
        if (kind === 'throttled' && isBusyZone(error)) {
          if (++waits === mostWaits) throw told
          await sleep(500 * 2 ** waits, signal)
        } else if (kind === 'throttled') {
          pace.refused()
          if (++refusals === mostRefusals) throw told
        } else {
          const lost = kind === 'unavailable' || kind === 'timed-out'
          if (!repeatable || !lost || tries++ === mostTries) throw told
          await sleep(250 * 2 ** tries, signal)
        }
      }
    }
  }
}

/** Route 53 changes a zone once at a time; other zones are none the slower for it. */
const isBusyZone = (error: unknown) => error instanceof Error && error.name === 'PriorRequestNotComplete'
