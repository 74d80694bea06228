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

export default async function desktop(only?: string): Promise<BenchResult[]> {
  const flags = ['--conditions=@dmarc-as-code/source', '--disable-warning=ExperimentalWarning']
  // Its progress shows as it happens: most of the time goes into watching an idle app.
  const { status, stdout } = spawnSync(
    process.execPath,
    [...flags, join(folder, 'bench/run.ts'), ...(only ? [only] : [])],
    {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 1 << 24,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const line = stdout.split('\n').find((text) => text.startsWith('{"results"'))
  if (!line) throw new Error(`the app's benchmarks ended with ${status} and no results; what they said stands above`)
  const { results, failed } = JSON.parse(line) as { results: AppResult[]; failed: string[] }
  const measured = results.map(({ name, value, unit, target, ratio, pass }) => ({
    name,
    value,
    unit,
    target: isAgainstBareApp(name) ? `at most ${target} times a bare app with a tray` : `at most ${target} ${unit}`,
    ratio: isAgainstBareApp(name) ? ratio : null,
    pass,
  }))
  const name = 'desktop: steps without a figure'
  const steps = { name, value: failed.length, unit: 'steps', target: 'at most 0 steps', ratio: null, pass: false }
  return failed.length === 0 ? measured : [...measured, steps]
}

const isAgainstBareApp = (name: string) => /time to tray|memory|timer wakes/.test(name)
