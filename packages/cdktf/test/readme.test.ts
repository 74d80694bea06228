import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasPrograms } from '../../../test-support/programs.ts'
import { dmarcreportMirror } from '../../../test-support/provider-mirror.ts'
import { peersFolder } from './peers.ts'

const run = promisify(execFile)
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc')
const COMMAND_TIMEOUT_MS = 180_000

const readme = await readFile(join(import.meta.dirname, '..', 'README.md'), 'utf8')
const samples = (language: string) =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, code = '']) => code)

/** Samples that are whole files, by the name that stands above them. */
const files = Object.fromEntries(
  [...readme.matchAll(/^`([\w.]+\.ts)`:\n\n```ts\n([\s\S]*?)^```$/gm)].map(([, name = '', code = '']) => [name, code]),
)
/** The file that needs `@dmarc-as-code/server`. */
const onSandbox = 'apply.test.ts'
/** The others go on from the first program, one after the other. */
const others = samples('ts').filter((code) => !Object.values(files).includes(code))
const before = `
import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js'
import {
  Account, DnsTarget, DomainFleet, DomainRule, DmarcRollout, DmarcreportProvider, MonitoredDomain, ProviderDns,
  RefuseWeakPolicy, RequireMtaSts, Tag,
} from '@dmarc-as-code/cdktf'
import { Route53Dns } from '@dmarc-as-code/cdktf/route53'
import { App, Aspects, TerraformOutput, TerraformResource, TerraformStack, Testing } from 'cdktf'

const app = new App()
const stack = new TerraformStack(app, 'mail')
new DmarcreportProvider(stack, 'dmarcreport')
new AwsProvider(stack, 'aws', { region: 'us-east-1' })
const passRate = Number('0.5') || undefined
`

describe('the samples of the README', () => {
  let folder: string
  beforeAll(async () => {
    await mkdir(join(peersFolder, 'runs'), { recursive: true })
    folder = await mkdtemp(join(peersFolder, 'runs', 'readme-'))
    const [yaml = ''] = samples('yaml')
    const settings = {
      target: 'es2023',
      module: 'nodenext',
      strict: true,
      noImplicitOverride: true,
      noEmit: true,
      allowImportingTsExtensions: true,
      erasableSyntaxOnly: true,
      types: ['node'],
    }
    const project = {
      ...files,
      'package.json': '{ "type": "module" }',
      'tsconfig.json': JSON.stringify({ compilerOptions: settings, include: ['*.ts'], exclude: [onSandbox] }),
      // The server is compiled with it, as this repository compiles it.
      'tsconfig.sandbox.json': JSON.stringify({
        extends: join(import.meta.dirname, '../../../tsconfig.base.json'),
        compilerOptions: { noEmit: true, types: ['node'] },
        include: [onSandbox],
      }),
      'domains.yaml': yaml,
      // Whatever day it is now, the rollout is at its beginning.
      'others.ts': `${before}${others.join('\n').replace("live: 'none',", "$& now: new Date('2026-02-01'),")}\napp.synth()\n`,
    }
    for (const [name, text] of Object.entries(project)) await writeFile(join(folder, name), text)
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const node = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    run(process.execPath, args, {
      cwd: folder,
      timeout: COMMAND_TIMEOUT_MS,
      env: { ...process.env, NODE_OPTIONS: '', ...env },
    })
  const stack = async () => JSON.parse(await readFile(join(folder, 'cdktf.out/stacks/mail/cdk.tf.json'), 'utf8'))

  it('compile without errors', { timeout: COMMAND_TIMEOUT_MS }, async () => {
    expect(others.length).toBeGreaterThan(7)
    for (const project of ['tsconfig.json', 'tsconfig.sandbox.json']) {
      const { stdout } = await node([tsc, '-p', project]).catch((error) => error as { stdout: string })
      expect(stdout, project).toBe('')
    }
  })

  it('make a stack: the first by itself', { timeout: COMMAND_TIMEOUT_MS }, async () => {
    await node(['main.ts'])
    expect(Object.keys((await stack()).resource.aws_route53_record)).toHaveLength(4)
  })

  it('make a stack: the others together, up to what the rules of the last refuse', {
    timeout: COMMAND_TIMEOUT_MS,
  }, async () => {
    const refused = await node(['others.ts']).then(
      () => '',
      (error: { stderr: string }) => error.stderr,
    )
    const lines = refused.split('\n').map((line) => line.trim())
    const refusals = lines.filter((line) => line.startsWith('[mail/'))
    expect(refusals.filter((line) => !line.includes('] hostedMtaSts: found no policy'))).toEqual([
      expect.stringContaining('[mail/clients/example.net] hostedDmarc.extraRua: found dmarc@example.net'),
    ])
  })

  it('test the stack of the chapter on testing', { timeout: COMMAND_TIMEOUT_MS }, async () => {
    const { stdout } = await node(['--test', '--test-reporter=tap', 'stack.test.ts'])
    expect(stdout).toMatch(/^# pass 5$/m)
  })

  it.skipIf(!hasPrograms('terraform'))('apply that stack to a sandbox', { timeout: COMMAND_TIMEOUT_MS }, async () => {
    const env = { TF_CLI_CONFIG_FILE: await dmarcreportMirror(folder), TMPDIR: folder, CHECKPOINT_DISABLE: '1' }
    const source = ['--conditions=@dmarc-as-code/source', '--disable-warning=ExperimentalWarning']
    const { stdout } = await node([...source, '--test', '--test-reporter=tap', onSandbox], env)
    expect(stdout).toMatch(/^# pass 1$/m)
  })

  it('show what faults look like', { timeout: COMMAND_TIMEOUT_MS }, async () => {
    const programs = [
      `
new MonitoredDomain(stack, 'example', { address: 'example.com', hostedDmarc: { policy: 'rejct' } })
new MonitoredDomain(stack, 'shop', { address: 'shop.example', hostedMtaSts: { mode: 'enforce' } })
app.synth()
`,
      `
new MonitoredDomain(stack, 'example', { address: 'example.com', hostedDmarc: {} })
Aspects.of(stack).add(new RefuseWeakPolicy())
Testing.synth(stack, true)
`,
    ]
    expect(samples('text')).toHaveLength(programs.length)
    for (const [index, shown] of samples('text').entries()) {
      await writeFile(join(folder, 'faults.js'), `${before}${programs[index]}`)
      const { stderr } = await node(['faults.js']).catch((error) => error as { stderr: string })
      for (const line of shown.trim().split('\n')) expect(stderr).toContain(line)
    }
  })
})
