import { execFile } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import layBuildOut from '../packages/cdktf/test/built.ts'
import bringPeers, { peersFolder } from '../packages/cdktf/test/peers.ts'
import { type BenchResult, interleave, median } from './harness.ts'

const run = promisify(execFile)
const IMPORTS = 9
const COMMAND_TIMEOUT_MS = 300_000

/** What the constructs cost over the bare bindings of the same stack, and what importing them costs over the framework. */
export default async function cdktf(): Promise<BenchResult[]> {
  await bringPeers()
  await layBuildOut()
  const folder = await mkdtemp(join(peersFolder, 'bench-'))
  try {
    await cp(join(import.meta.dirname, 'cdktf'), folder, { recursive: true })
    const node = async (...args: string[]) => {
      const options = { cwd: folder, timeout: COMMAND_TIMEOUT_MS, env: { ...process.env, NODE_OPTIONS: '' } }
      return (await run(process.execPath, args, options)).stdout
    }
    const synth = JSON.parse(await node('synth.mjs')) as { constructs: number[]; bindings: number[] }
    const imports = await interleave(IMPORTS, {
      constructs: async () => Number(await node('import.mjs', '@dmarc-as-code/cdktf')),
      framework: async () => Number(await node('import.mjs', 'cdktf')),
    })
    const [value, floor] = [median(synth.constructs), median(synth.bindings)]
    const [loading, framework] = [median(imports.constructs), median(imports.framework)]
    return [
      {
        name: 'cdktf: synthesise 1,000 domains with Route 53',
        value,
        unit: 'ms',
        target: 'at most 1.5 times the bare bindings',
        ratio: value / floor,
        pass: value <= 1.5 * floor,
      },
      {
        name: 'cdktf: import the package, framework included',
        value: loading,
        unit: 'ms',
        target: 'under 150 ms',
        ratio: loading / framework,
        pass: loading < 150,
      },
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
