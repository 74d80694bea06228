import { createHash } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Notes on disk about objects that are being created, kept from before the request until Terraform has shown that its
 * state holds the object. A provider (or machine) that dies in between leaves its note, and the next run takes over
 * what was made instead of making it again or tripping over it.
 */
export interface CreationMarkers {
  /** Notes the intent. Returns the note of an earlier run that died, if there is one. */
  begin(kind: string, key: string, note?: unknown): Promise<{ readonly note: unknown } | undefined>
  /** Forgets the intent: nothing was made, or the state holds it. */
  end(kind: string, key: string): Promise<void>
}

/**
 * CreationMarkers as files in `folder`. Where the folder cannot be written nothing is noted: creating works, but what a killed
 * provider leaves behind must then be imported by hand.
 */
export function fileMarkers(folder: string): CreationMarkers {
  const file = (kind: string, key: string) =>
    `${kind}-${createHash('sha256').update(key).digest('hex').slice(0, 32)}.json`
  // Notes of this very process are no sign of a dead one: two resources may create things of the same name at once.
  const own = new Set<string>()
  // Most resources of most runs have no note: one look at the folder saves a look for each.
  let present: Promise<Set<string>> | undefined
  const list = () => {
    present ??= readdir(folder).then(
      (names) => new Set(names),
      () => new Set<string>(),
    )
    return present
  }
  return {
    async begin(kind, key, note = null) {
      const name = file(kind, key)
      const earlier = !own.has(name) && (await list()).has(name) ? await readNote(join(folder, name)) : undefined
      if (earlier) return earlier
      own.add(name)
      try {
        await writeNote(folder, name, note)
        ;(await list()).add(name)
      } catch {
        return undefined
      }
      return undefined
    },
    async end(kind, key) {
      const name = file(kind, key)
      if (!(await list()).delete(name)) return
      await rm(join(folder, name), { force: true })
    },
  }
}

async function readNote(path: string): Promise<{ note: unknown } | undefined> {
  try {
    return { note: JSON.parse(await readFile(path, 'utf8')) }
  } catch {
    return undefined
  }
}

async function writeNote(folder: string, name: string, note: unknown): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const beside = join(folder, `${name}.tmp`)
  const handle = await open(beside, 'w', 0o600)
  try {
    await handle.writeFile(JSON.stringify(note))
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(beside, join(folder, name))
}
