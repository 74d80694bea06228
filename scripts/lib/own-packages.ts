import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { root } from './bootstrap.mjs'

/**
 * The folders of our packages that a package needs when it is built or runs, optional ones and those of others as well, each
 * after those that it needs itself.
 *
 * @param folder path from the root of the repository: `packages/cdktf`
 */
export function ownPackages(folder: string): string[] {
  const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as {
    dependencies?: Record<string, string>
    peerDependencies?: Record<string, string>
  }
  const direct = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })
    .filter((name) => name.startsWith('@dmarc-as-code/'))
    .map((name) => `packages/${basename(name)}`)
  return [...new Set(direct.flatMap((each) => [...ownPackages(each), each]))]
}
