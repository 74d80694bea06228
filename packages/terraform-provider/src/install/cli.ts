import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { version } from '../version.ts'
import { cliConfiguration, impliedMirror, installIntoMirror, registryHosts, shortSource } from './mirror.ts'

const usage = `Usage: dmarcreport-provider install [--dir FOLDER] [--binary FILE]

Installs the dmarcreport provider ${version} into a filesystem mirror, so that "terraform init" and "tofu init" find it offline.

  --dir FOLDER    Mirror folder. Default: ${impliedMirror()},
                  which both tools search by default. For another folder,
                  the command writes a CLI configuration there, terraform.rc.
  --binary FILE   Compiled provider instead of the script (required on Windows).
                  Unpack the archive of the release as a whole first.
`

interface Output {
  write(text: string): unknown
}

/** The command line; answers the exit code. */
export async function main(args: readonly string[], out: Output, err: Output): Promise<number> {
  let parsed: ReturnType<typeof parse>
  try {
    parsed = parse(args)
  } catch (error) {
    err.write(`${(error as Error).message}\n\n${usage}`)
    return 2
  }
  const { values, positionals } = parsed
  if (values.help) {
    out.write(usage)
    return 0
  }
  if (positionals.length !== 1 || positionals[0] !== 'install') {
    err.write(`Found "${positionals.join(' ')}", expected the command "install".\n\n${usage}`)
    return 2
  }
  try {
    await install(values.dir === undefined ? undefined : resolve(values.dir), values.binary, out)
    return 0
  } catch (error) {
    err.write(`${(error as Error).message}\n`)
    return 1
  }
}

const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { dir: { type: 'string' }, binary: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  })

async function install(dir: string | undefined, binary: string | undefined, out: Output): Promise<void> {
  const mirror = dir ?? impliedMirror()
  await mkdir(mirror, { recursive: true })
  await installIntoMirror(mirror, { ...(binary !== undefined && { binary: resolve(binary) }) })
  out.write(`Installed ${shortSource} ${version} for ${registryHosts.join(' and ')} in ${mirror}\n`)
  if (dir !== undefined) {
    const configuration = join(mirror, 'terraform.rc')
    await writeFile(configuration, cliConfiguration(mirror))
    out.write(`\nTo make Terraform or OpenTofu use it:\n\n  export TF_CLI_CONFIG_FILE=${configuration}\n`)
  }
  out.write(`
Add it to your configuration and run "terraform init":

  terraform {
    required_providers {
      dmarcreport = {
        source  = "${shortSource}"
        version = "${version}"
      }
    }
  }

If init reports a checksum mismatch for this version, the provider was rebuilt: delete its entry in
.terraform.lock.hcl and run init again.
`)
}
