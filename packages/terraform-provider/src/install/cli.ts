import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { version } from '../version.ts'
import { cliConfiguration, impliedMirror, installIntoMirror, registryHosts, shortSource } from './mirror.ts'

const usage = `Usage: dmarcreport-provider install [--dir FOLDER] [--binary FILE]

Puts the dmarcreport provider ${version} into a filesystem mirror, so that "terraform init" and "tofu init" find it offline.

  --dir FOLDER    The mirror. Default: ${impliedMirror()},
                  where both look by themselves. With another folder, a CLI
                  configuration is written there as terraform.rc.
  --binary FILE   A compiled provider instead of the script (needed on Windows).
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
    out.write(`\nLet Terraform or OpenTofu use it:\n\n  export TF_CLI_CONFIG_FILE=${configuration}\n`)
  }
  out.write(`
Then name it in a configuration and run "terraform init":

  terraform {
    required_providers {
      dmarcreport = {
        source  = "${shortSource}"
        version = "${version}"
      }
    }
  }

If init says that the checksums of this version are others, it was built anew: delete the provider's entry in
.terraform.lock.hcl and run init again.
`)
}
