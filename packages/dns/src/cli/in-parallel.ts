/** Runs `work` for each item, at most `limit` at a time, and yields results as they come. Leaving the loop stops it. */
export async function* inParallel<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R, void, undefined> {
  const running = new Map<number, Promise<{ index: number; result: R }>>()
  let next = 0
  const start = () => {
    const index = next++
    running.set(
      index,
      work(items[index] as T).then((result) => ({ index, result })),
    )
  }
  try {
    while (next < Math.min(limit, items.length)) start()
    while (running.size > 0) {
      const { index, result } = await Promise.race(running.values())
      running.delete(index)
      if (next < items.length) start()
      yield result
    }
  } finally {
    // Whatever is still on its way may fail unheard.
    await Promise.allSettled(running.values())
  }
}
