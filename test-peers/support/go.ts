import { join } from 'node:path'
import { findProgram } from '../../test-support/programs.ts'
import { cachedFolder, peersFolder } from './cache.ts'
import { type Peer, runInstaller, unlessUnreachable } from './installing.ts'

/** A program of a Go module, built with `go install`. `name` is the program's, the last part of `path` without a version. */
export async function goPeer(path: string, version: string): Promise<Peer<{ program: string }>> {
  const go = findProgram('go')
  if (!go) return { available: false, why: 'go is not installed' }
  const name =
    path
      .split('/')
      .filter((part) => !/^v\d+$/.test(part))
      .at(-1) ?? path
  return await unlessUnreachable('the Go module proxy', async () => {
    const folder = await cachedFolder(join('go', `${name}-${version}`), async (fresh) => {
      await runInstaller(go, ['install', `${path}@${version}`], {
        GOBIN: fresh,
        GOPATH: join(peersFolder, 'go-path'),
        GOCACHE: join(peersFolder, 'go-build'),
        // Files of the module cache are read-only otherwise, and `.cache` could not be deleted by hand.
        GOFLAGS: '-modcacherw',
        // Builds with the Go that is installed, or says which one it needs.
        GOTOOLCHAIN: 'local',
      })
    })
    return { program: join(folder, name) }
  })
}
