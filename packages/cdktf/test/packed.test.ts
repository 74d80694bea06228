import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { ownPackages } from '../../../scripts/lib/own-packages.ts'
import manifest from '../package.json' with { type: 'json' }
import { peersFolder } from './peers.ts'

const run = promisify(execFile)
const require = createRequire(import.meta.url)
const here = join(import.meta.dirname, '..')
const home = (name: string) => dirname(require.resolve(`${name}/package.json`))
const COMMAND_TIMEOUT_MS = 120_000

/** Everything a stranger gets: our packed packages, the frameworks, and the prebuilt bindings. */
let packed: string
beforeAll(async () => {
  packed = await mkdtemp(join(tmpdir(), 'cdktf-packed-'))
  const needs = ownPackages('packages/cdktf').map((folder) => home(`@dmarc-as-code/${basename(folder)}`))
  await Promise.all([...needs, here].map(unpack))
  const needed = [
    'cdktf',
    'cdktn',
    'constructs',
    'yaml',
    'tldts-icann',
    'tldts-core',
    '@types/node',
    'undici-types',
    ...unbundled('cdktf'),
    ...unbundled('cdktn'),
  ]
  for (const name of new Set(needed)) await cp(home(name), join(packed, 'node_modules', name), { recursive: true })
  for (const scope of ['@cdktf', '@cdktn']) {
    await cp(join(peersFolder, 'node_modules', scope), join(packed, 'node_modules', scope), { recursive: true })
  }
}, 180_000)
afterAll(() => rm(packed, { recursive: true, force: true }))

/** As npm would install it: only what `npm pack` takes along. */
async function unpack(folder: string): Promise<void> {
  const { stdout } = await run('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', packed], {
    cwd: folder,
    timeout: COMMAND_TIMEOUT_MS,
  })
  const archive = stdout.trim().split('\n').at(-1) ?? ''
  const { name } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  const to = join(packed, 'node_modules', name)
  await mkdir(to, { recursive: true })
  await run('tar', ['-xzf', join(packed, archive), '-C', to, '--strip-components=1'])
}

type Framework = 'cdktf' | 'cdktn'
interface Stranger {
  readonly type: 'module' | 'commonjs'
  readonly framework: Framework
  readonly strict: boolean
}

const program = ({ framework }: Stranger) => {
  const entry = framework === 'cdktf' ? '@dmarc-as-code/cdktf' : '@dmarc-as-code/cdktf/cdktn'
  return `
import { AwsProvider } from '@${framework}/provider-aws/lib/provider/index.js'
import { DmarcreportProvider, DnsTarget, DomainFleet, MonitoredDomain, type MonitoredDomainProps, ProviderDns, Tag } from '${entry}'
import { Domain } from '${entry}/l1'
import { Route53Dns } from '${entry}/route53'
import { App, TerraformStack } from '${framework}'

const app = new App()
const stack = new TerraformStack(app, 'strange')
new DmarcreportProvider(stack, 'dmarcreport')
new AwsProvider(stack, 'aws', { region: 'us-east-1' })
const props: MonitoredDomainProps = {
  address: 'example.com',
  tags: [new Tag(stack, 'production')],
  hostedDmarc: { policy: 'reject' },
  hostedMtaSts: { mode: 'enforce', mx: ['mx.example.com'] },
  dns: new Route53Dns({ zoneId: 'Z1' }),
}
const domain = new MonitoredDomain(stack, 'example', props)
const resource: Domain = domain.resource
resource.addOverride('lifecycle', { prevent_destroy: true })
new DomainFleet(stack, 'fleet', { dns: new ProviderDns({ rfc2136: {} }), domains: [{ address: 'a.test', hostedDmarc: {} }] })
new MonitoredDomain(stack, 'own', { address: 'b.test', hostedDmarc: {}, dns: DnsTarget.custom(() => undefined) })
// @ts-expect-error: there is no such policy
const wrong: MonitoredDomainProps = { address: 'c.test', hostedDmarc: { policy: 'rejct' } }
void wrong
app.synth()
`
}

/** A project beside what was packed. */
async function project(stranger: Stranger): Promise<string> {
  const folder = join(packed, `${stranger.type}-on-${stranger.framework}`)
  await mkdir(folder)
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'stranger', type: stranger.type }))
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        target: 'es2023',
        module: 'nodenext',
        strict: true,
        exactOptionalPropertyTypes: stranger.strict,
        // Without it every declaration is checked, ours too; under the strictest settings the frameworks' own would fail.
        skipLibCheck: stranger.strict,
        types: ['node'],
      },
      files: ['main.ts'],
    }),
  )
  await writeFile(join(folder, 'main.ts'), program(stranger))
  return folder
}

/** What the framework needs beyond what it bundles, as far as the workspace holds it outside. */
function unbundled(framework: Framework): string[] {
  const { dependencies = {}, bundledDependencies = [] } = require(`${framework}/package.json`) as {
    dependencies?: Record<string, string>
    bundledDependencies?: string[]
  }
  return Object.keys(dependencies).filter((name) => !bundledDependencies.includes(name))
}

describe('the packed package, in a project of its own', () => {
  it.concurrent.each<Stranger>([
    { type: 'module', framework: 'cdktf', strict: false },
    { type: 'commonjs', framework: 'cdktf', strict: true },
    { type: 'module', framework: 'cdktn', strict: true },
    { type: 'commonjs', framework: 'cdktn', strict: false },
  ])('$type on $framework: type-checks under NodeNext and synthesises', { timeout: 120_000 }, async (stranger) => {
    const folder = await project(stranger)
    const tsc = join(home('typescript'), 'bin', 'tsc')
    await run(process.execPath, [tsc, '-p', folder], { timeout: COMMAND_TIMEOUT_MS }).catch((error) => {
      throw new Error(`${error.stdout}${error.stderr}`, { cause: error })
    })
    const env = { ...process.env, NODE_OPTIONS: '' }
    await run(process.execPath, ['main.js'], { cwd: folder, env, timeout: COMMAND_TIMEOUT_MS })
    const stack = JSON.parse(await readFile(join(folder, 'cdktf.out/stacks/strange/cdk.tf.json'), 'utf8'))
    expect(Object.keys(stack.resource.aws_route53_record)).toHaveLength(4)
    expect(Object.keys(stack.resource.dmarcreport_domain)).toHaveLength(3)
    const [major, minor] = manifest.version.split('.')
    expect(stack.terraform.required_providers.dmarcreport).toMatchObject({ version: `~> ${major}.${minor}` })
  })

  /** As the official templates of CDKTF and CDK Terrain set TypeScript up: CommonJS, and no look at `exports` before release 6. */
  it.concurrent.each<[string, Framework, object]>([
    ['typescript-5', 'cdktf', {}],
    ['typescript-5', 'cdktn', {}],
    ['typescript-6', 'cdktf', { ignoreDeprecations: '6.0' }],
    ['typescript-6', 'cdktn', { moduleResolution: 'bundler', module: 'commonjs' }],
  ])('is found by the official template: %s on %s', { timeout: 120_000 }, async (compiler, framework, more) => {
    const folder = join(packed, `template-${compiler}-on-${framework}`)
    await mkdir(folder)
    await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'template', main: 'main.js' }))
    const compilerOptions = {
      ...{ alwaysStrict: true, declaration: true, experimentalDecorators: true, inlineSourceMap: true },
      ...{ inlineSources: true, lib: ['es2018'], module: 'CommonJS', moduleResolution: 'node', noEmitOnError: true },
      ...{ noImplicitReturns: true, resolveJsonModule: true, strict: true, stripInternal: true, target: 'ES2018' },
      ...{ incremental: true, skipLibCheck: true, types: ['node'], rootDir: '.' },
      ...more,
    }
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['**/*.ts'] }))
    await writeFile(join(folder, 'main.ts'), program({ type: 'commonjs', framework, strict: false }))
    const tsc = join(peersFolder, 'node_modules', compiler, 'lib', 'tsc.js')
    await run(process.execPath, [tsc, '-p', folder], { timeout: COMMAND_TIMEOUT_MS }).catch((error) => {
      throw new Error(`${error.stdout}${error.stderr}`, { cause: error })
    })
    const env = { ...process.env, NODE_OPTIONS: '' }
    await run(process.execPath, ['main.js'], { cwd: folder, env, timeout: COMMAND_TIMEOUT_MS })
    const stack = JSON.parse(await readFile(join(folder, 'cdktf.out/stacks/strange/cdk.tf.json'), 'utf8'))
    expect(Object.keys(stack.resource.aws_route53_record)).toHaveLength(4)
  })

  it.each([
    ['route53', 'module', '@cdktf/provider-aws'],
    ['route53', 'commonjs', '@cdktf/provider-aws'],
    ['cdktn/azure', 'module', '@cdktn/provider-azurerm'],
    ['google', 'commonjs', '@cdktf/provider-google'],
  ])(
    'says what to install where the bindings of a target are missing: %s in %s',
    { timeout: 60_000 },
    async (entry, type, name) => {
      // Not in the folder of the others, where the bindings lie.
      const folder = await mkdtemp(join(tmpdir(), 'missing-'))
      onTestFinished(() => rm(folder, { recursive: true, force: true }))
      const modules = join(folder, 'node_modules')
      await mkdir(modules)
      await cp(join(packed, 'node_modules', '@dmarc-as-code'), join(modules, '@dmarc-as-code'), { recursive: true })
      for (const one of ['cdktf', 'cdktn', 'constructs', 'yaml']) {
        await symlink(join(packed, 'node_modules', one), join(modules, one), 'junction')
      }
      await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'missing', type }))
      const program =
        type === 'module' ? `import '@dmarc-as-code/cdktf/${entry}'` : `require('@dmarc-as-code/cdktf/${entry}')`
      await writeFile(join(folder, 'main.js'), program)
      const failed = await run(process.execPath, ['main.js'], { cwd: folder }).catch(
        (error) => error as { stderr: string },
      )
      expect(failed.stderr).toContain(
        `${name} is not installed, and this DNS target writes with it. Install it: npm install ${name}`,
      )
    },
  )

  it('has its command, and nothing that only we need', async () => {
    const own = join(packed, 'node_modules/@dmarc-as-code/cdktf')
    const { stdout } = await run(process.execPath, [join(own, manifest.bin['dmarc-as-code-cdktf']), '--help'])
    expect(stdout).toContain('init --from-account')
    const { stdout: list } = await run('tar', ['-tzf', join(packed, `dmarc-as-code-cdktf-${manifest.version}.tgz`)])
    const files = list.trim().split('\n')
    expect(files.filter((file) => /\.test\.|\/test\/|peers|codegen/.test(file))).toEqual([])
    expect(files).toContain('package/README.md')
  })
})
