// From spawn to handshake, for each way to ship a provider. Run: node bench/handshake.ts
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { PluginProcess } from '../test/support/plugin-process.ts'

const ROUNDS = 25
const bin = (name: string) => resolve(import.meta.dirname, '../../../node_modules/.bin', name)
const source = (path: string) => JSON.stringify(resolve(import.meta.dirname, '..', path))

const folder = mkdtempSync(join(tmpdir(), 'handshake-bench-'))
const [entry, floor, script, binary] = ['entry.ts', 'floor.mjs', 'script.mjs', 'binary'].map((name) =>
  join(folder, name),
)
if (!entry || !floor || !script || !binary) throw new Error('four files are named above')
writeFileSync(
  entry,
  `import { serve } from ${source('src/serve.ts')}\nvoid serve(() => import(${source('test/process/disk-provider.ts')}))\n`,
)
writeFileSync(floor, "console.log('1|6|unix|nothing|grpc|')\n")
execFileSync(
  bin('esbuild'),
  [entry, '--bundle', '--minify', '--platform=node', '--format=esm', `--outfile=${script}`],
  {
    stdio: 'ignore',
  },
)
execFileSync(bin('bun'), ['build', '--compile', '--minify', '--bytecode', entry, '--outfile', binary], {
  stdio: 'ignore',
})

const commands: [name: string, command: [string, ...string[]]][] = [
  ['a Node script that only prints', [process.execPath, floor]],
  ['provider as a script on Node', [process.execPath, script]],
  ['provider as a Bun binary', [binary]],
]
const times = new Map(commands.map(([name]) => [name, [] as number[]]))
// In turn, so that a busy moment of the machine falls on all of them.
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, command] of commands) {
    const start = performance.now()
    const plugin = new PluginProcess(command)
    await plugin.handshake()
    times.get(name)?.push(performance.now() - start)
    await plugin.end()
  }
}
for (const [name, all] of times) {
  const sorted = all.sort((a, b) => a - b)
  console.log(`${name}: median ${sorted[ROUNDS >> 1]?.toFixed(1)} ms, best ${sorted[0]?.toFixed(1)} ms`)
}
rmSync(folder, { recursive: true })
