import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesOf, type ReleaseFile, writeChecksums } from './checksums.ts'
import type { BuildPart } from './parts.ts'
import { type BuiltFrom, provenanceOf } from './provenance.ts'
import { writeStoreManifests } from './write-store-manifests.ts'

/** What `buildRelease` needs besides the folder. */
export interface ReleaseOptions {
  /** By the names of their folders. */
  readonly parts: Readonly<Record<string, BuildPart>>
  /** Folders of files to add to parts, by their names: what only another system can build. */
  readonly builtElsewhere?: Readonly<Record<string, string>>
  /** The bill of materials of each of these, by the name of its file. */
  readonly sboms: Readonly<Record<string, () => object>>
  /** The release's, without a leading `v`. */
  readonly version: string
  readonly from: Omit<BuiltFrom, 'startedOn' | 'finishedOn'>
  readonly now: () => Date
  readonly log: (line: string) => void
}

/** Tells the folder of a release from one with something else in it. */
const MARK = 'SHA256SUMS'

/**
 * Builds all that a release uploads into `folder`: each part in a folder of its own, `sbom/`, `stores/`, `provenance.json`, and
 * `SHA256SUMS` over all of them. An older release there is replaced.
 *
 * @throws {Error} if the folder holds something else, or a part cannot be built: then `SHA256SUMS` is missing
 */
export async function buildRelease(folder: string, options: ReleaseOptions): Promise<readonly ReleaseFile[]> {
  if (
    existsSync(folder) &&
    readdirSync(folder).length > 0 &&
    !existsSync(join(folder, MARK)) &&
    !isUnfinished(folder, options)
  ) {
    throw new Error(`${folder} holds something that is no release. Name a new folder, or empty this one.`)
  }
  const startedOn = options.now()
  rmSync(folder, { recursive: true, force: true })
  for (const [name, build] of Object.entries(options.parts)) {
    options.log(`== ${name}`)
    mkdirSync(join(folder, name), { recursive: true })
    await build(join(folder, name))
  }
  for (const [name, from] of Object.entries(options.builtElsewhere ?? {})) {
    cpSync(from, join(folder, name), { recursive: true })
  }
  mkdirSync(join(folder, 'sbom'), { recursive: true })
  for (const [name, bom] of Object.entries(options.sboms)) {
    writeFileSync(join(folder, 'sbom', `${name}.cdx.json`), `${JSON.stringify(bom(), null, 2)}\n`)
  }
  const { version, log, from } = options
  const shops = writeStoreManifests(join(folder, 'stores'), await filesOf(folder), { version, released: startedOn })
  log(`== manifests for ${shops.join(', ') || 'no shop'}`)
  const statement = provenanceOf(await filesOf(folder), { ...from, startedOn, finishedOn: options.now() })
  writeFileSync(join(folder, 'provenance.json'), `${JSON.stringify(statement, null, 2)}\n`)
  const files = await filesOf(folder)
  writeChecksums(join(folder, MARK), files)
  return files
}

/** A build that failed leaves folders of parts and nothing else. */
function isUnfinished(folder: string, { parts }: ReleaseOptions): boolean {
  const known = new Set([...Object.keys(parts), 'sbom', 'stores', 'provenance.json'])
  return readdirSync(folder).every((name) => known.has(name))
}
