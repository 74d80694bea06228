import { existsSync } from 'node:fs'
import { chmod, copyFile, cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { version } from '../version.ts'
import { builtScript } from './built-script.ts'

/** The provider's address in a configuration. */
export const shortSource = 'dmarc-as-code/dmarcreport'

/** Terraform and OpenTofu each complete the address with the host of their own registry. */
export const registryHosts = ['registry.terraform.io', 'registry.opentofu.org'] as const

export interface InstallOptions {
  /** A compiled provider for this machine instead of the script, which Windows cannot run. Of a Linux archive, unpacked as a whole. */
  readonly binary?: string
  /** Default: the script of this package. */
  readonly script?: string
  /** Default: the Node that runs this. Written into the script, so that it runs whatever is first on the PATH later. */
  readonly node?: string
}

/**
 * Puts the provider into a filesystem mirror, for this machine, so that `terraform init` and `tofu init` find it without a
 * network. Returns the mirror's path. Installing again replaces what is there.
 */
export async function installIntoMirror(mirror: string, options: InstallOptions = {}): Promise<string> {
  const windows = process.platform === 'win32'
  if (windows && options.binary === undefined) {
    throw new Error(
      'Windows requires an .exe file, but this package contains the provider as a script. ' +
        'Download the Windows archive of the release and pass its .exe with --binary.',
    )
  }
  for (const host of registryHosts) {
    const folder = join(mirror, host, shortSource, version, platformName())
    await rm(folder, { recursive: true, force: true })
    await mkdir(folder, { recursive: true })
    const program = join(folder, `terraform-provider-dmarcreport_v${version}${windows ? '.exe' : ''}`)
    if (options.binary !== undefined) await copyProgram(options.binary, program)
    else await writeScript(program, options.script ?? (await builtScript()), options.node ?? process.execPath)
  }
  return mirror
}

/** Beside the program of a Linux archive, which only starts what is in here. */
const RUNTIME = 'glibc'

/** With the execute bit, which a download does not have, and with the folder that the program of a Linux archive needs. */
async function copyProgram(source: string, program: string): Promise<void> {
  await copyFile(source, program)
  await chmod(program, 0o755)
  const runtime = join(dirname(source), RUNTIME)
  if (!existsSync(join(runtime, 'provider'))) return
  await cp(runtime, join(dirname(program), RUNTIME), { recursive: true })
  for (const name of ['provider', 'ld.so']) await chmod(join(dirname(program), RUNTIME, name), 0o755)
}

async function writeScript(program: string, source: string, node: string): Promise<void> {
  const text = await readFile(source, 'utf8')
  const body = text.slice(text.indexOf('\n') + 1)
  // Kernels cut the first line at 127 characters, and split it at spaces.
  const interpreter = node.length > 120 || node.includes(' ') ? '/usr/bin/env node' : node
  const beside = `${program}.tmp`
  await writeFile(beside, `#!${interpreter}\n${body}`, { mode: 0o755 })
  await rename(beside, program)
  // A file without extension is CommonJS or not by the nearest package.json, which must not be some project's.
  await writeFile(join(dirname(program), 'package.json'), '{"type":"commonjs"}\n')
}

/** As registries name platforms: `linux_amd64`. */
export function platformName(platform: NodeJS.Platform = process.platform, arch: string = process.arch): string {
  return `${platform === 'win32' ? 'windows' : platform}_${arch === 'x64' ? 'amd64' : arch}`
}

/** Where Terraform and OpenTofu look by themselves, without any configuration. */
export function impliedMirror(env: NodeJS.ProcessEnv = process.env): string {
  return process.platform === 'win32'
    ? join(env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'terraform.d', 'plugins')
    : join(env.HOME ?? homedir(), '.terraform.d', 'plugins')
}

/** A CLI configuration that takes this provider from the mirror and all others from where they are. */
export function cliConfiguration(mirror: string): string {
  const sources = registryHosts.map((host) => JSON.stringify(`${host}/${shortSource}`)).join(', ')
  return `provider_installation {
  filesystem_mirror {
    path    = ${JSON.stringify(mirror)}
    include = [${sources}]
  }
  direct {
    exclude = [${sources}]
  }
}
`
}
