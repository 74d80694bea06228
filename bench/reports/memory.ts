import { readFileSync } from 'node:fs'
import { readReports } from '@dmarc-as-code/reports/node'
import { peakMemoryMiB } from '../peak-memory.ts'
import { aggregateOf } from './samples.ts'

// Reads one input from a file and prints by how many MB the process grew at most, the input itself not counted.
const input = readFileSync(process.argv[2] ?? '')
await readReports(Buffer.from(aggregateOf(10)), { clock: Date.now })
const before = process.memoryUsage().rss
await readReports(input, { clock: Date.now })
process.stdout.write(String(((peakMemoryMiB() ?? 0) * 1024 * 1024 - before) / 1e6))
