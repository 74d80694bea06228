import { execFile } from 'node:child_process'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { bundle } from '../scripts/bundle.mjs'
import { cliConfiguration, installIntoMirror } from '../src/install/index.ts'

const run = promisify(execFile)

export interface MirrorWorkspace {
  readonly folder: string
  readonly mirror: string
  /** Replaces the configuration. */
  write(hcl: string): Promise<void>
  /** Runs a command of Terraform in the folder; rejects, with all it said, when it fails. */
  terraform(...args: string[]): Promise<string>
  close(): Promise<void>
}

export interface MirrorOptions {
  /** Puts the provider into the mirror. Default: as one script. */
  readonly install?: (mirror: string) => Promise<void>
}

async function installScript(mirror: string): Promise<void> {
  const script = `${mirror}.cjs`
  await writeFile(script, await bundle())
  await installIntoMirror(mirror, { script })
}

/** A folder whose `terraform init` takes the provider, as one script, from a filesystem mirror. */
export async function mirrorWorkspace(
  program: string,
  env: NodeJS.ProcessEnv,
  source: string,
  { install = installScript }: MirrorOptions = {},
): Promise<MirrorWorkspace> {
  const base = await mkdtemp(join(tmpdir(), 'provider-mirror-'))
  const [folder, mirror] = [join(base, 'work'), join(base, 'mirror')]
  await install(mirror)
  await writeFile(join(base, 'terraform.rc'), cliConfiguration(mirror))
  await cp(source, folder, { recursive: true })
  return {
    folder,
    mirror,
    write: (hcl) => writeFile(join(folder, 'main.tf'), hcl),
    async terraform(...args) {
      const options = {
        cwd: folder,
        timeout: 120_000,
        maxBuffer: 1 << 26,
        env: {
          ...process.env,
          CHECKPOINT_DISABLE: '1',
          TF_IN_AUTOMATION: '1',
          TF_INPUT: '0',
          TF_CLI_CONFIG_FILE: join(base, 'terraform.rc'),
          // Where a killed provider leaves its socket.
          TMPDIR: base,
          ...env,
        },
      }
      try {
        return (await run(program, args, options)).stdout
      } catch (error) {
        const { stdout, stderr } = error as { stdout?: string; stderr?: string }
        throw new Error(`terraform ${args.join(' ')} failed:\n${stdout}${stderr}`, { cause: error })
      }
    },
    close: () => rm(base, { recursive: true, force: true }),
  }
}
