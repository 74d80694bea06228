import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe } from 'vitest'
import { hasPostgres, type Postgres, startPostgres } from './postgres.ts'

/** Runs the same tests on SQLite (a file, as embedded) and on PostgreSQL. `fresh` answers where an empty database is. */
export function describeEngines(name: string, tests: (fresh: () => Promise<string>) => void): void {
  describe(`${name} on SQLite`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'dmarc-sqlite-'))
    let count = 0
    afterAll(() => rmSync(folder, { recursive: true, force: true }))
    tests(async () => join(folder, `${++count}.sqlite`))
  })
  describe.skipIf(!hasPostgres())(`${name} on PostgreSQL`, () => {
    let postgres: Postgres | undefined
    beforeAll(async () => {
      postgres = await startPostgres()
    })
    afterAll(() => postgres?.stop())
    tests(() => {
      if (!postgres) throw new Error('PostgreSQL did not start')
      return postgres.createDatabase()
    })
  })
}
