import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { build } from 'esbuild'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { slug } from '../../docs/src/slug.ts'
import { root } from '../lib/bootstrap.mjs'
import { manifestOf, type Packed, packAll, publishedPackages } from './pack-all.ts'

const repository = 'https://github.com/dmarc-as-code/dmarc-as-code'

/**
 * What a bundle loads at its start for an importer of the class, minified and gzipped: the entry and every chunk that it imports
 * statically, of the client's own code alone and with the packages that it needs. What is loaded later has a budget as well.
 */
const budgets = { own: 14_000, all: 16_000, later: 17_000 }

let packed: Packed
beforeAll(async () => {
  packed = await packAll()
  for (const [folder, tarball] of packed.tarballs) {
    mkdirSync(unpacked(folder), { recursive: true })
    execFileSync('tar', ['-xzf', tarball, '-C', unpacked(folder), '--strip-components=1'])
  }
}, 600_000)
afterAll(() => rmSync(packed.base, { recursive: true, force: true }), 120_000)

/** As npm would install it. */
const unpacked = (folder: string) => join(packed.base, 'node_modules/@dmarc-as-code', basename(folder))

describe.each(publishedPackages())('the tarball of %s', (folder) => {
  it('is built, and contains LICENSE, CHANGELOG and README, and no tests', () => {
    const files = readdirSync(unpacked(folder), { recursive: true, encoding: 'utf8' })
    expect(files).toEqual(expect.arrayContaining(['LICENSE', 'CHANGELOG.md', 'README.md', 'package.json']))
    expect(files.filter((file) => file.startsWith('dist') && /\.c?js$/.test(file)).length).toBeGreaterThan(0)
    expect(files.filter((file) => /\.test\.[cm]?[jt]sx?$/.test(file))).toEqual([])
    for (const file of ['LICENSE', 'CHANGELOG.md']) {
      expect(readFileSync(join(unpacked(folder), file), 'utf8')).toBe(readFileSync(join(root, file), 'utf8'))
    }
  })

  it('names repository, homepage and bugs', () => {
    expect(manifestOf(unpacked(folder))).toMatchObject({
      license: 'MIT',
      repository: { type: 'git', url: `git+${repository}.git`, directory: folder },
      homepage: `${repository}/tree/main/${folder}#readme`,
      bugs: { url: `${repository}/issues` },
    })
  })

  it('has a README whose links work from npm', () => {
    const readme = readFileSync(join(unpacked(folder), 'README.md'), 'utf8')
    const headings = [...readme.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) => slug(title))
    const links = [...readme.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link)
    const faults = links.filter((link) => {
      if (link.startsWith('#')) return !headings.includes(link.slice(1))
      const own = new RegExp(`^${repository}/(?:blob|tree)/main/([^#]*)`).exec(link)?.[1]
      if (own !== undefined) return !existsSync(join(root, own))
      // Relative ones leave the page of the package on npm.
      return !/^https:\/\//.test(link) && !/^mailto:/.test(link)
    })
    expect(faults).toEqual([])
  })

  it('has no fault that publint knows', async () => {
    const data = readFileSync(packed.tarballs.get(folder) ?? '')
    const { messages, pkg } = await publint({ pack: { tarball: arrayBuffer(data) }, strict: true })
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([])
  })

  it('has types that fit its code in every kind of module that it supports (attw)', { timeout: 120_000 }, async () => {
    const data = new Uint8Array(readFileSync(packed.tarballs.get(folder) ?? ''))
    const result = await checkPackage(createPackageFromTarballData(data))
    if (!result.types) throw new Error('the package has no types')
    const both = JSON.stringify(manifestOf(unpacked(folder)).exports).includes('"require"')
    const faults = result.problems.filter(
      (problem) =>
        both ||
        (problem.kind !== 'CJSResolvesToESM' &&
          !(problem.kind === 'NoResolution' && problem.resolutionKind === 'node10')),
    )
    expect(faults).toEqual([])
  })
})

const programs = publishedPackages().flatMap((folder) => {
  const { bin = {} } = manifestOf(join(root, folder)) as { bin?: Record<string, string> }
  return Object.entries(bin).map(([program, file]): [string, string, string] => [program, folder, file])
})

describe.each(programs)('the program %s', (_, folder, file) => {
  it('names the release that it needs on a Node that is too old, before it loads anything else', () => {
    const pretend = "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } })"
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`, join(unpacked(folder), file)],
      { encoding: 'utf8' },
    )
    expect(stderr).toContain('needs Node 22.12 or newer, and this is Node 20.20.2.')
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(status).toBe(1)
  })
})

describe('the packed client', () => {
  it.each([
    ['its own code', budgets.own, ['@dmarc-as-code/primitives', '@dmarc-as-code/records']],
    ['all it needs', budgets.all, []],
  ])('loads at the start, for %s, at most %s bytes, minified and gzipped', async (_, budget, external) => {
    const { start, later } = await sizesOf("export { DmarcReportClient } from '@dmarc-as-code/client'\n", external)
    expect(start).toBeLessThanOrEqual(budget)
    expect(start).toBeGreaterThan(8_000)
    expect(later).toBeLessThanOrEqual(budgets.later)
    expect(later).toBeGreaterThan(4_000)
  })
})

/** Bytes that a bundle loads at its start, and those that it loads later, each file minified and gzipped. */
async function sizesOf(source: string, external: string[]): Promise<{ start: number; later: number }> {
  const entry = join(packed.base, 'budget.mjs')
  writeFileSync(entry, source)
  const { outputFiles, metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    metafile: true,
    outdir: join(packed.base, 'bundle'),
    absWorkingDir: packed.base,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    external,
  })
  const sizes = new Map(
    outputFiles.map(({ path, contents }) => [basename(path), gzipSync(contents, { level: 9 }).length]),
  )
  const atStart = new Set<string>()
  const visit = (output: string): void => {
    if (atStart.has(output)) return
    atStart.add(output)
    for (const { path, kind } of metafile.outputs[output]?.imports ?? []) {
      if (kind === 'import-statement' && path in metafile.outputs) visit(path)
    }
  }
  for (const [output, { entryPoint }] of Object.entries(metafile.outputs))
    if (entryPoint === 'budget.mjs') visit(output)
  const sum = (outputs: readonly string[]) =>
    outputs.reduce((total, output) => total + (sizes.get(basename(output)) ?? Number.NaN), 0)
  const all = Object.keys(metafile.outputs)
  return { start: sum([...atStart]), later: sum(all.filter((output) => !atStart.has(output))) }
}

function arrayBuffer(data: Buffer): ArrayBuffer {
  return data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength) as ArrayBuffer
}
