import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import peers from './peers.json' with { type: 'json' }

const run = promisify(execFile)
const require = createRequire(import.meta.url)
const NPM_TIMEOUT_MS = 120_000
const ours = ['primitives', 'records', 'client', 'cdktf']

let packed: string
/** Our packages as archives, by name. */
const archives: Record<string, string> = {}
beforeAll(async () => {
  packed = await mkdtemp(join(tmpdir(), 'peer-ranges-'))
  for (const name of ours.map((one) => `@dmarc-as-code/${one}`)) {
    const cwd = dirname(require.resolve(`${name}/package.json`))
    const { stdout } = await npm(['pack', '--silent', '--ignore-scripts', '--pack-destination', packed], cwd)
    archives[name] = `file:${join(packed, stdout.trim().split('\n').at(-1) ?? '')}`
  }
}, 120_000)
afterAll(() => rm(packed, { recursive: true, force: true }))

const npm = (args: string[], cwd: string) => run('npm', args, { cwd, timeout: NPM_TIMEOUT_MS })

/** Installs a project with these settings; rejects with what npm says where its peers do not fit each other. */
async function install(name: string, manifest: object, ...more: string[]): Promise<string> {
  const folder = join(packed, name)
  await mkdir(folder)
  const { dependencies, ...others } = manifest as { dependencies: object }
  const all = { name, type: 'module', dependencies: { ...dependencies, ...archives }, ...others }
  await writeFile(join(folder, 'package.json'), JSON.stringify(all))
  await npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', ...more], folder).catch(
    ({ stdout, stderr }) => {
      throw new Error(`${stdout}${stderr}`)
    },
  )
  return folder
}

const readme = await readFile(join(import.meta.dirname, '..', 'README.md'), 'utf8')
const newest = (name: keyof typeof peers) => ({ [name]: `^${peers[name].version}` })
const cdktf = { cdktf: '^0.21.0', constructs: '~10.7.0' }
const cdktn = { cdktn: '^0.24.0', constructs: '~10.7.0' }
const asCdktn = { cdktf: 'npm:cdktn@^0.24.0' }

describe('every pair of framework and bindings that the README names', () => {
  it.each<[string, object]>([
    ['cdktf-aws', { dependencies: { ...cdktf, ...newest('@cdktf/provider-aws') } }],
    ['cdktf-azurerm', { dependencies: { ...cdktf, ...newest('@cdktf/provider-azurerm') } }],
    ['cdktf-cloudflare', { dependencies: { ...cdktf, ...newest('@cdktf/provider-cloudflare') } }],
    ['cdktf-dns', { dependencies: { ...cdktf, ...newest('@cdktf/provider-dns') } }],
    ['cdktf-google', { dependencies: { ...cdktf, ...newest('@cdktf/provider-google') } }],
    ['cdktn-aws', { dependencies: { ...cdktn, ...newest('@cdktn/provider-aws') } }],
    [
      'cdktn-azurerm',
      {
        dependencies: { ...cdktn, ...newest('@cdktn/provider-azurerm') },
        overrides: { '@cdktn/provider-azurerm': { cdktn: '^0.24.0' } },
      },
    ],
    ['cdktn-cloudflare', { dependencies: { ...cdktn, ...newest('@cdktf/provider-cloudflare') }, overrides: asCdktn }],
    ['cdktn-dns', { dependencies: { ...cdktn, ...newest('@cdktf/provider-dns') }, overrides: asCdktn }],
    ['cdktn-google', { dependencies: { ...cdktn, ...newest('@cdktf/provider-google') }, overrides: asCdktn }],
  ])('fits together: %s', { timeout: NPM_TIMEOUT_MS }, async (name, manifest) => {
    await install(name, manifest, '--package-lock-only')
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

it.each([
  ['cdktf', cdktf, '@dmarc-as-code/cdktf'],
  ['cdktn', cdktn, '@dmarc-as-code/cdktf/cdktn'],
])(
  'is installed by npm and synthesises: %s',
  { timeout: 2 * NPM_TIMEOUT_MS },
  async (framework, dependencies, entry) => {
    const folder = await install(`installed-${framework}`, { dependencies })
    await writeFile(
      join(folder, 'main.js'),
      `import { DmarcreportProvider, MonitoredDomain, ProviderDns } from '${entry}'
import { App, TerraformStack } from '${framework}'
const app = new App()
const stack = new TerraformStack(app, 'mail')
new DmarcreportProvider(stack, 'dmarcreport')
new MonitoredDomain(stack, 'a', { address: 'a.test', hostedDmarc: {}, dns: new ProviderDns({ rfc2136: {} }) })
app.synth()
`,
    )
    const env = { ...process.env, NODE_OPTIONS: '' }
    await run(process.execPath, ['main.js'], { cwd: folder, env, timeout: NPM_TIMEOUT_MS })
    const stack = JSON.parse(await readFile(join(folder, 'cdktf.out/stacks/mail/cdk.tf.json'), 'utf8'))
    expect(Object.keys(stack.resource)).toContain('dmarcreport_dns_records')
  },
)
