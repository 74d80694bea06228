import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { ReleaseFile } from './checksums.ts'
import { caskOf } from './stores/cask.ts'
import { flathubOf } from './stores/flathub.ts'
import { wingetOf } from './stores/winget.ts'

/**
 * Writes the manifests of the shops whose kind of package is among `files` into `folder`; answers the shops.
 *
 * @param version the release's, without a leading `v`
 */
export function writeStoreManifests(
  folder: string,
  files: readonly ReleaseFile[],
  { version, released }: { readonly version: string; readonly released: Date },
): string[] {
  const written: string[] = []
  const write = (shop: string, manifests: ReadonlyMap<string, string>): void => {
    for (const [name, text] of manifests) {
      const path = join(folder, shop, name)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, text)
    }
    written.push(shop)
  }
  const download = (ending: string) => {
    const file = files.find(({ path }) => path.startsWith('desktop/') && path.endsWith(ending))
    return file && { ...file, version }
  }
  const [image, installer, deb] = [download('.dmg'), download('.exe'), download('.deb')]
  if (image) write('homebrew', new Map([['dmarc-watch.rb', caskOf(image)]]))
  if (installer) write('winget', wingetOf(installer, released))
  if (deb) write('flathub', flathubOf(deb, released))
  return written
}
