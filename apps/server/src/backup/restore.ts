import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import * as z from 'zod'
import { migrateFrom } from '../store/migrate.ts'
import { connectStore, type Store } from '../store/open-store.ts'
import { type Manifest, manifestName, rowsName } from './backup.ts'
import { parseRowLine, type Row } from './rows.ts'
import { writeSequences } from './sequences.ts'

/** A backup that cannot be restored, as a sentence. */
export class RestoreError extends Error {
  override name = 'RestoreError'
}

const counts = z.record(z.string(), z.int().min(0))
const manifestSchema = z.object({
  format: z.literal(1),
  version: z.string(),
  created_at: z.string(),
  migration: z.string().min(1),
  tables: counts,
  sequences: counts,
  sha256: z.string(),
})

/** Reads what a backup says of itself, and checks that its rows are complete. @throws {RestoreError} */
async function readBackup(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, manifestName), 'utf8').catch(() => undefined)
  if (text === undefined)
    throw new RestoreError(`${folder} has no ${manifestName}: it is no backup, or was not completed.`)
  const parsed = manifestSchema.safeParse(json(text))
  if (!parsed.success) throw new RestoreError(`${manifestName} in ${folder} is not one that this version can read.`)
  const rows = await readFile(join(folder, rowsName)).catch(() => Buffer.alloc(0))
  if (createHash('sha256').update(rows).digest('hex') !== parsed.data.sha256) {
    throw new RestoreError(`${rowsName} in ${folder} is not the one that the backup wrote. Use another backup.`)
  }
  return parsed.data
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * Restores a backup into an empty store, in one transaction: with the schema that it was made with, which is then brought to that
 * of this version.
 *
 * @throws {RestoreError} when the store holds something, or the backup is of a later version
 */
export async function restoreStore(folder: string, location: string): Promise<Manifest> {
  const manifest = await readBackup(folder)
  const store = connectStore(location)
  try {
    await migrateFrom(store.db, store.engine, manifest.migration, async () => {
      await requireEmpty(store, location)
      await fill(store, folder, manifest)
    })
  } finally {
    await store.close()
  }
  return manifest
}

async function requireEmpty({ db }: Store, location: string): Promise<void> {
  const user = await db.selectFrom('users').select('id').limit(1).executeTakeFirst()
  const zone = await db.selectFrom('work').select('task').limit(1).executeTakeFirst()
  if (!user && !zone) return
  const where = location.startsWith('postgres') ? 'the database' : location
  throw new RestoreError(
    `The store is not empty. Restore into a new one: name another in "store", or move ${where} away.`,
  )
}

const batch = 200

async function fill(store: Store, folder: string, manifest: Manifest): Promise<void> {
  await store.db.transaction().execute(async (tx) => {
    const restored: Record<string, number> = {}
    let table = ''
    let rows: Row[] = []
    const insert = async () => {
      if (rows.length === 0) return
      await tx
        .insertInto(table as 'users')
        .values(rows as never)
        .execute()
      restored[table] = (restored[table] ?? 0) + rows.length
      rows = []
    }
    const lines = createInterface({ input: createReadStream(join(folder, rowsName)).pipe(createGunzip()) })
    for await (const line of lines) {
      const next = parseRowLine(line)
      if (next.table !== table || rows.length === batch) await insert()
      table = next.table
      rows.push(next.row)
    }
    await insert()
    const missing = Object.entries(manifest.tables).find(([name, count]) => (restored[name] ?? 0) !== count)
    if (missing)
      throw new RestoreError(
        `The backup has ${restored[missing[0]] ?? 0} rows of ${missing[0]} instead of ${missing[1]}.`,
      )
    await writeSequences(tx, store.engine, manifest.sequences)
  })
}
