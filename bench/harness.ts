/**
 * One figure. `value` is the median over the runs, in `unit`; `ratio` is that median over the floor's, taken in the same
 * run of the benchmark; `target` says in words what is promised, and `pass` whether it held.
 */
export interface BenchResult {
  name: string
  value: number
  unit: string
  target: string
  ratio: number | null
  pass: boolean
}

/** What a `*.bench.ts` file exports as its default. `only` names one part, for a benchmark that has parts. */
export type Benchmark = (only?: string) => Promise<BenchResult[]>

/** The middle value; the mean of the two middle ones for an even count. Throws on an empty list. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle]
  if (upper === undefined) throw new Error('the median of no values was asked for: run the benchmark at least once')
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2
}

/**
 * Runs the candidates in turn, `rounds` times, so that a machine that slows down slows all of them, and answers each
 * one's samples. A candidate answers its own figure (milliseconds, operations a second, ...).
 */
export async function interleave<K extends string>(
  rounds: number,
  candidates: Record<K, () => Promise<number> | number>,
): Promise<Record<K, number[]>> {
  const names = Object.keys(candidates) as K[]
  const samples = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<K, number[]>
  for (let round = 0; round < rounds; round++) {
    for (const name of names) samples[name].push(await candidates[name]())
  }
  return samples
}

/** Milliseconds that `work` takes, by the monotonic clock. */
export async function milliseconds(work: () => unknown): Promise<number> {
  const from = performance.now()
  await work()
  return performance.now() - from
}
