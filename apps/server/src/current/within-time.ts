import { type Found, notKnown } from './found.ts'

/**
 * Looks something up within a time of its own, so that a slow first step leaves the next one its time. Not known where the
 * time is over; rejects when `signal` aborts.
 */
export async function withinTime<Value>(
  { milliseconds, what, signal }: { milliseconds: number; what: string; signal?: AbortSignal | undefined },
  look: (signal: AbortSignal) => Promise<Found<Value>>,
): Promise<Found<Value>> {
  const deadline = AbortSignal.timeout(milliseconds)
  try {
    return await look(signal ? AbortSignal.any([signal, deadline]) : deadline)
  } catch (error) {
    signal?.throwIfAborted()
    if (deadline.aborted) return notKnown(`${what} took longer than ${milliseconds / 1000} s.`)
    throw error
  }
}
