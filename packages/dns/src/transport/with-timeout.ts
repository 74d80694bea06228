/**
 * A promise with a deadline and an abort signal. `start` gets the two ends and answers how to stop what it began;
 * stopping happens exactly once, whoever ends it.
 */
export function withTimeout<T>(
  milliseconds: number,
  signal: AbortSignal | undefined,
  onTimeout: () => Error,
  start: (resolve: (value: T) => void, reject: (error: unknown) => void) => () => void,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason)
      return
    }
    let stop: (() => void) | undefined
    let over = false
    const finish = (settle: () => void) => {
      if (over) return
      over = true
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      stop?.()
      settle()
    }
    const onAbort = () => finish(() => reject(signal?.reason))
    const timer = setTimeout(() => finish(() => reject(onTimeout())), milliseconds)
    signal?.addEventListener('abort', onAbort, { once: true })
    try {
      stop = start(
        (value) => finish(() => resolve(value)),
        (error) => finish(() => reject(error)),
      )
      if (over) stop()
    } catch (error) {
      finish(() => reject(error))
    }
  })
}
