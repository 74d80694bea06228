import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { root } from '../../scripts/lib/bootstrap.mjs'

/** Where peers are installed. Nothing of a peer is written outside it. */
export const peersFolder = join(root, '.cache', 'peers')

/**
 * A folder below `.cache/peers`, filled by `fill` the first time. An interrupted `fill` leaves nothing that would pass as
 * complete, because the folder gets its name last.
 */
export async function cachedFolder(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(peersFolder, name)
  if (existsSync(join(folder, 'complete'))) return folder
  await mkdir(dirname(folder), { recursive: true })
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder)
  await fill(folder)
  const unfinished = `${join(folder, 'complete')}.new`
  await mkdir(unfinished)
  await rename(unfinished, join(folder, 'complete'))
  return folder
}
