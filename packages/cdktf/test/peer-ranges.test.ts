import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { installFlags, NPM_TIMEOUT_MS, npm, packOurs } from './archives.ts'
import peers from './peers.json' with { type: 'json' }

const run = promisify(execFile)

let packed: string
let archives: Readonly<Record<string, string>>
beforeAll(async () => {
  packed = await mkdtemp(join(tmpdir(), 'peer-ranges-'))
  archives = await packOurs(packed)
}, 120_000)
afterAll(() => rm(packed, { recursive: true, force: true }))

/** Installs a project with these settings; rejects with what npm says where its peers do not fit each other. */
async function install(name: string, manifest: object, ...more: string[]): Promise<string> {
  const folder = join(packed, name)
  await mkdir(folder)
  const { dependencies, ...others } = manifest as { dependencies: object }
  const all = { name, type: 'module', dependencies: { ...dependencies, ...archives }, ...others }
  await writeFile(join(folder, 'package.json'), JSON.stringify(all))
  await npm(['install', ...installFlags, ...more], folder)
  return folder
}

const PNPM = '12.21.0'
const readme = await readFile(join(import.meta.dirname, '..', 'README.md'), 'utf8')
const newest = (name: keyof typeof peers) => ({ [name]: `^${peers[name].version}` })
const cdktf = { cdktf: '^0.21.0', constructs: '~10.7.0' }
const cdktn = { cdktn: '^0.24.0', constructs: '~10.7.0' }
const asCdktn = { cdktf: 'npm:cdktn@^0.24.0' }

describe('the framework and all bindings that the README names', () => {
  // Everything at once, as npm needs as long for one pair: where two do not fit each other, it names them.
  it.concurrent.each<[string, object]>([
    [
      'cdktf',
      {
        dependencies: {
          ...cdktf,
          ...newest('@cdktf/provider-aws'),
          ...newest('@cdktf/provider-azurerm'),
          ...newest('@cdktf/provider-cloudflare'),
          ...newest('@cdktf/provider-dns'),
          ...newest('@cdktf/provider-google'),
        },
      },
    ],
    ['cdktn, with bindings of its own', { dependencies: { ...cdktn, ...newest('@cdktn/provider-aws') } }],
    [
      'cdktn, with bindings that ask for an older one',
      {
        dependencies: { ...cdktn, ...newest('@cdktn/provider-azurerm') },
        overrides: { '@cdktn/provider-azurerm': { cdktn: '^0.24.0' } },
      },
    ],
    [
      'cdktn, with the bindings of cdktf',
      {
        dependencies: {
          ...cdktn,
          ...newest('@cdktf/provider-cloudflare'),
          ...newest('@cdktf/provider-dns'),
          ...newest('@cdktf/provider-google'),
        },
        overrides: asCdktn,
      },
    ],
  ])('fit together: %s', { timeout: NPM_TIMEOUT_MS }, async (name, manifest) => {
    await install(name.replaceAll(/\W+/g, '-'), manifest, '--package-lock-only')
    const overrides = (manifest as { overrides?: object }).overrides
    if (overrides) expect(readme).toContain(`"overrides": ${spaced(overrides)}`)
  })

  it('takes the version of constructs that the install lines name', () => {
    const lines = [...readme.matchAll(/^npm install .*$/gm)].map(([line]) => line)
    expect(lines.length).toBeGreaterThan(1)
    for (const line of lines) expect(line).toContain(' constructs@~10.7.0')
  })
})

/** JSON on one line as the README writes it. */
const spaced = (value: object) =>
  JSON.stringify(value).replaceAll(/[{,:]/g, '$& ').replaceAll('}', ' }').replaceAll('npm: ', 'npm:')

const program = (framework: string, entry: string) => `
import { DmarcreportProvider, MonitoredDomain, ProviderDns } from '${entry}'
import { App, TerraformStack } from '${framework}'
const app = new App()
const stack = new TerraformStack(app, 'mail')
new DmarcreportProvider(stack, 'dmarcreport')
new MonitoredDomain(stack, 'a', { address: 'a.test', hostedDmarc: {}, dns: new ProviderDns({ rfc2136: {} }) })
app.synth()
`

async function expectSynthesis(folder: string, framework: string, entry: string): Promise<void> {
  await writeFile(join(folder, 'main.js'), program(framework, entry))
  const env = { ...process.env, NODE_OPTIONS: '' }
  await run(process.execPath, ['main.js'], { cwd: folder, env, timeout: NPM_TIMEOUT_MS })
  const stack = JSON.parse(await readFile(join(folder, 'cdktf.out/stacks/mail/cdk.tf.json'), 'utf8'))
  expect(Object.keys(stack.resource)).toContain('dmarcreport_dns_records')
}

const frameworks = [
  ['cdktf', cdktf, '@dmarc-as-code/cdktf'],
  ['cdktn', cdktn, '@dmarc-as-code/cdktf/cdktn'],
] as const

it.concurrent.each(frameworks)(
  'is installed by npm and synthesises: %s',
  { timeout: 2 * NPM_TIMEOUT_MS },
  async (framework, dependencies, entry) => {
    await expectSynthesis(await install(`installed-${framework}`, { dependencies }), framework, entry)
  },
)

it.concurrent.each(frameworks)(
  'is installed by pnpm, where a package sees only what it declares, and synthesises: %s',
  { timeout: 2 * NPM_TIMEOUT_MS },
  async (framework, dependencies, entry) => {
    const { '@dmarc-as-code/cdktf': own, ...needs } = archives
    const folder = join(packed, `pnpm-${framework}`)
    await mkdir(folder)
    const manifest = { name: 'pnpm', type: 'module', dependencies: { ...dependencies, '@dmarc-as-code/cdktf': own } }
    await writeFile(join(folder, 'package.json'), JSON.stringify(manifest))
    // What our package needs of ours is not in the registry yet.
    await writeFile(join(folder, 'pnpm-workspace.yaml'), JSON.stringify({ overrides: needs }))
    const flags = ['--ignore-scripts', '--prefer-offline', '--strict-peer-dependencies', '--no-frozen-lockfile']
    await npm(['exec', '--yes', '--', `pnpm@${PNPM}`, 'install', ...flags], folder)
    await expectSynthesis(folder, framework, entry)
  },
)
