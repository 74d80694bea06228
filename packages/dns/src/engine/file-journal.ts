import { mkdir, open, readdir, readFile, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { DnsInputError } from '../errors.ts'
import { isUnfinished, type Journal, type JournalStore, newestFirst } from './journal.ts'
import { KeptDataError, parseJournal } from './parse.ts'

const journalId = /^[\w-]+$/

export const isJournalId = (id: string): boolean => journalId.test(id)

/**
 * One JSON file per journal in `folder` (created with mode 0700; files 0600). A file's name is its journal's id, also where
 * somebody has renamed it; files whose name cannot be one, such as copies that a file manager made, are left alone. A journal is written beside its place,
 * synced, renamed, and the folder synced, so that a crash leaves either the old text or the new one.
 */
export function fileJournalStore(folder: string): Required<JournalStore> {
  const path = (id: string) => {
    if (!isJournalId(id))
      throw new DnsInputError('A journal id has other characters than letters, digits, "_" and "-".')
    return join(folder, `${id}.json`)
  }
  // Journals of ended runs by the time they were written: they need not be read again.
  const finished = new Map<string, number>()
  const load = async (id: string) => {
    const file = path(id)
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined
      throw error
    })
    return text === undefined ? undefined : { ...readJournal(text, file), id }
  }
  return {
    load,
    async save(journal) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const file = path(journal.id)
      const beside = `${file}.tmp`
      const handle = await open(beside, 'w', 0o600)
      try {
        await handle.writeFile(`${JSON.stringify(journal, null, 2)}\n`)
        await handle.sync()
      } finally {
        await handle.close()
      }
      await rename(beside, file)
      await syncFolder(folder)
    },
    async list() {
      const journals = await Promise.all((await ids()).map(load))
      return newestFirst(journals.filter((journal) => journal !== undefined))
    },
    async unfinished() {
      const found = await Promise.all((await ids()).map(loadUnlessFinished))
      return found.filter((journal) => journal !== undefined)
    },
  }

  async function ids(): Promise<string[]> {
    const files = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return []
      throw error
    })
    const ids = files.filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -'.json'.length))
    return ids.filter(isJournalId)
  }

  async function loadUnlessFinished(id: string): Promise<Journal | undefined> {
    const written = await stat(path(id)).then(
      ({ mtimeMs }) => mtimeMs,
      () => undefined,
    )
    if (written === undefined || finished.get(id) === written) return undefined
    const journal = await load(id)
    if (journal && isUnfinished(journal)) return journal
    finished.set(id, written)
    return undefined
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder; there the rename is as durable as it gets.
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function readJournal(text: string, file: string): Journal {
  try {
    return parseJournal(JSON.parse(text))
  } catch (cause) {
    const why = cause instanceof KeptDataError ? cause.message : 'It is not JSON.'
    throw new KeptDataError(`The journal ${file} is damaged. ${why} Move it away if its changes no longer matter.`, {
      cause,
    })
  }
}
