import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { cliConfiguration, installIntoMirror } from '@dmarc-as-code/terraform-provider/install'
import { bundle } from '../../packages/terraform-provider/scripts/bundle.mjs'
import { linuxRuntime, missingPackages } from '../../packages/terraform-provider/scripts/linux/runtime.mjs'
import { compile } from '../../packages/terraform-provider/scripts/package.mjs'

const run = promisify(execFile)

/** The provider in both its forms, in a folder of its own. */
export async function builtProvider(platform: string) {
  const folder = await mkdtemp(join(tmpdir(), 'bench-provider-'))
  const [script, binary] = [join(folder, 'provider.cjs'), join(folder, 'provider')]
  await writeFile(script, await bundle())
  const program = compile(platform)
  await writeFile(binary, program, { mode: 0o755 })
  const launcher = await withLauncher(join(folder, 'archive'), platform, program)
  return { folder, script, binary, launcher, remove: () => rm(folder, { recursive: true, force: true }) }
}

/** The provider as a Linux archive has it, behind its launcher; undefined where there is none or it cannot be made here. */
async function withLauncher(folder: string, platform: string, program: Buffer): Promise<string | undefined> {
  if (platform !== 'linux_amd64' && platform !== 'linux_arm64') return undefined
  if (missingPackages(platform).length > 0) return undefined
  const { launcher, files } = linuxRuntime(platform)
  const provider = { name: 'glibc/provider', data: program, executable: true }
  const start = { name: 'provider', data: launcher, executable: true }
  await mkdir(join(folder, 'glibc'), { recursive: true })
  for (const { name, data, executable = false } of [start, provider, ...files]) {
    await writeFile(join(folder, name), data, { mode: executable ? 0o755 : 0o644 })
  }
  return join(folder, start.name)
}

/** A Terraform folder that takes the provider from a mirror; `terraform` answers what the command printed. */
export async function workspace(
  folder: string,
  main: string,
  env: NodeJS.ProcessEnv,
  provider: { readonly script: string } | { readonly binary: string },
) {
  const mirror = join(folder, 'mirror')
  await installIntoMirror(mirror, provider)
  await writeFile(join(folder, 'terraform.rc'), cliConfiguration(mirror))
  await writeFile(join(folder, 'main.tf'), main)
  const { NODE_EXTRA_CA_CERTS: _, ...inherited } = process.env
  const terraform = async (...args: string[]) => {
    const options = {
      cwd: folder,
      maxBuffer: 1 << 28,
      env: {
        ...inherited,
        CHECKPOINT_DISABLE: '1',
        TF_IN_AUTOMATION: '1',
        TF_CLI_CONFIG_FILE: join(folder, 'terraform.rc'),
        ...env,
      },
    }
    return (await run('terraform', args, options)).stdout
  }
  await terraform('init')
  return terraform
}
