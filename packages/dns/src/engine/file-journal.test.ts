import { mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { fileJournalStore } from './file-journal.ts'
import type { Journal } from './journal.ts'

const journal = (id: string, startedAt = '2026-01-01T00:00:00.000Z'): Journal => ({
  version: 1,
  id,
  service: 'memory',
  startedAt,
  state: 'applying',
  entries: [],
})

async function folder() {
  const path = await mkdtemp(join(tmpdir(), 'journals-'))
  onTestFinished(() => rm(path, { recursive: true }))
  return join(path, 'deeper', 'journals')
}

describe('journals on disk', () => {
  it('are kept, replaced and listed newest first', async () => {
    const store = fileJournalStore(await folder())
    expect(await store.list()).toEqual([])
    await store.save(journal('old'))
    await store.save(journal('new', '2026-02-01T00:00:00.000Z'))
    await store.save({ ...journal('old'), state: 'applied' })
    expect((await store.list()).map(({ id, state }) => [id, state])).toEqual([
      ['new', 'applying'],
      ['old', 'applied'],
    ])
    expect(await store.load('none')).toBeUndefined()
  })

  it('tell those of runs that have not ended, also when another process writes them', async () => {
    const path = await folder()
    const store = fileJournalStore(path)
    const other = fileJournalStore(path)
    expect(await store.unfinished()).toEqual([])
    await store.save({ ...journal('a'), state: 'applied' })
    await store.save(journal('b'))
    expect((await store.unfinished()).map(({ id }) => id)).toEqual(['b'])
    expect((await store.unfinished()).map(({ id }) => id)).toEqual(['b'])
    await other.save({ ...journal('b'), state: 'undone' })
    // Fixed sleep: the modification times of two writes must differ.
    await new Promise((resolve) => setTimeout(resolve, 5))
    await other.save({ ...journal('a'), state: 'undoing' })
    expect((await store.unfinished()).map(({ id }) => id)).toEqual(['a'])
  })

  it.skipIf(process.platform === 'win32')(
    'can be read by their owner only, and leave no other file behind',
    async () => {
      const path = await folder()
      await fileJournalStore(path).save(journal('a'))
      expect(await readdir(path)).toEqual(['a.json'])
      expect((await stat(join(path, 'a.json'))).mode & 0o777).toBe(0o600)
      expect((await stat(path)).mode & 0o777).toBe(0o700)
    },
  )

  it('go by their file names where somebody renames one, and leave files alone whose name is no id', async () => {
    const path = await folder()
    const store = fileJournalStore(path)
    await store.save(journal('a'))
    await rename(join(path, 'a.json'), join(path, 'kept.json'))
    for (const name of ['kept copy.json', '._kept.json', 'kept (1).json', 'notes.txt'])
      await writeFile(join(path, name), 'of somebody else')
    expect((await store.list()).map(({ id }) => id)).toEqual(['kept'])
    const kept = await store.load('kept')
    if (!kept) throw new Error('no journal')
    await store.save({ ...kept, state: 'undone' })
    expect((await store.list()).map(({ id, state }) => [id, state])).toEqual([['kept', 'undone']])
    expect(await store.unfinished()).toEqual([])
  })

  it('fails on a damaged file and on an id that is a path', async () => {
    const path = await folder()
    const store = fileJournalStore(path)
    await store.save(journal('a'))
    await writeFile(join(path, 'a.json'), '{"version":1')
    await expect(store.load('a')).rejects.toThrow(/a\.json is damaged\. It is not JSON/)
    await writeFile(join(path, 'a.json'), '{"version":2}')
    await expect(store.load('a')).rejects.toThrow(/version 2, expected 1/)
    await expect(store.load('../a')).rejects.toThrow(/A journal id has other characters/)
  })
})
