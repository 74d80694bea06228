import { execFile } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../../..', import.meta.url))
const base = mkdtempSync(join(tmpdir(), 'client-packed-'))
const copy = join(base, 'copy')
// Not below the copy, whose modules it would find.
const stranger = join(base, 'stranger')
/** The folders of the packages that `reports` needs from npm, with what these need: a test asks no registry. */
function fromNpm(folder: string): [string, string][] {
  const { dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const names = Object.keys(dependencies).filter((name) => !name.startsWith('@dmarc-as-code/'))
  return names.flatMap((name) => {
    const places = [folder, root].map((place) => join(place, 'node_modules', name))
    const found = places.find((place) => existsSync(place))
    if (!found) throw new Error(`${name} is not installed`)
    return [[name, found] as [string, string], ...fromNpm(found)]
  })
}
const others = fromNpm(join(root, 'packages/reports'))
const tsc = join(root, 'node_modules/typescript/bin/tsc')

/**
 * Builds the client and what it needs in a copy, so that no stale or half-written `dist` of the checkout is tested, packs
 * them, and installs the packed files into an empty project.
 */
beforeAll(async () => {
  const names = ['records', 'primitives', 'reports', 'client']
  const sources = ['src', 'package.json', 'tsconfig.json', 'tsconfig.build.json', 'README.md']
  for (const name of names) {
    const [from, to] = [join(root, 'packages', name), join(copy, 'packages', name)]
    for (const source of readdirSync(from).filter((entry) => sources.includes(entry))) {
      cpSync(join(from, source), join(to, source), { recursive: true })
    }
  }
  cpSync(join(root, 'scripts/build-package.mjs'), join(copy, 'scripts/build-package.mjs'))
  cpSync(join(root, 'tsconfig.base.json'), join(copy, 'tsconfig.base.json'))
  mkdirSync(join(copy, 'node_modules/@dmarc-as-code'), { recursive: true })
  const ours = ['typescript', '@types', 'zod'].map((name) => [name, join(root, 'node_modules', name)] as const)
  for (const [name, folder] of [...ours, ...others]) symlinkSync(folder, join(copy, 'node_modules', name))
  for (const name of names) {
    symlinkSync(join(copy, 'packages', name), join(copy, 'node_modules/@dmarc-as-code', name))
    const cwd = join(copy, 'packages', name)
    await run(process.execPath, [join(copy, 'scripts/build-package.mjs')], { cwd })
    await run('npm', ['pack', '--ignore-scripts', '--pack-destination', copy], { cwd })
  }
  mkdirSync(stranger)
  writeFileSync(join(stranger, 'package.json'), '{"name":"stranger","private":true}')
  const packed = readdirSync(copy).filter((file) => file.endsWith('.tgz'))
  expect(packed).toHaveLength(names.length)
  const flags = ['--offline', '--no-audit', '--no-fund', '--ignore-scripts']
  const folders = others.map(([, folder]) => folder)
  await run('npm', ['install', ...flags, ...packed.map((file) => join(copy, file)), ...folders], { cwd: stranger })
}, 120_000)

afterAll(() => rmSync(base, { recursive: true, force: true }))

const use = `
  const domain = { id: 41, address: 'example.com', slug: 'example-com' }
  const client = new DmarcReportClient({ token: 'a-stranger', fetch: async () => Response.json({ domains: [domain] }) })
  client.domains.list().all().then(([first]) => console.log(first.address, typeof NotFoundError))
`
const useContract = `
  const fields = { address: 'example.com', rua_report: 'true', ruf_report: false }
  const { method, body } = operation('createDomain')
  console.log(method, body.safeParse({ domain: fields }).success)
`

async function node(file: string, code: string): Promise<string> {
  writeFileSync(join(stranger, file), code)
  const { stdout } = await run(process.execPath, [file], { cwd: stranger }).catch((error) => ({ stdout: error.stderr }))
  return stdout.trim()
}

const esm = (names: string, from: string) => `import { ${names} } from '${from}'\n`
const cjs = (names: string, from: string) => `const { ${names} } = require('${from}')\n`

describe('a stranger who installed the packed client', () => {
  it.each([
    ['main.mjs', esm],
    ['main.cjs', cjs],
  ] as const)('can use it from %s, without zod', async (file, load) => {
    expect(readdirSync(join(stranger, 'node_modules'))).not.toContain('zod')
    expect(await node(file, load('DmarcReportClient, NotFoundError', '@dmarc-as-code/client') + use)).toBe(
      'example.com function',
    )
  })

  it.each([
    ['contract.mjs', esm],
    ['contract.cjs', cjs],
  ] as const)('can use the contract from %s once zod is there, and says what is missing before', async (file, load) => {
    const code = load('operation', '@dmarc-as-code/client/contract') + useContract
    expect(await node(file, code)).toMatch(/Cannot find (package|module) 'zod'/)
    symlinkSync(join(root, 'node_modules/zod'), join(stranger, 'node_modules/zod'))
    try {
      expect(await node(file, code)).toBe('POST true')
    } finally {
      rmSync(join(stranger, 'node_modules/zod'))
    }
  })

  it.each([
    ['reports.mjs', esm],
    ['reports.cjs', cjs],
  ] as const)('can use the reports from %s, with the same client', async (file, load) => {
    const code = `${load('DmarcReportClient', '@dmarc-as-code/client')}${load('Reports', '@dmarc-as-code/client/reports')}
      const answer = { ready: true, target: 'reject', blockers: [], next_record: 'v=DMARC1; p=reject' }
      const fetch = async (url) => Response.json(url.endsWith('capabilities') ? { extensions: ['reports'] } : answer)
      const reports = new Reports(new DmarcReportClient({ token: 'a-stranger', fetch }))
      reports.evidence(7, 41, { target: 'reject' }).then(({ origin, next_record }) => console.log(origin, next_record))
    `
    expect(await node(file, code)).toBe('server v=DMARC1; p=reject')
  })

  it('gets types for both kinds of module, which need no zod either', async () => {
    const code = `${esm('DmarcReportClient, type Domain, waitUntilReady', '@dmarc-as-code/client')}
      ${esm('Reports, type Evidence', '@dmarc-as-code/client/reports')}
      const client = new DmarcReportClient({ token: 'a' })
      export const evidence = (): Promise<Evidence> => new Reports(client).evidence(7, 41, { target: 'reject' })
      export const first = async (): Promise<Domain | undefined> => (await client.domains.list().all())[0]
      // @ts-expect-error an address is needed
      export const wrong = () => client.domains.create(7, { rua_report: true, ruf_report: true })
      export const wait = () => waitUntilReady(client, { accountId: 7, domainId: 'example-com' })
    `
    mkdirSync(join(stranger, 'types'))
    writeFileSync(join(stranger, 'types/esm.mts'), code)
    writeFileSync(join(stranger, 'types/cjs.cts'), code)
    const compilerOptions = {
      strict: true,
      noEmit: true,
      module: 'nodenext',
      target: 'es2023',
      lib: ['es2024', 'dom', 'dom.iterable'],
      types: [],
      skipLibCheck: false,
    }
    writeFileSync(join(stranger, 'types/tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*'] }))
    const { stdout } = await run(process.execPath, [tsc, '-p', join(stranger, 'types')]).catch((error) => error)
    expect(stdout).toBe('')
  })

  it('gets no tests and nothing of the workspace', () => {
    const files = readdirSync(join(stranger, 'node_modules/@dmarc-as-code/client'), { recursive: true }).map(String)
    expect(files.filter((file) => file.includes('.test.'))).toEqual([])
    expect(
      files
        .map((file) => file.split('/')[0])
        .filter((top, at, all) => all.indexOf(top) === at)
        .sort(),
    ).toEqual(['README.md', 'dist', 'package.json', 'src'])
  })
})
