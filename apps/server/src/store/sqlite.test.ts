import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { storeIsWritable } from './is-writable.ts'
import { openStore } from './open-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'dmarc-sqlite-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the SQLite store', () => {
  it('uses a write-ahead log synced at every commit and enforces foreign keys', async () => {
    const store = await openStore(join(folder, 'new', 'store.sqlite'))
    const pragma = async (name: string) => {
      const { rows } = await sql<Record<string, unknown>>`pragma ${sql.raw(name)}`.execute(store.db)
      return Object.values(rows[0] ?? {})[0]
    }
    expect(await pragma('journal_mode')).toBe('wal')
    // 2 is FULL (https://sqlite.org/pragma.html#pragma_synchronous).
    expect(await pragma('synchronous')).toBe(2)
    expect(await pragma('foreign_keys')).toBe(1)
    await store.close()
    expect(statSync(join(folder, 'new')).mode & 0o777).toBe(0o700)
  })

  it('is not ready once its file is gone, where what is written would be lost', async () => {
    const file = join(folder, 'gone.sqlite')
    const store = await openStore(file)
    expect(await storeIsWritable(store)).toBe(true)
    rmSync(file)
    expect(await storeIsWritable(store)).toBe(false)
    await store.close()
  })

  it('reads columns that another process has added or dropped since a statement was prepared', async () => {
    const file = join(folder, 'altered.sqlite')
    const [store, other] = [await openStore(file), await openStore(file)]
    await sql`create table things (name text)`.execute(store.db)
    await sql`insert into things values ('first')`.execute(store.db)
    const all = async () => (await sql`select * from things`.execute(store.db)).rows
    expect(await all()).toEqual([{ name: 'first' }])
    await sql`alter table things add column size integer default 5`.execute(other.db)
    expect(await all()).toEqual([{ name: 'first', size: 5 }])
    await sql`alter table things drop column size`.execute(other.db)
    expect(await all()).toEqual([{ name: 'first' }])
    await store.close()
    await other.close()
  })
})
