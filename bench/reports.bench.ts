import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AggregateReader } from '@dmarc-as-code/reports'
import { SaxesParser } from 'saxes'
import { type BenchResult, interleave, median, milliseconds } from './harness.ts'
import { inputs } from './reports/inputs.ts'
import { aggregateOf } from './reports/samples.ts'

const RECORDS = 20_000
const ROUNDS = 9
const SLICE = 64 * 1024

/** A large aggregate report beside the bare XML parser over the same bytes, and the memory that hostile input can take. */
export default async function reports(): Promise<BenchResult[]> {
  const xml = aggregateOf(RECORDS)
  let read = 0
  const samples = await interleave(ROUNDS, {
    bare: () =>
      milliseconds(() => {
        const parser = new SaxesParser()
        for (let from = 0; from < xml.length; from += SLICE) parser.write(xml.slice(from, from + SLICE))
        parser.close()
      }),
    ours: () =>
      milliseconds(() => {
        const reader = new AggregateReader({
          now: Date.now(),
          onRecord: () => {
            read += 1
          },
        })
        reader.write(xml)
        reader.end()
      }),
  })
  if (read !== RECORDS * ROUNDS) throw new Error(`${read} records were read, expected ${RECORDS * ROUNDS}`)
  const [ours, bare] = [median(samples.ours), median(samples.bare)]
  return [
    {
      name: 'reports: aggregate report of 20,000 records, beside bare saxes',
      value: ours,
      unit: 'ms',
      target: 'at most 2 times',
      ratio: ours / bare,
      pass: ours / bare <= 2,
    },
    ...(await Promise.all(Object.entries(inputs).map(([name, make]) => memoryOf(name, make)))),
  ]
}

/** Memory that reading one input takes beyond the process that has loaded the reader and the input. */
async function memoryOf(name: string, make: () => Promise<Uint8Array>): Promise<BenchResult> {
  const folder = mkdtempSync(join(tmpdir(), 'dmarc-bench-'))
  try {
    const file = join(folder, 'input')
    writeFileSync(file, await make())
    const flags = ['--conditions=@dmarc-as-code/source', '--disable-warning=ExperimentalWarning']
    const child = spawnSync(process.execPath, [...flags, join(import.meta.dirname, 'reports/memory.ts'), file], {
      encoding: 'utf8',
      timeout: 120_000,
    })
    if (child.status !== 0 || child.stdout === '') throw new Error(child.stderr)
    const value = Number(child.stdout)
    const label = `reports: memory for a ${name}`
    return { name: label, value, unit: 'MB', target: 'under 100 MB', ratio: null, pass: value < 100 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
