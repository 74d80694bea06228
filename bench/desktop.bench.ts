import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { BenchResult } from './harness.ts'

// DMARC Watch in a desktop session of its own, against the least that an Electron app with a tray can be. The measurements are
// the app's own (apps/desktop/bench); this runs them and gives their figures the form of the others.
const folder = join(import.meta.dirname, '../apps/desktop')

interface AppResult {
  name: string
  value: number
  unit: string
  target: number
  ratio: number
  pass: boolean
}

export default async function desktop(): Promise<BenchResult[]> {
  const flags = ['--conditions=@dmarc-as-code/source', '--disable-warning=ExperimentalWarning']
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, join(folder, 'bench/run.ts')], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 24,
  })
  const line = stdout.split('\n').find((text) => text.startsWith('{"results"'))
  if (!line) throw new Error(`the app's benchmarks ended with ${status}: ${stderr.slice(-2000)}`)
  const { results } = JSON.parse(line) as { results: AppResult[] }
  return results.map(({ name, value, unit, target, ratio, pass }) => ({
    name,
    value,
    unit,
    target: isAgainstBareApp(name) ? `at most ${target} times a bare app with a tray` : `at most ${target} ${unit}`,
    ratio: isAgainstBareApp(name) ? ratio : null,
    pass,
  }))
}

const isAgainstBareApp = (name: string) => /time to tray|memory|timer wakes/.test(name)
