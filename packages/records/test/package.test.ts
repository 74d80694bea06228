import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'records-package-'))
const consumer = join(folder, 'consumer')
const run = (command: string, args: string[], cwd = consumer) => execFileSync(command, args, { cwd, encoding: 'utf8' })
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc')

/** Builds a copy, so that nothing in the repository is written while other tests run; packs it and installs it far away. */
beforeAll(() => {
  const copy = join(folder, 'repository')
  for (const part of ['tsconfig.base.json', 'scripts/build-package.mjs', 'packages/records']) {
    cpSync(join(root, part), join(copy, part), {
      recursive: true,
      filter: (path) => !/[\\/](node_modules|dist|test)([\\/]|$)/.test(path.slice(root.length)),
    })
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction')
  const records = join(copy, 'packages/records')
  run(process.execPath, ['../../scripts/build-package.mjs'], records)
  mkdirSync(consumer)
  run('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', consumer], records)
  const tarball = readdirSync(consumer).find((name) => name.endsWith('.tgz')) ?? ''
  writeFileSync(join(consumer, 'package.json'), '{"private":true}\n')
  run('npm', ['install', '--silent', '--offline', '--no-audit', '--no-fund', `./${tarball}`])
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const call = `console.log(parseDmarc('v=DMARC1; p=none').outcome, parseDomainName('Bücher.example').ascii)\n`

describe('the packed package', () => {
  it('works for a consumer of ES modules', () => {
    writeFileSync(
      join(consumer, 'esm.mjs'),
      `import { parseDmarc, parseDomainName } from '@dmarc-as-code/records'\n${call}`,
    )
    expect(run(process.execPath, ['esm.mjs'])).toBe('policy xn--bcher-kva.example\n')
  })

  it('works for a consumer of CommonJS', () => {
    writeFileSync(
      join(consumer, 'cjs.cjs'),
      `const { parseDmarc, parseDomainName } = require('@dmarc-as-code/records')\n${call}`,
    )
    expect(run(process.execPath, ['cjs.cjs'])).toBe('policy xn--bcher-kva.example\n')
  })

  it('has types for both that need no types of Node', () => {
    const code = `import { formatDmarc, type DmarcTags } from '@dmarc-as-code/records'
const tags: DmarcTags = { p: 'reject' }
export const text: string = formatDmarc(tags)
// @ts-expect-error: not a policy
export const wrong: DmarcTags = { p: 'block' }
`
    writeFileSync(join(consumer, 'types.mts'), code)
    writeFileSync(join(consumer, 'types.cts'), code)
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--lib', 'es2023,dom']
    expect(run(process.execPath, [tsc, ...options, 'types.mts', 'types.cts'])).toBe('')
  })

  it('brings no dependency, no test and nothing of this machine', () => {
    const installed = join(consumer, 'node_modules/@dmarc-as-code/records')
    const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
    expect(manifest.dependencies).toBeUndefined()
    expect(readdirSync(installed).sort()).toEqual(['README.md', 'dist', 'package.json', 'src'])
    const files = readdirSync(installed, { recursive: true, encoding: 'utf8' })
    expect(files.filter((name) => name.includes('.test.'))).toEqual([])
    expect(
      files.filter(
        (name) => /\.(js|ts|map)$/.test(name) && readFileSync(join(installed, name), 'utf8').includes(folder),
      ),
    ).toEqual([])
  })

  it('imports nothing but its own files, so that a browser can load it', () => {
    const code = join(consumer, 'node_modules/@dmarc-as-code/records/dist/esm')
    const files = readdirSync(code, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'))
    const imports = files.flatMap((name) => [
      ...readFileSync(join(code, name), 'utf8').matchAll(/from ['"]([^'"]+)['"]/g),
    ])
    expect(imports.length).toBeGreaterThan(20)
    expect(imports.map(([, from = '']) => from).filter((from) => !from.startsWith('.'))).toEqual([])
  })
})
