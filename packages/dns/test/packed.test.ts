import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../../..', import.meta.url))
const base = mkdtempSync(join(tmpdir(), 'dns-packed-'))
const house = join(base, 'house')
// Not below the repository, whose modules it would find.
const stranger = join(base, 'stranger')
const scope = join(stranger, 'node_modules/@dmarc-as-code')
const bin = join(scope, 'dns/bin/dmarc-dns.js')

/** What the reader of reports needs, an optional peer that strangers do not get. */
const ofReports = ['saxes', 'xmlchars', 'postal-mime', 'yauzl', 'pend']

/** What npm installs with the package. */
const installed = ['tldts-icann', 'tldts-core']

/** Builds records and dns in a copy of their own, packs both, and unpacks them where only their dependencies are. */
beforeAll(async () => {
  const sources = ['src', 'bin', 'schema', 'package.json', 'tsconfig.json', 'tsconfig.build.json', 'README.md']
  mkdirSync(join(house, 'node_modules/@dmarc-as-code'), { recursive: true })
  mkdirSync(scope, { recursive: true })
  cpSync(join(root, 'scripts/build-package.mjs'), join(house, 'scripts/build-package.mjs'))
  cpSync(join(root, 'tsconfig.base.json'), join(house, 'tsconfig.base.json'))
  for (const name of [
    'typescript',
    '@types',
    'dns-packet',
    '@leichtgewicht',
    '@aws-sdk',
    '@smithy',
    ...ofReports,
    ...installed,
  ]) {
    symlinkSync(join(root, 'node_modules', name), join(house, 'node_modules', name))
  }
  for (const name of ['records', 'primitives', 'reports']) {
    symlinkSync(join(house, 'packages', name), join(house, 'node_modules/@dmarc-as-code', name))
  }
  for (const name of ['records', 'primitives', 'reports', 'dns']) {
    const cwd = join(house, 'packages', name)
    const from = join(root, 'packages', name)
    for (const source of readdirSync(from).filter((entry) => sources.includes(entry))) {
      cpSync(join(from, source), join(cwd, source), { recursive: true })
    }
    await run(process.execPath, [join(house, 'scripts/build-package.mjs')], { cwd })
    if (name === 'reports') continue
    await run('npm', ['pack', '--ignore-scripts', '--pack-destination', cwd], { cwd })
    const packed = readdirSync(cwd).find((file) => file.endsWith('.tgz')) ?? ''
    mkdirSync(join(scope, name))
    await run('tar', ['-xzf', join(cwd, packed), '-C', join(scope, name), '--strip-components=1'])
  }
  for (const name of ['dns-packet', '@leichtgewicht', ...installed]) {
    symlinkSync(join(root, 'node_modules', name), join(stranger, 'node_modules', name))
  }
}, 120_000)

afterAll(() => rmSync(base, { recursive: true, force: true }))

async function node(...args: string[]): Promise<string> {
  const { stdout, stderr } = await run(process.execPath, args, { cwd: stranger }).catch((error) => error)
  return `${stdout}${stderr}`.trim()
}

const use = `
  const adapter = memoryAdapter({ zones: { 'example.test': [] } })
  plan([{ name: '_dmarc.example.test', type: 'CNAME', value: 'k.test' }], adapter).then(({ items }) => console.log(items[0].action))
`

describe('a stranger who installed the packed package', () => {
  it.each([
    [
      'main.mjs',
      "import { memoryAdapter } from '@dmarc-as-code/dns/adapters'\nimport { plan } from '@dmarc-as-code/dns/apply'\n",
    ],
    [
      'main.cjs',
      "const { memoryAdapter } = require('@dmarc-as-code/dns/adapters')\nconst { plan } = require('@dmarc-as-code/dns/apply')\n",
    ],
  ])('can use it from %s', async (file, load) => {
    writeFileSync(join(stranger, file), load + use)
    expect(await node('--no-warnings', file)).toBe('create')
  })

  it('can run its program', async () => {
    expect(await node(bin, '--version')).toMatch(/^\d+\.\d+\.\d+$/)
    expect(await node(bin, '--help')).toContain('dmarc-dns check DOMAIN')
  })

  it('names the package that Route 53 needs', async () => {
    const said = await node(bin, 'plan', '--cname', '_dmarc.example.test=k.test', '--dns', 'route53')
    expect(said).toBe(
      'Route 53 needs the package @aws-sdk/client-route-53, which is not installed. Run: npm install @aws-sdk/client-route-53',
    )
  })

  it('names the package that evidence needs', async () => {
    const said = await node(bin, 'evidence', 'example.com', '--reports', stranger)
    expect(said).toBe(
      'evidence needs the package @dmarc-as-code/reports, which is not installed. Run: npm install @dmarc-as-code/reports',
    )
  })

  it('gets no tests nor what only they use', () => {
    const files = readdirSync(join(scope, 'dns'), { recursive: true }).map(String)
    expect(files.filter((file) => /\.test\.|stand-in|contract/.test(file))).toEqual([])
  })
})
