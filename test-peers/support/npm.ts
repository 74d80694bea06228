import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cachedFolder } from './cache.ts'
import { type Peer, runInstaller, unlessUnreachable } from './installing.ts'

/** What `package.json` says of the packages of a peer. */
export interface NpmPackages {
  /** Exact versions. */
  readonly dependencies: Readonly<Record<string, string>>
  readonly overrides?: Readonly<Record<string, string>>
}

/** Packages of npm in a folder of their own, `folder`; none of their scripts is run. */
export async function npmPeer(packages: NpmPackages): Promise<Peer<{ folder: string }>> {
  const [name = 'npm'] = Object.keys(packages.dependencies)
  const key = createHash('sha256').update(JSON.stringify(packages)).digest('hex').slice(0, 12)
  return await unlessUnreachable('npm', async () => {
    const folder = await cachedFolder(join('npm', `${name.replace('/', '-')}-${key}`), async (fresh) => {
      await writeFile(join(fresh, 'package.json'), JSON.stringify({ private: true, ...packages }))
      const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--silent']
      await runInstaller('npm', ['install', ...flags, '--prefix', fresh])
    })
    return { folder }
  })
}
