export interface LimitedOptions {
  /** Stops new starts and is passed on to what runs. The result is then rejected with the signal's reason. */
  signal?: AbortSignal | undefined
}

/** The work on one item. The signal aborts when the caller's does, or when the work on another item has failed. */
export type LimitedWork<Item, Result> = (item: Item, index: number, signal: AbortSignal) => Promise<Result>

/**
 * `Promise.all(items.map(work))` with at most `limit` at a time; results in the order of the items.
 *
 * The first failure stops new starts, aborts the signal of what runs, and is thrown once that has ended, so nothing goes on
 * behind the caller's back. The same holds when the caller aborts.
 */
export async function mapLimited<Item, Result>(
  items: readonly Item[],
  limit: number,
  work: LimitedWork<Item, Result>,
  options: LimitedOptions = {},
): Promise<Result[]> {
  const results = new Array<Result>(items.length)
  for await (const { index, result } of eachLimited(items, limit, work, options)) results[index] = result
  return results
}

/**
 * Like `mapLimited`, but yields each result as soon as it is there. Items are read as they are needed. Leaving the loop
 * early stops new starts, aborts the signal of what runs, and waits until that has ended.
 */
export async function* eachLimited<Item, Result>(
  items: Iterable<Item> | AsyncIterable<Item>,
  limit: number,
  work: LimitedWork<Item, Result>,
  options: LimitedOptions = {},
): AsyncGenerator<{ item: Item; index: number; result: Result }, void, undefined> {
  if (!(limit >= 1)) throw new RangeError(`The limit must be at least 1, found ${limit}.`)
  const { signal } = options
  const stop = new AbortController()
  const inner = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal
  const source = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]()
  const done: { item: Item; index: number; result: Result }[] = []
  let failure: { error: unknown } | undefined
  let exhausted = false
  let reading = false
  let running = 0
  let started = 0
  let wake = () => {}

  const fail = (error: unknown) => {
    failure ??= { error }
    stop.abort(error)
    wake()
  }
  const start = (item: Item) => {
    const index = started++
    running++
    new Promise<Result>((resolve) => resolve(work(item, index, inner)))
      .then((result) => void done.push({ item, index, result }), fail)
      .finally(() => {
        running--
        wake()
        void fill()
      })
  }
  /** Starts as much as may run. Results that nobody reads stop it, or they would pile up. */
  const fill = async () => {
    if (reading) return
    reading = true
    try {
      while (!exhausted && !failure && running < limit && done.length < limit) {
        const read = source.next()
        // Waiting for what is there already would give up the turn between two starts.
        const next = read instanceof Promise ? await read : (read as IteratorResult<Item>)
        if (next.done) exhausted = true
        else if (!failure) start(next.value)
      }
    } catch (error) {
      fail(error)
    } finally {
      reading = false
      wake()
    }
  }
  const onAbort = () => fail(signal?.reason)
  if (signal?.aborted) onAbort()
  signal?.addEventListener('abort', onAbort, { once: true })

  try {
    for (;;) {
      void fill()
      if (failure) throw failure.error
      const ready = done.shift()
      if (ready) yield ready
      else if (exhausted && running === 0) return
      else await changed(() => done.length > 0 || failure !== undefined || (exhausted && running === 0))
    }
  } finally {
    signal?.removeEventListener('abort', onAbort)
    failure ??= { error: new Error('The loop over the results ended early.') }
    stop.abort(failure.error)
    while (running > 0) await changed(() => running === 0)
    // A source that is still being asked for its next item might never answer; it must not hold up the end.
    const returned = Promise.resolve(source.return?.(undefined))
    if (reading) returned.catch(() => {})
    else await returned
  }

  /** Resolves at the next change, or at once where it has come already. */
  function changed(already: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      wake = resolve
      if (already()) resolve()
    })
  }
}
