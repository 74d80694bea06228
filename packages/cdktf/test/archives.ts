import { execFile } from 'node:child_process'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { root } from '../../../scripts/lib/bootstrap.mjs'
import { ownPackages } from '../../../scripts/lib/own-packages.ts'

const run = promisify(execFile)
export const NPM_TIMEOUT_MS = 180_000

/** Packs our packages into a folder, as npm would publish them; answers what `npm install` takes, by name. */
export async function packOurs(folder: string): Promise<Readonly<Record<string, string>>> {
  const entries = [...ownPackages('packages/cdktf'), 'packages/cdktf'].map(async (each) => {
    const { stdout } = await npm(
      ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder],
      join(root, each),
    )
    return [`@dmarc-as-code/${basename(each)}`, `file:${join(folder, stdout.trim().split('\n').at(-1) ?? '')}`] as const
  })
  return Object.fromEntries(await Promise.all(entries))
}

/** Rejects with what npm says. */
export async function npm(args: readonly string[], cwd: string) {
  try {
    return await run('npm', args, { cwd, timeout: NPM_TIMEOUT_MS, maxBuffer: 1 << 24 })
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    throw new Error(`npm ${args.join(' ')} failed:\n${stdout}${stderr}`, { cause: error })
  }
}

/** Flags of an installation in a test. */
export const installFlags = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline']
