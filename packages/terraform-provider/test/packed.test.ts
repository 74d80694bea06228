import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bundle } from '../scripts/bundle.mjs'
import { providerEnvironment } from './sandbox.ts'
import { describeTerraforms } from './terraforms.ts'

const run = promisify(execFile)
const root = join(import.meta.dirname, '..')

describeTerraforms(({ program }) => {
  let base: string
  let sandbox: Sandbox

  /** The package as npm packs it, unpacked where a stranger has it, without anything it depends on. */
  beforeAll(async () => {
    sandbox = await createSandbox()
    base = await mkdtemp(join(tmpdir(), 'provider-packed-'))
    const built = join(base, 'built')
    await mkdir(join(built, 'dist'), { recursive: true })
    for (const name of ['package.json', 'bin', 'docs', 'README.md']) {
      await cp(join(root, name), join(built, name), { recursive: true })
    }
    const tsc = join(root, '../../node_modules/typescript/bin/tsc')
    // Unchecked, so that the packages this one depends on need not be built; the type checker has its own run.
    const options = ['--noCheck', '--declaration', 'false', '--outDir', join(built, 'dist/esm')]
    await run(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json'), ...options])
    await writeFile(join(built, 'dist/provider.cjs'), await bundle())
    await run('npm', ['pack', '--ignore-scripts', '--pack-destination', base], { cwd: built })
    const packed = (await readdir(base)).find((file) => file.endsWith('.tgz')) ?? ''
    const installed = join(base, 'stranger/node_modules/@dmarc-as-code/terraform-provider')
    await mkdir(installed, { recursive: true })
    await run('tar', ['-xzf', join(base, packed), '-C', installed, '--strip-components=1'])
  }, 120_000)
  afterAll(async () => {
    await sandbox?.close()
    await rm(base, { recursive: true, force: true })
  })

  it('installs the provider from its npm package, and terraform init finds it without a configuration or a network', async () => {
    const env = {
      ...process.env,
      HOME: join(base, 'home'),
      TF_CLI_CONFIG_FILE: undefined,
      CHECKPOINT_DISABLE: '1',
      ...providerEnvironment(sandbox),
    }
    await mkdir(env.HOME)
    const command = join(base, 'stranger/node_modules/@dmarc-as-code/terraform-provider/bin/dmarcreport-provider.js')
    const { stdout } = await run(process.execPath, [command, 'install'], { env })
    expect(stdout).toContain(`in ${join(env.HOME, '.terraform.d/plugins')}`)

    const cwd = join(base, 'work')
    await mkdir(cwd)
    await cp(join(root, 'test/killed/main.tf'), join(cwd, 'main.tf'))
    const terraform = (...args: string[]) => run(program, args, { cwd, env })
    expect((await terraform('init', '-no-color')).stdout).toMatch(/Installed dmarc-as-code\/dmarcreport v/)
    expect((await terraform('plan', '-no-color')).stdout).toContain('Plan: 4 to add')
  }, 60_000)
})
