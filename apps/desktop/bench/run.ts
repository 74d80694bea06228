// Runs the app's benchmarks, each in a desktop session of its own, and prints one JSON object with all results.
import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { prepareElectron } from '../scripts/prepare-electron.ts'
import { print, type Result } from './result.ts'

const folder = resolve(import.meta.dirname, '..')
const benches = ['time-to-tray.ts', 'idle.ts', 'timer-wakes.ts', 'open-window.ts', 'scroll.ts']

function run(command: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, env, encoding: 'utf8', timeout: 600_000 })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}: ${stderr}`)
  return stdout
}

const env = { ...process.env, ELECTRON_EXEC_PATH: await prepareElectron(), DMARC_WATCH_NODE: process.execPath }
run('electron-vite', ['build', '--logLevel', 'error'])
const results: Result[] = benches.flatMap((bench) => {
  const file = join(import.meta.dirname, bench)
  const out = run(join(folder, 'e2e/session/run.sh'), [process.execPath, '--conditions=@dmarc-as-code/source', file])
  const line = out.split('\n').find((each) => each.startsWith('{"results"'))
  if (!line) throw new Error(`${bench} printed no results: ${out}`)
  return (JSON.parse(line) as { results: Result[] }).results
})
print(results)
