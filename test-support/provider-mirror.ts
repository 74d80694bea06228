import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** How Terraform names this machine. */
export const platform = () => `${process.platform}_${process.arch === 'x64' ? 'amd64' : process.arch}`

let script: Promise<string> | undefined

/** The dmarcreport provider as one script, made of the sources as they are: what its package built may be older. */
function providerScript(): Promise<string> {
  script ??= bundleProvider()
  return script
}

async function bundleProvider(): Promise<string> {
  const home = dirname(createRequire(import.meta.url).resolve('@dmarc-as-code/terraform-provider/package.json'))
  const { bundle } = await import(pathToFileURL(join(home, 'scripts', 'bundle.mjs')).href)
  return bundle()
}

/** A mirror in a folder that has our provider alone; answers the CLI configuration with it. */
export async function dmarcreportMirror(base: string): Promise<string> {
  const mirror = join(base, 'mirror')
  await putProvider(mirror, 'dmarc-as-code/dmarcreport', '0.1.0', await providerScript())
  const file = join(base, 'terraform.rc')
  const path = JSON.stringify(mirror)
  await writeFile(file, `provider_installation {\n  filesystem_mirror {\n    path = ${path}\n  }\n}\n`)
  return file
}

/** Where a mirror keeps a provider for this machine. */
export const inMirror = (mirror: string, source: string, version: string) =>
  join(mirror, 'registry.terraform.io', source, version, platform())

/** Puts a provider into a mirror, whose program is a script for Node. */
export async function putProvider(mirror: string, source: string, version: string, program: string): Promise<void> {
  const folder = inMirror(mirror, source, version)
  await mkdir(folder, { recursive: true })
  const file = join(folder, `terraform-provider-${source.split('/').at(-1)}_v${version}`)
  await writeFile(file, `#!/usr/bin/env node\n${program.replace(/^#!.*\n/, '')}`)
  await chmod(file, 0o755)
  await writeFile(join(folder, 'package.json'), '{"type":"commonjs"}\n')
}
