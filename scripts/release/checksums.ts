import { createHash } from 'node:crypto'
import { createReadStream, readdirSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'

/** A file of a release. */
export interface ReleaseFile {
  /** From the release's folder, with slashes on every system. */
  readonly path: string
  /** In lowercase hexadecimal digits. */
  readonly sha256: string
}

/** Every file below `folder`, in the order of the paths. */
export async function filesOf(folder: string): Promise<ReleaseFile[]> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
  const files: ReleaseFile[] = []
  for (const path of paths) files.push({ path, sha256: await sha256(join(folder, path)) })
  return files
}

/** Writes what `sha256sum --check` reads. */
export function writeChecksums(path: string, files: readonly ReleaseFile[]): void {
  writeFileSync(path, files.map((file) => `${file.sha256}  ${file.path}\n`).join(''))
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
