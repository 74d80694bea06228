import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { Kysely, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { expect, it } from 'vitest'
import { describeEngines } from '../../test/engines.ts'
import type { Engine } from './engine.ts'
import { firstTables } from './migrations/first-tables.ts'
import { openStore } from './open-store.ts'
import { postgresDialect } from './postgres.ts'
import { sqliteDialect } from './sqlite.ts'
import type { Tables } from './tables.ts'
import { claimDue, schedule, settle } from './work.ts'

const script = new URL('../../test/open-store-process.ts', import.meta.url).pathname

describeEngines('the schema', (fresh) => {
  it('is created once when ten processes start at the same time', async () => {
    const location = await fresh()
    const results = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const child = spawn(process.execPath, ['--conditions=@dmarc-as-code/source', script, location], {
          stdio: ['ignore', 'ignore', 'pipe'],
        })
        const [errors] = await Promise.all([text(child.stderr), once(child, 'exit')])
        return { code: child.exitCode, errors }
      }),
    )
    expect(results).toEqual(results.map(() => ({ code: 0, errors: '' })))
  }, 120_000)

  it('serves a process of the first release while processes of this one work on it', async () => {
    const location = await fresh()
    const engine: Engine = location.startsWith('postgres') ? 'postgres' : 'sqlite'
    const old = new Kysely<Tables>({
      dialect: engine === 'postgres' ? postgresDialect(location) : sqliteDialect(location),
    })
    const provider = { getMigrations: async () => ({ '0001-first-tables': firstTables(engine) }) }
    expect((await new Migrator({ db: old, provider }).migrateToLatest()).error).toBeUndefined()
    await sql`insert into users (email, plan, created_at) values ('a@example.com', 'standard', 1)`.execute(old)

    const store = await openStore(location)
    try {
      // What the first release wrote, as it wrote it.
      await sql`insert into domains (user_id, address, rua_report, ruf_report, parked_domain, hosted_dmarc, hosted_mta_sts,
        report_id, dmarc_status, mta_sts_status, created_at, updated_at)
        values (1, 'example.test', 1, 1, 0, 1, 0, 'abc', 'dmarc_inactive', 'mta_sts_inactive', 1, 1)`.execute(old)
      await sql`insert into hostings (key, domain_id, address, keep_until) values ('k', 1, 'example.test', 0)`.execute(
        old,
      )
      const versions = async () => {
        const domain = await store.db.selectFrom('domains').select('version').executeTakeFirstOrThrow()
        const hosting = await store.db.selectFrom('hostings').select('version').executeTakeFirstOrThrow()
        return [domain.version, hosting.version]
      }
      expect(await versions()).toEqual([1, 1])
      await sql`update domains set ruf_report = 0 where id = 1`.execute(old)
      await sql`update hostings set dmarc_record = 'v=DMARC1; p=none', published_at = null where key = 'k'`.execute(old)
      expect(await versions()).toEqual([2, 2])

      // It claims work that a process of this release has lost, and settles by generation alone.
      await schedule(store.db, 'publish', 'k', 5)
      const [lost] = await claimDue(store, 'publish', { owner: 'new', now: 5, lease: 60_000, limit: 1 })
      if (!lost) throw new Error('nothing was claimed')
      await sql`update work set lease_until = ${Date.now() + 60_000}, lease_owner = 'old' where subject = 'k'`.execute(
        old,
      )
      expect(await settle(store.db, lost, { at: null, attempt: 0 })).toBe(false)
      await sql`delete from work where task = 'publish' and subject = 'k' and generation = 0`.execute(old)
      expect(await store.db.selectFrom('work').selectAll().execute()).toEqual([])
    } finally {
      await store.close()
      await old.destroy()
    }
  })
})
