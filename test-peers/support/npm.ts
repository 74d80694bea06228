import { join } from 'node:path'
import { cachedFolder, peersFolder } from './cache.ts'
import { type Peer, runInstaller, unlessUnreachable } from './installing.ts'

/** A package of npm in a folder of its own, without its scripts; `modules` is the `node_modules` that it is in. */
export function npmPeer(name: string, release: string): Promise<Peer<{ modules: string }>> {
  return unlessUnreachable('npm', async () => {
    const folder = await cachedFolder(join('npm', `${name.replaceAll('/', '-')}-${release}`), async (fresh) => {
      const options = ['--no-audit', '--no-fund', '--ignore-scripts', '--cache', join(peersFolder, 'npm-cache')]
      await runInstaller('npm', ['install', ...options, '--prefix', fresh, `${name}@${release}`])
    })
    return { modules: join(folder, 'node_modules') }
  })
}
