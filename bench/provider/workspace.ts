import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { cliConfiguration, installIntoMirror } from '@dmarc-as-code/terraform-provider/install'
import { bundle } from '../../packages/terraform-provider/scripts/bundle.mjs'
import { compile } from '../../packages/terraform-provider/scripts/package.mjs'

const run = promisify(execFile)

/** The provider in both its forms, in a folder of its own. */
export async function builtProvider(platform: string) {
  const folder = await mkdtemp(join(tmpdir(), 'bench-provider-'))
  const [script, binary] = [join(folder, 'provider.cjs'), join(folder, 'provider')]
  await writeFile(script, await bundle())
  await writeFile(binary, compile(platform), { mode: 0o755 })
  return { folder, script, binary, remove: () => rm(folder, { recursive: true, force: true }) }
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
