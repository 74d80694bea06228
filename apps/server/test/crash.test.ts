import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import SQLite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../src/store/open-store.ts'
import { createTenant, type Tenant } from './start-test-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'dmarc-crash-'))
const file = join(folder, 'store.sqlite')
const script = new URL('server-process.ts', import.meta.url).pathname
let tenant: Tenant
let child: ChildProcess | undefined

beforeAll(async () => {
  const store = await openStore(file)
  tenant = await createTenant(store, 'owner@example.com')
  await store.close()
})
afterAll(() => {
  child?.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

async function startProcess(): Promise<string> {
  child = spawn(process.execPath, ['--conditions=@dmarc-as-code/source', script], {
    env: {
      PATH: process.env.PATH,
      DMARC_SERVER_STORE: file,
      DMARC_SERVER_API__PORT: '0',
      DMARC_SERVER_HOSTED_ZONE: JSON.stringify({
        name: 'hosting.test',
        nameServers: [{ name: 'ns1.hosting.test', ipv4: ['127.0.0.1'] }],
        listen: { port: 0 },
      }),
      DMARC_SERVER_POLICY_HOST__LISTEN__PORT: '0',
      DMARC_SERVER_LOG: 'silent',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (!child.stdout) throw new Error('the server has no output')
  for await (const line of createInterface(child.stdout)) return JSON.parse(line).apiUrl
  throw new Error(`the server ended with ${child.exitCode} before it listened`)
}

interface Acknowledged {
  id: number
  address: string
  hosted: boolean
}

/** Eight clients write as fast as they can; the process is killed in the middle of it. Answers what was acknowledged. */
async function killUnderLoad(round: number, writes: number): Promise<Acknowledged[]> {
  const apiUrl = await startProcess()
  const acknowledged: Acknowledged[] = []
  const send = (method: string, path: string, domain: object) =>
    fetch(`${apiUrl}/v2/accounts/${tenant.accountId}/${path}`, {
      method,
      headers: { authorization: `Token token=${tenant.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ domain }),
      signal: AbortSignal.timeout(5000),
    })
  const client = async (name: number) => {
    for (let count = 0; ; count++) {
      const address = `r${round}-c${name}-n${count}.example`
      const created = await send('POST', 'domains.json', { address, rua_report: true, ruf_report: true })
      if (created.status !== 201) throw new Error(`creating answered ${created.status}`)
      const entry = { id: ((await created.json()) as { id: number }).id, address, hosted: false }
      acknowledged.push(entry)
      const updated = await send('PUT', `domains/${entry.id}.json`, { hosted_dmarc: true })
      if (updated.status === 200) entry.hosted = true
      if (acknowledged.length >= writes) child?.kill('SIGKILL')
    }
  }
  const ended = child && once(child, 'exit')
  // Each client ends with the connection it loses.
  await Promise.allSettled(Array.from({ length: 8 }, (_, name) => client(name)))
  await ended
  return acknowledged
}

describe('a server killed under load', () => {
  it('loses no acknowledged write and starts again', async () => {
    const acknowledged: Acknowledged[] = []
    for (const [round, writes] of [20, 45, 70].entries()) {
      const before = acknowledged.length
      acknowledged.push(...(await killUnderLoad(round, writes)))
      expect(acknowledged.length - before).toBeGreaterThanOrEqual(writes)

      const database = new SQLite(file)
      expect(database.pragma('integrity_check', { simple: true })).toBe('ok')
      expect(database.pragma('foreign_key_check')).toEqual([])
      const stored = database
        .prepare(
          'select d.id, d.address, d.hosted_dmarc, h.dmarc_record from domains d join hostings h on h.domain_id = d.id join domain_accounts m on m.domain_id = d.id',
        )
        .all() as { id: number; address: string; hosted_dmarc: number; dmarc_record: string | null }[]
      database.close()
      const byId = new Map(stored.map((row) => [row.id, row]))
      for (const { id, address, hosted } of acknowledged) {
        expect(byId.get(id)).toMatchObject({ address })
        if (hosted)
          expect(byId.get(id)).toMatchObject({ hosted_dmarc: 1, dmarc_record: expect.stringContaining('v=DMARC1') })
      }
    }
  }, 120_000)
})
