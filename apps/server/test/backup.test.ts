import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { main } from '../src/main.ts'
import { prepareDays } from '../src/reports/rows.ts'
import { playReports } from '../src/sandbox/play-reports.ts'
import { openStore, type Store } from '../src/store/open-store.ts'
import { hasPostgres, type Postgres, startPostgres } from './postgres.ts'
import { startTestServer } from './start-test-server.ts'
import { storeContents } from './store-contents.ts'

// Two servers and three stores are started on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 })

const folder = mkdtempSync(join(tmpdir(), 'dmarc-backup-'))
const ca = join(folder, 'ca')

async function run(store: string, ...argv: string[]): Promise<{ code: number; err: string }> {
  const env = {
    DMARC_SERVER_STORE: store,
    DMARC_SERVER_HOSTED_ZONE: JSON.stringify({ name: 'hosting.test', nameServers: [{ name: 'ns1.example.net' }] }),
    DMARC_SERVER_POLICY_HOST__CERTIFICATES: JSON.stringify({ source: 'local-ca', folder: ca }),
  }
  const err: string[] = []
  const code = await main(
    argv,
    env,
    () => {},
    (line) => err.push(line),
  )
  return { code, err: err.join('\n') }
}

/** Rows of a new day have a partition of their own on PostgreSQL. */
async function withPartition(location: string): Promise<void> {
  const store = await openStore(location)
  await prepareDays(store.db, store.engine, [Math.floor(Date.now() / 86_400_000)], Date.now())
  await store.close()
}

async function reportsIn({ db }: Store): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const table of ['reports', 'report_rows', 'day_totals', 'report_mails'] as const) {
    const counted = db.selectFrom(table).select((select) => select.fn.countAll<number | string>().as('count'))
    counts[table] = Number((await counted.executeTakeFirstOrThrow()).count)
  }
  return counts
}

describe.skipIf(!hasPostgres())('a backup', () => {
  let postgres: Postgres
  let original: string
  let restored: string
  let again: string
  const first = join(folder, 'first')
  const second = join(folder, 'second')
  let token: string
  let path: string
  let shown: unknown

  beforeAll(async () => {
    postgres = await startPostgres()
    original = join(folder, 'original.sqlite')
    restored = await postgres.createDatabase()
    again = join(folder, 'again.sqlite')
    const policyHost = { listen: { port: 0 }, certificates: { source: 'local-ca' as const, folder: ca } }
    const server = await startTestServer({ config: { store: original, policyHost } })
    token = server.owner.token
    const domains = `/v2/accounts/${server.owner.accountId}/domains`
    const create = async (address: string) => {
      const domain = { address, rua_report: true, ruf_report: true }
      return (await server.call('POST', `${domains}.json`, { domain })).body.id
    }
    const id = await create('kept.example')
    await server.call('PUT', `${domains}/${id}.json`, { domain: { hosted_dmarc: true } })
    await playReports(server.store, server.owner.accountId, Date.now, { domain: 'kept.example', days: 1 })
    await server.call('DELETE', `${domains}/${await create('gone.example')}.json`)
    path = `${domains}/${id}.json`
    shown = (await server.call('GET', path)).body
    await vi.waitFor(
      async () => {
        const hosting = await server.store.db.selectFrom('hostings').select('published_at').executeTakeFirst()
        expect(hosting?.published_at).toBeTypeOf('number')
      },
      { timeout: 20_000 },
    )
    // While the server runs.
    expect(await run(original, 'backup', '--to', first)).toEqual({ code: 0, err: '' })
    await server.close()
    writeFileSync(join(ca, 'marker'), 'changed since')
  }, 180_000)
  afterAll(() => {
    postgres?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  it('is readable by its user alone, and holds the keys', () => {
    expect(statSync(first).mode & 0o777).toBe(0o700)
    expect(statSync(join(first, 'store.jsonl.gz')).mode & 0o777).toBe(0o600)
    expect(statSync(join(first, 'keys', 'folder', 'ca')).isDirectory()).toBe(true)
  })

  it('of SQLite is restored into PostgreSQL and back with the same contents', async () => {
    expect(await run(restored, 'restore', '--from', first)).toEqual({ code: 0, err: '' })
    await withPartition(restored)
    expect(await run(restored, 'backup', '--to', second)).toEqual({ code: 0, err: '' })
    expect(await run(again, 'restore', '--from', second)).toEqual({ code: 0, err: '' })
    const contents = []
    for (const location of [original, restored, again]) {
      const store = await openStore(location)
      contents.push(await storeContents(store))
      expect(await reportsIn(store)).toEqual({ reports: 2, report_rows: 6, day_totals: 3, report_mails: 2 })
      await store.close()
    }
    const sorted = (rows: Record<string, string[]> | undefined) =>
      Object.entries(rows ?? {}).map(([table, lines]) => [
        table,
        lines.map((line) => JSON.stringify(Object.entries(JSON.parse(line)).sort())).sort(),
      ])
    expect(sorted(contents[1])).toEqual(sorted(contents[0]))
    expect(sorted(contents[2])).toEqual(sorted(contents[0]))
  })

  it('serves what it held, and gives no number out again', async () => {
    for (const location of [restored, again]) {
      const server = await startTestServer({ config: { store: location }, withoutOwner: true })
      try {
        const { body } = await server.call('GET', path, undefined, token)
        expect(body).toEqual(shown)
        const domain = { address: 'new.example', rua_report: true, ruf_report: true }
        const made = await server.call('POST', path.replace(/\/\d+\.json$/, '.json'), { domain }, token)
        expect(made.body.id).toBe((shown as { id: number }).id + 2)
        const names = await server.store.db.selectFrom('zone_names').select(['name', 'records']).execute()
        expect(
          names.some(({ name, records }) => name.endsWith('.dmarc.hosting.test') && records.includes('v=DMARC1')),
        ).toBe(true)
      } finally {
        await server.close()
      }
    }
  })

  it('is refused where the store holds something, or its file was changed', async () => {
    expect((await run(original, 'restore', '--from', first)).err).toMatch(/^The store is not empty/)
    writeFileSync(join(second, 'store.jsonl.gz'), readFileSync(join(second, 'store.jsonl.gz')).subarray(1))
    const empty = join(folder, 'empty.sqlite')
    expect((await run(empty, 'restore', '--from', second)).err).toMatch(/Use another backup/)
    expect((await run(empty, 'restore', '--from', folder)).err).toMatch(/is no backup/)
    expect((await run(original, 'backup', '--to', first)).err).toBe(
      `${first} exists already. Name a folder that does not.`,
    )
  })
})
