import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { type BenchResult, interleave, median, milliseconds } from './harness.ts'

const ROUNDS = 3
const TIMEOUT_MS = 240_000
const root = join(import.meta.dirname, '..')

/** `npm start -- --once` on a clone that is installed, beside the start of a Node process that does nothing. */
export default async function mainJob(): Promise<BenchResult[]> {
  const samples = await interleave(ROUNDS, {
    floor: () => milliseconds(() => runNode(['-e', '0'])),
    mainJob: () => milliseconds(() => runNode([join(root, 'scripts', 'start.mjs'), '--once'])),
  })
  const value = median(samples.mainJob) / 1000
  return [
    {
      name: 'main job: npm start -- --once, not the first time',
      value,
      unit: 's',
      target: 'under 20 s',
      ratio: (value * 1000) / median(samples.floor),
      pass: value < 20,
    },
  ]
}

function runNode(args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: TIMEOUT_MS,
    })
    child.once('error', reject)
    child.once('close', (code, signal) => {
      if (code === 0) resolve()
      else reject(new Error(`node ${args.join(' ')} ended with ${signal ?? `exit code ${code}`}`))
    })
  })
}
