/**
 * Settles with the work, or rejects with the signal's reason as soon as the signal aborts, even if the work takes no
 * notice of it. Work that was left behind may still take effect: an aborted write has an unknown outcome.
 */
export function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (!signal) return work
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason)
    // What the work comes to is of no interest any more, but must not become an unhandled rejection.
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
    if (signal.aborted) return onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
  })
}
