import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { root } from '../lib/bootstrap.mjs'
import { copyOfSources } from '../lib/copy-of-sources.ts'

const run = promisify(execFile)

/** The folders of the packages that are published, as paths from the root of the repository. */
export function publishedPackages(): string[] {
  return [...readdirSync(join(root, 'packages')).map((name) => `packages/${name}`), 'apps/server'].filter(
    (folder) => manifestOf(join(root, folder)).private !== true,
  )
}

/** The manifest of a package. */
export function manifestOf(folder: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
}

export interface Packed {
  /** Where everything is; remove it afterwards. */
  readonly base: string
  /** The tarball of each package, by folder. */
  readonly tarballs: ReadonlyMap<string, string>
}

/**
 * Packs published packages, all of them unless named, as a release does, from a copy of the repository that was never
 * built: `prepack` must do that. Nothing in the repository itself is written.
 */
export async function packAll(folders: readonly string[] = publishedPackages()): Promise<Packed> {
  const base = mkdtempSync(join(tmpdir(), 'packed-'))
  const copy = join(base, 'repository')
  const top = ['package.json', 'package-lock.json', 'turbo.json', 'tsconfig.base.json', 'LICENSE', 'CHANGELOG.md']
  await copyOfSources(copy, ['packages', 'apps/server', 'scripts', 'test-support', ...top])
  const tarballs = new Map<string, string>()
  for (const folder of folders) {
    const { stdout } = await run('npm', ['pack', '--silent', '--pack-destination', base], {
      cwd: join(copy, folder),
      timeout: 240_000,
    })
    tarballs.set(folder, join(base, stdout.trim().split('\n').at(-1) ?? ''))
  }
  return { base, tarballs }
}
