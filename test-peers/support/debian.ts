import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { findProgram } from '../../test-support/programs.ts'
import { cachedFolder } from './cache.ts'
import { type Peer, runInstaller, unlessUnreachable } from './installing.ts'

/**
 * A program of a Debian package that is unpacked, not installed: nothing is started, and nothing on the machine changes.
 * For packages whose dependencies every machine has. `program` is its path in the package.
 */
export async function debianPeer(name: string, program: string): Promise<Peer<{ program: string }>> {
  const missing = ['apt-get', 'dpkg-deb'].find((tool) => !findProgram(tool))
  if (missing) return { available: false, why: `${missing} is not installed` }
  return await unlessUnreachable("Debian's archive", async () => {
    const folder = await cachedFolder(join('debian', name), async (fresh) => {
      await runInstaller('sh', ['-c', 'cd "$1" && apt-get download "$2"', 'sh', fresh, name])
      const [file = ''] = (await readdir(fresh)).filter((each) => each.endsWith('.deb'))
      await runInstaller('dpkg-deb', ['--extract', join(fresh, file), fresh])
    })
    return { program: join(folder, program) }
  })
}
