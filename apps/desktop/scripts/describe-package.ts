import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { dump, load } from 'js-yaml'
import { sha512 } from '../src/main/updates/sha512.ts'

interface Description {
  readonly version: string
  readonly files: readonly { readonly url: string; readonly sha512: string; readonly size: number }[]
}

/**
 * Adds a package to the description of its release, as electron-builder does for those it makes itself. A description of
 * another version gives way.
 */
export function describePackage(description: string, path: string, version: string): void {
  const known = existsSync(description) ? (load(readFileSync(description, 'utf8')) as Description) : undefined
  const url = basename(path)
  const others = known?.version === version ? known.files.filter((file) => file.url !== url) : []
  const files = [...others, { url, sha512: sha512(path), size: statSync(path).size }]
  const kept = known?.version === version ? known : {}
  writeFileSync(
    description,
    dump({ ...kept, version, files, releaseDate: new Date().toISOString() }, { lineWidth: -1 }),
  )
}
