import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const BUILD_TIMEOUT_MS = 120_000

/** The dmarcreport provider as the single script that its package builds. Built here where it is not there. */
export async function providerScript(): Promise<string> {
  const home = dirname(createRequire(import.meta.url).resolve('@dmarc-as-code/terraform-provider/package.json'))
  const file = join(home, 'dist', 'provider.cjs')
  if (!existsSync(file)) {
    await run(process.execPath, [join(home, 'scripts', 'bundle.mjs')], { cwd: home, timeout: BUILD_TIMEOUT_MS })
  }
  return readFile(file, 'utf8')
}
