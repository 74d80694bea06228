import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { root } from './bootstrap.mjs'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bootstrap-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** Starts `body` the way `npm start` starts its script. */
async function start(body: string) {
  const script = join(folder, 'script.mjs')
  await writeFile(script, body)
  const call = `import { continueIn } from ${JSON.stringify(join(root, 'scripts/lib/bootstrap.mjs'))}
continueIn(${JSON.stringify(relative(root, script))}, ['one'])`
  return spawn(process.execPath, ['--input-type=module', '-e', call], { stdio: ['ignore', 'pipe', 'inherit'] })
}

it('ends with the exit code of the script', async () => {
  const child = await start('process.exit(process.argv[2] === "one" ? 7 : 1)')
  expect(await once(child, 'exit')).toEqual([7, null])
})

it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s lets the script tidy up, and nothing is left', async (signal) => {
  const child = await start(
    `process.on('${signal}', () => process.exit(5)); setInterval(() => {}, 1000); console.log(process.pid)`,
  )
  const [output] = (await once(child.stdout, 'data')) as [Buffer]
  child.kill(signal)
  expect(await once(child, 'exit')).toEqual([5, null])
  expect(() => process.kill(Number(output.toString()), 0)).toThrow('ESRCH')
})
