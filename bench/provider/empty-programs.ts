import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { compile } from '../../packages/terraform-provider/scripts/package.mjs'
import { root } from '../../scripts/lib/bootstrap.mjs'

/** A program that prints one line and ends, for each way in which the provider runs: what the run-time library takes by itself. */
export async function emptyPrograms(folder: string, platform: string) {
  const [script, binary] = [join(folder, 'empty.mjs'), join(folder, 'empty')]
  await writeFile(script, "process.stdout.write('ready\\n')\n")
  await writeFile(binary, compile(platform, script), { mode: 0o755 })
  // Not the link in `.bin`, which other packages' versions could stand behind.
  return { script, binary, bun: join(root, 'node_modules/bun/bin/bun.exe') }
}
