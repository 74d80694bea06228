import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it, onTestFinished } from 'vitest'
import { peersFolder } from '../peers.ts'
import { exampleFolder } from './on-sandbox.ts'

const run = promisify(execFile)
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc')

it('every example in TypeScript is sound, as Node runs it', { timeout: 60_000 }, async () => {
  const names = (await readdir(exampleFolder(''))).filter((name) => /^cdktf-|^ci$|^existing|^evidence/.test(name))
  expect(names).toHaveLength(6)
  await mkdir(join(peersFolder, 'runs'), { recursive: true })
  const folder = await mkdtemp(join(peersFolder, 'runs', 'examples-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  for (const name of names) await cp(exampleFolder(name), join(folder, name), { recursive: true })
  const compilerOptions = {
    target: 'es2023',
    module: 'nodenext',
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    erasableSyntaxOnly: true,
    verbatimModuleSyntax: true,
    types: ['node'],
  }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*/**/*.ts'] }))
  const checked = await run(process.execPath, [tsc, '-p', folder]).catch((error) => error as { stdout: string })
  expect(checked.stdout).toBe('')
})
