import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Benchmark } from './harness.ts'

// Runs one benchmark in a process of its own, so that no other's memory or warm code is measured with it, and prints its
// results as one line of JSON behind a mark that nothing else prints.
const [file, only] = process.argv.slice(2)
if (file === undefined) throw new Error('usage: node bench/one.ts FILE.bench.ts [PART]')
const { default: benchmark } = (await import(pathToFileURL(resolve(file)).href)) as { default: Benchmark }
console.log(`bench-results:${JSON.stringify(await benchmark(only))}`)
process.exit(0)
