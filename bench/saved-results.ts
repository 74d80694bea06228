import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BenchResult } from './harness.ts'
import { type Machine, machine } from './machine.ts'

/** A file of `bench/results/`: the figures of one benchmark, which the documentation quotes. */
export interface SavedResults {
  /** When it was measured: `2026-05-04`, UTC. */
  date: string
  machine: Machine
  results: BenchResult[]
}

const folder = join(import.meta.dirname, 'results')

/** Keeps the figures of a benchmark as `bench/results/NAME.json`, in the place of older ones. */
export function saveResults(name: string, results: readonly BenchResult[], now: Date): void {
  const saved: SavedResults = {
    date: now.toISOString().slice(0, 10),
    machine: machine(),
    // Digits beyond the noise would change with every run.
    results: results.map((result) => ({
      ...result,
      value: Number(result.value.toPrecision(4)),
      ratio: result.ratio === null ? null : Number(result.ratio.toPrecision(3)),
    })),
  }
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(saved, null, 2)}\n`)
}
