import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { BenchResult } from './harness.ts'
import { saveResults } from './saved-results.ts'

// `npm run bench [-- name ...] [-- --json] [-- --save]`: every `*.bench.ts` here (or the named ones), each in its own
// process. --save keeps the figures in bench/results, from where the documentation quotes them. `desktop:scroll` runs one part of
// a benchmark that has parts; its figures are not saved, as the others would be lost.
const LONGEST_MS = 30 * 60_000
const MARK = 'bench-results:'
const here = import.meta.dirname
const args = process.argv.slice(2)
const json = args.includes('--json')
const save = args.includes('--save')
const wanted = args.filter((arg) => !arg.startsWith('--'))
const withParts = new Set(['desktop'])
const known = readdirSync(here)
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.slice(0, -'.bench.ts'.length))
  .sort()

for (const name of wanted) {
  const [file = '', part] = name.split(':')
  if (!existsSync(join(here, `${file}.bench.ts`))) {
    console.error(`No benchmark is called "${file}". There are: ${known.join(', ')}.`)
    process.exit(2)
  }
  if (part !== undefined && !withParts.has(file)) {
    console.error(`The benchmark "${file}" has no parts. Those with parts: ${[...withParts].join(', ')}.`)
    process.exit(2)
  }
}

const results: BenchResult[] = []
let broken = false
for (const name of wanted.length > 0 ? wanted : known) {
  if (!json) console.log(`${name} ...`)
  try {
    const [file = '', part] = name.split(':')
    const found = await runInOwnProcess(join(here, `${file}.bench.ts`), part)
    if (save && part === undefined) saveResults(file, found, new Date())
    results.push(...found)
  } catch (error) {
    broken = true
    console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`)
  }
}
console.log(json ? JSON.stringify({ results }) : table(results))
process.exit(!broken && results.every((result) => result.pass) ? 0 : 1)

function runInOwnProcess(file: string, part: string | undefined): Promise<BenchResult[]> {
  return new Promise((resolve, reject) => {
    const flags = ['--conditions=@dmarc-as-code/source', '--expose-gc', '--disable-warning=ExperimentalWarning']
    const child = spawn(
      process.execPath,
      [...flags, join(here, 'one.ts'), file, ...(part === undefined ? [] : [part])],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
        timeout: LONGEST_MS,
      },
    )
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
    child.once('error', reject)
    child.once('close', (code, signal) => {
      const line = output.split('\n').find((text) => text.startsWith(MARK))
      if (line !== undefined) resolve(JSON.parse(line.slice(MARK.length)) as BenchResult[])
      else reject(new Error(`ended without results (${signal ?? `exit code ${code}`})`))
    })
  })
}

function table(rows: BenchResult[]): string {
  const cells = rows.map((row) => [
    row.pass ? 'ok' : 'MISSED',
    row.name,
    `${Number(row.value.toPrecision(4))} ${row.unit}`,
    row.ratio === null ? '' : `${row.ratio.toFixed(2)}x`,
    row.target,
  ])
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(0, ...cells.map((row) => row[column]?.length ?? 0)))
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
