const AT_ONCE = 8

/** Runs this for each item, a few at a time; answers in the order of the items. */
export async function severalAtOnce<T, R>(items: readonly T[], run: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  // Each takes the next item as soon as it is done with one.
  const rest = items.entries()
  const worker = async () => {
    for (const [index, item] of rest) results[index] = await run(item)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return results
}
