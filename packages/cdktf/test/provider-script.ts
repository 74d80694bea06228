import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

let script: Promise<string> | undefined

/** The dmarcreport provider as one script, made of the sources as they are: what its package built may be older. */
export function providerScript(): Promise<string> {
  script ??= bundleProvider()
  return script
}

async function bundleProvider(): Promise<string> {
  const home = dirname(createRequire(import.meta.url).resolve('@dmarc-as-code/terraform-provider/package.json'))
  const { bundle } = await import(pathToFileURL(join(home, 'scripts', 'bundle.mjs')).href)
  return bundle()
}
