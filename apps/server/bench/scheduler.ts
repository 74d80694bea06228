/**
 * The scheduler at scale, on a PostgreSQL of its own, in virtual time with simulated looks (the name servers of 5 % of the domains are
 * silent, 1 % are broken, 1 % are looked at hourly, the others daily, and half way 2,000 new domains come at once):
 * `node --conditions=@dmarc-as-code/source apps/server/bench/scheduler.ts [domains] [virtual minutes]`. Default: 1,000,000 domains
 * and 60 minutes. Prints what it finds as lines of JSON. Linux only, since it reads the CPU time of the database.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { createResolver } from '@dmarc-as-code/dns/resolver'
import { createPolicyFetcher } from '@dmarc-as-code/dns/verify'
import { Kysely, sql } from 'kysely'
import { createLogger } from '../src/config/logger.ts'
import { currentRecords } from '../src/current/current-records.ts'
import { openStore } from '../src/store/open-store.ts'
import { postgresDialect } from '../src/store/postgres.ts'
import type { Tables } from '../src/store/tables.ts'
import { claimDue, dueDomains } from '../src/store/work.ts'
import { createVerifier } from '../src/verification/verifier.ts'
import { startPostgres } from '../test/postgres.ts'
import { seedScheduler } from './seed-scheduler.ts'
import { isBroken, isSilent, simulatedDns } from './simulated-dns.ts'
import { simulate } from './simulated-workers.ts'

const [domains = 1_000_000, minutes = 60] = process.argv.slice(2, 4).map(Number)
const minute = 60_000
const burst = 2000
/** Looks of each run that counts what the processes do, and of the run that measures what a look costs. */
const rateLooks = 6000
const costLooks = 500

// What the first look of each domain compares with.
const unseen = { overall: 'ready', cnames: {}, txts: {}, at: 1 }

const print = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`)
const round = (value: number) => Math.round(value * 1000) / 1000
const quantile = (values: readonly number[], at: number) => {
  const sorted = values.toSorted((a, b) => a - b)
  return round(sorted[Math.min(sorted.length - 1, Math.floor(at * sorted.length))] ?? 0)
}
const spread = (values: readonly number[]) => ({
  p50: quantile(values, 0.5),
  p99: quantile(values, 0.99),
  most: quantile(values, 1),
})
const residentMiB = () => Math.round(process.memoryUsage.rss() / 2 ** 20)

const postgres = await startPostgres()
try {
  const location = await postgres.createDatabase()
  const store = await openStore(location)
  // Statements that fill the tables take longer than any of the server may.
  const patient = new Kysely<Tables>({ dialect: postgresDialect(location, { patient: true }) })
  const start = Date.now()
  let report: string = JSON.stringify(unseen)
  let seeded = 1

  // What one look costs, by the real verifier.
  await seedScheduler(patient, { from: seeded, to: 10_001, now: start, report })
  seeded = 10_001
  print({ look: await costOfLook() })
  const saved = await store.db
    .selectFrom('verifications')
    .select('report')
    .where('report', '<>', report)
    .executeTakeFirst()
  report = saved?.report ?? report
  await sql`update verifications set report = ${report}`.execute(patient)

  for (const count of [10_000, 100_000, domains].filter((one, at, all) => one <= domains && all.indexOf(one) === at)) {
    if (count >= seeded) await seedScheduler(patient, { from: seeded, to: count + 1, now: start, report })
    seeded = Math.max(seeded, count + 1)
    await sql`vacuum analyze`.execute(patient)
    print({ claims: { domains: count, ...(await claims(count)), processMiB: residentMiB() } })
  }
  const { rows } = await sql<{ bytes: string }>`select pg_database_size(current_database()) as bytes`.execute(store.db)
  print({ store: { domains, bytesPerDomain: Math.round(Number(rows[0]?.bytes) / domains) } })

  const before = await counters()
  const happen = () =>
    seedScheduler(patient, {
      from: seeded,
      to: seeded + burst,
      now: start + (minutes / 2) * minute,
      fresh: true,
      report,
    })
  const hour = await simulate({
    ...{ store, processes: 2, start, until: { time: start + minutes * minute }, report, freshFrom: seeded },
    event: { at: start + (minutes / 2) * minute, happen },
  })
  const after = await counters()
  print({
    schedule: {
      ...{ domains, processes: 2, virtualMinutes: minutes, looks: hour.looks },
      looksPerVirtualSecond: round(hour.looks / hour.seconds),
      rowsWrittenPerVirtualSecond: round((after.written - before.written) / hour.seconds),
      logBytesPerVirtualSecond: Math.round((after.log - before.log) / hour.seconds),
      lateSeconds: spread(hour.late.map((one) => one / 1000)),
      lateInIntervals: spread(hour.lateIntervals),
      newDomainsWaitedSeconds: { count: hour.first.length, ...spread(hour.first.map((one) => one / 1000)) },
      processMiB: residentMiB(),
    },
  })

  // Everything is due: what the processes do then is what their slots allow.
  for (const processes of [1, 2, 4]) {
    const end = start + 3 * 24 * 60 * minute
    const run = await simulate({
      ...{ store, processes, start: end, until: { looks: rateLooks }, report },
      freshFrom: seeded + burst,
    })
    print({ rate: { processes, looksPerVirtualSecond: round(run.looks / run.seconds) } })
  }
  await patient.destroy()
  await store.close()

  /** The two queries that take work, while 2,000 domains are due: their time, the median of many, and the pages they read. */
  async function claims(count: number): Promise<object> {
    const [chosen, claimed]: [number[], number[]] = [[], []]
    const { rows: due } = await sql<{ at: number }>`select next_check_at as at from work where task = 'verify'
      order by next_check_at offset ${Math.min(2000, count - 1)} limit 1`.execute(store.db)
    const now = due[0]?.at ?? start
    for (let turn = 0; turn < 30; turn++) {
      const begun = performance.now()
      const found = await dueDomains(store, { now, limit: 80, exceptTenants: [] })
      const between = performance.now()
      const subjects = found.slice(0, 64).map(({ subject }) => subject)
      await claimDue(store, 'verify', { owner: 'bench', now, lease: 600_000, limit: 64, subjects })
      claimed.push(performance.now() - between)
      chosen.push(between - begun)
      // Given back as they were.
      const free = { lease_until: 0, lease_owner: null }
      await store.db
        .updateTable('work')
        .set(free)
        .where('task', '=', 'verify')
        .where('subject', 'in', subjects)
        .execute()
    }
    const { rows: plan } = await sql<{ 'QUERY PLAN': [{ Plan: Record<string, number> }] }>`
      explain (analyze, buffers, format json) select work.subject, domains.user_id, domains.address from work
      join domains on domains.id = work.subject::integer where work.task = 'verify' and work.next_check_at <= ${now}
      and work.lease_until <= 1 order by work.next_check_at limit 80`.execute(store.db)
    const read = plan[0]?.['QUERY PLAN'][0].Plan
    const pages = (read?.['Shared Hit Blocks'] ?? 0) + (read?.['Shared Read Blocks'] ?? 0)
    return { chooseMs: quantile(chosen, 0.5), claimMs: quantile(claimed, 0.5), pagesReadToChoose80: pages }
  }

  /** Looks at domains that are as they should be, one after the other, by the server's own verifier; DNS answers at once. */
  async function costOfLook(): Promise<object> {
    let queries = 0
    const client = simulatedDns(() => {
      queries += 1
    })
    const resolver = createResolver({
      ...{ client, recursors: [], stubZones: [{ zone: '.', servers: [{ address: '127.0.0.1' }] }] },
    })
    const http = createPolicyFetcher()
    const verifier = createVerifier({
      store,
      zone: {
        ...{ zone: 'hosting.test', ttl: 300, reportHost: 'reports.hosting.test', reportExchanges: [] },
        ...{ policyHostAddresses: { ipv4: [], ipv6: [] }, certificateAuthorities: [] },
      },
      ...{ current: currentRecords({ resolver, http }), minInterval: 0, pace: 1, log: createLogger('silent') },
      deps: { resolver, http, now: Date.now, random: Math.random, certificatesAreOrdered: false },
    })
    const signal = new AbortController().signal
    const numbers = Array.from({ length: 2 * costLooks }, (_, index) => index + 1)
    const plain = numbers.filter((number) => !isSilent(number) && !isBroken(number)).slice(0, costLooks)
    const look = async (number: number) => {
      const { attempt } = await verifier.perform({ subject: String(number), attempt: 0, signal })
      if (attempt !== 0) throw new Error(`domain ${number} is not ready in the simulation`)
    }
    for (const number of plain) await look(number)
    const [first, cpu, database] = [await counters(), process.cpuUsage(), databaseCpuSeconds()]
    queries = 0
    for (const number of plain) await look(number)
    const { user, system } = process.cpuUsage(cpu)
    const databaseCpu = databaseCpuSeconds() - database
    const last = await counters()
    return {
      dnsQueries: round(queries / costLooks),
      workerCpuMs: round((user + system) / 1000 / costLooks),
      databaseCpuMs: round((1000 * databaseCpu) / costLooks),
      transactions: round((last.commits - first.commits) / costLooks),
      rowsWritten: round((last.written - first.written) / costLooks),
      logBytes: Math.round((last.log - first.log) / costLooks),
    }
  }

  async function counters(): Promise<{ commits: number; written: number; log: number }> {
    // What the connection that fills the tables has counted is not to be added later.
    for (const db of [patient, store.db]) await sql`select pg_stat_force_next_flush()`.execute(db)
    const { rows } = await sql<{ commits: number; written: number; log: string }>`select xact_commit as commits,
      tup_inserted + tup_updated + tup_deleted as written, pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') as log
      from pg_stat_database where datname = current_database()`.execute(store.db)
    const [row] = rows
    if (!row) throw new Error('PostgreSQL has no statistics of the database')
    return { commits: Number(row.commits), written: Number(row.written), log: Number(row.log) }
  }
} finally {
  postgres.stop()
}

/** CPU seconds of the processes that serve the connections of this database. */
function databaseCpuSeconds(): number {
  const ticksPerSecond = 100
  let ticks = 0
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith('postgres: dev test1 ')) continue
      // The name of the program, in parentheses, may have spaces.
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
      ticks += Number(fields[11]) + Number(fields[12])
    } catch {
      // The process has ended.
    }
  }
  return ticks / ticksPerSecond
}
