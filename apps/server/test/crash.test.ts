import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import SQLite from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { hostedTargets } from '../src/rules/hosted-names.ts'
import { type SandboxDns, startSandboxDns } from '../src/sandbox-dns/index.ts'
import { openStore, type Store } from '../src/store/open-store.ts'
import { describeEngines } from './engines.ts'
import { createTenant, type Tenant } from './start-test-server.ts'

const script = new URL('server-process.ts', import.meta.url).pathname
/** Acknowledged writes; DMARC_CRASH_WRITES=10000 runs the long form. */
const writes = Number(process.env.DMARC_CRASH_WRITES ?? 240)
const fewestKills = 3
const clients = 8
const domainsPerClient = 3

interface Replica {
  apiUrl: string
  process: ChildProcess
}

describeEngines('a server killed under load', (fresh) => {
  let location: string
  let store: Store
  let tenant: Tenant
  let dns: SandboxDns
  let replicas: Replica[]
  let key: { name: string; algorithm: 'hmac-sha256'; secret: string }

  beforeEach(async () => {
    location = await fresh()
    store = await openStore(location)
    tenant = await createTenant(store, 'owner@example.com')
    key = { name: 'update', algorithm: 'hmac-sha256', secret: randomBytes(32).toString('base64') }
    dns = await startSandboxDns({ keys: [key], zones: [{ name: 'hosting.test', records: {} }] })
    replicas = []
  })
  afterEach(async () => {
    await Promise.all(replicas.map(kill))
    await dns?.close()
    await store?.close()
  })

  async function start(): Promise<Replica> {
    const service = { type: 'rfc2136', server: dns.address, port: dns.port, key }
    const child = spawn(process.execPath, ['--conditions=@dmarc-as-code/source', script], {
      env: {
        PATH: process.env.PATH,
        DMARC_SERVER_STORE: location,
        DMARC_SERVER_API__PORT: '0',
        DMARC_SERVER_HOSTED_ZONE: JSON.stringify({ name: 'hosting.test', service }),
        DMARC_SERVER_POLICY_HOST__LISTEN__PORT: '0',
        DMARC_SERVER_VERIFICATION: JSON.stringify({ recursors: [] }),
        DMARC_SERVER_LIMITS: JSON.stringify({ requestsPerMinute: 1_000_000, requestsPerMinuteAndAddress: 1_000_000 }),
        DMARC_SERVER_NETWORK: JSON.stringify({ allowPrivate: true }),
        DMARC_SERVER_LOG: 'silent',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    if (!child.stdout) throw new Error('the server has no output')
    for await (const line of createInterface(child.stdout)) return { apiUrl: JSON.parse(line).apiUrl, process: child }
    throw new Error(`the server exited with ${child.exitCode} before it listened`)
  }

  async function kill({ process: child }: Replica): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    child.kill('SIGKILL')
    await exited
  }

  /** Sends a write to one replica after the other until one acknowledges it, as a client with retries does. */
  async function write(method: string, path: string, domain: object): Promise<Record<string, unknown>> {
    for (let attempt = Math.floor(Math.random() * 3); ; attempt++) {
      const replica = replicas[attempt % replicas.length]
      const answer = await send(replica, method, path, domain)
      if (answer === undefined) {
        await delay(20)
        continue
      }
      // The create before reached the store, but its answer was lost.
      if (answer.status === 409) return { id: answer.body.error.details[0].existing_id }
      if (answer.status >= 500) continue
      if (answer.status >= 300) throw new Error(`${method} ${path} answered ${JSON.stringify(answer)}`)
      return answer.body
    }
  }

  async function send(replica: Replica | undefined, method: string, path: string, domain: object) {
    try {
      const response = await fetch(`${replica?.apiUrl}/v2/accounts/${tenant.accountId}/${path}`, {
        method,
        headers: { authorization: `Token token=${tenant.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ domain }),
        signal: AbortSignal.timeout(10_000),
      })
      // biome-ignore lint/suspicious/noExplicitAny: answers of every shape
      return { status: response.status, body: (await response.json()) as any }
    } catch {
      return undefined
    }
  }

  it(
    'loses and reverts no acknowledged write, and its zone equals its store in the end',
    async () => {
      const count = location.startsWith('postgres') ? 3 : 1
      for (let index = 0; index < count; index++) replicas.push(await start())
      /** What the last acknowledged write of each domain set. */
      const acknowledged = new Map<number, string>()
      let total = 0
      let kills = 0
      const client = async (name: number) => {
        const ids: { id: number; record: string }[] = []
        for (let index = 0; index < domainsPerClient; index++) {
          const address = `c${name}-n${index}.example`
          const { id } = await write('POST', 'domains.json', { address, rua_report: true, ruf_report: true })
          const hosted = await write('PUT', `domains/${id}.json`, { hosted_dmarc: true })
          ids.push({ id: Number(id), record: String(hosted.default_dmarc_record) })
          acknowledged.set(Number(id), String(hosted.default_dmarc_record))
          total += 2
        }
        // A fast machine has written all before the third kill is over: the load goes on until then.
        while (total < writes || kills < fewestKills) {
          for (const { id, record } of ids) {
            const config = record.replace(/(rua=[^;]+)/, `$1,mailto:w${total}@example.net`)
            await write('PUT', `domains/${id}.json`, { hosted_dmarc_config: config })
            acknowledged.set(id, config)
            total += 1
          }
        }
      }
      let finished = false
      const killer = (async () => {
        while (!finished) {
          // After a number of writes, not after a time, so that the load is real on every machine.
          const next = total + Math.max(40, writes / 20)
          while (total < next && !finished) await delay(10)
          if (finished) return
          const index = kills++ % replicas.length
          const [victim] = replicas.slice(index, index + 1)
          if (victim) await kill(victim)
          replicas[index] = await start()
        }
      })()
      await Promise.all(Array.from({ length: clients }, (_, name) => client(name)))
      finished = true
      await killer
      expect(kills).toBeGreaterThanOrEqual(fewestKills)

      const rows = await store.db
        .selectFrom('domains')
        .innerJoin('hostings', 'hostings.domain_id', 'domains.id')
        .select(['domains.id', 'hosted_dmarc', 'hosted_dmarc_config', 'dmarc_record', 'hostings.key'])
        .execute()
      expect(rows.length).toBe(clients * domainsPerClient)
      const differing = rows.filter(({ id, dmarc_record }) => dmarc_record !== acknowledged.get(id))
      expect(differing).toEqual([])

      const published = () => {
        const zone = dns.zone('hosting.test')
        return rows.filter(({ key, dmarc_record }) => {
          const [rrset] = zone.rrsets(hostedTargets(key, 'hosting.test').dmarc)
          const [rdata] = rrset?.rdata ?? []
          return rdata?.subarray(1).toString() !== dmarc_record
        }).length
      }
      await expect.poll(published, { timeout: 90_000 }).toBe(0)
      if (!location.startsWith('postgres')) {
        const database = new SQLite(location)
        expect(database.pragma('integrity_check', { simple: true })).toBe('ok')
        expect(database.pragma('foreign_key_check')).toEqual([])
        database.close()
      }
    },
    300_000 + writes * 300,
  )
})
