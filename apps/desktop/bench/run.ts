// Runs the app's benchmarks, each in a desktop session of its own, and prints one JSON object with all results. What is being
// measured, and how long it took, goes to the standard error as it happens: the whole takes about eight minutes, most of it
// watching an idle app. A step that fails or takes too long is named, and costs only its own figures. With names of steps as
// arguments (`scroll`) only these run.
import { basename, join, resolve } from 'node:path'
import { prepareElectron } from '../scripts/prepare-electron.ts'
import type { Result } from './result.ts'
import { runStep } from './step.ts'

const folder = resolve(import.meta.dirname, '..')
/** Seconds that a step may take: a few times what it takes on a quiet machine. */
const steps = [
  { file: 'time-to-tray.ts', limit: 180 },
  { file: 'idle.ts', limit: 300 },
  { file: 'timer-wakes.ts', limit: 600 },
  { file: 'open-window.ts', limit: 180 },
  { file: 'scroll.ts', limit: 180 },
]

const names = steps.map(({ file }) => basename(file, '.ts'))
const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !names.includes(name))
if (unknown.length > 0) {
  console.error(`No step is called ${unknown.join(', ')}. There are: ${names.join(', ')}.`)
  process.exit(2)
}
const chosen = steps.filter(({ file }) => wanted.length === 0 || wanted.includes(basename(file, '.ts')))

const env = { ...process.env, ELECTRON_EXEC_PATH: await prepareElectron(), DMARC_WATCH_NODE: process.execPath }
const results: Result[] = []
const failed: string[] = []

async function step(name: string, limit: number, command: string, args: readonly string[]): Promise<string> {
  process.stderr.write(`desktop: ${name} (at most ${limit} s) ...`)
  const begun = performance.now()
  try {
    const output = await runStep(command, args, { cwd: folder, env, limitMs: limit * 1000 })
    console.error(` ${Math.round((performance.now() - begun) / 1000)} s`)
    return output
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    console.error(` failed: ${why}`)
    failed.push(`${name}: ${why}`)
    return ''
  }
}

await step('build', 300, 'electron-vite', ['build', '--logLevel', 'error'])
if (failed.length === 0) {
  for (const { file, limit } of chosen) {
    const path = join(import.meta.dirname, file)
    const node = [process.execPath, '--conditions=@dmarc-as-code/source', path]
    const output = await step(file, limit, join(folder, 'e2e/session/run.sh'), node)
    const line = output.split('\n').find((each) => each.startsWith('{"results"'))
    if (line) results.push(...(JSON.parse(line) as { results: Result[] }).results)
    else if (output) failed.push(`${file}: printed no results: ${output}`)
  }
}
console.log(JSON.stringify({ results, failed }))
process.exit(failed.length === 0 ? 0 : 1)
