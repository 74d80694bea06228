/**
 * The store of reports at scale: `node --conditions=@dmarc-as-code/source apps/server/bench/report-store.ts [rows] [domains] [store]`.
 * Loads rows as reports of one day each, beside bare multi-row INSERTs of the same rows, then judges one domain. Default: 10
 * million rows of 1,000 domains over 400 days, in a new SQLite file; `store` is a file or a `postgres://` URL.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { AggregateRecord, AggregateReport } from '@dmarc-as-code/reports'
import { countedDays } from '../src/reports/counted-days.ts'
import { dayAt } from '../src/reports/day-number.ts'
import { dmarcEvidenceOf } from '../src/reports/evidence-of.ts'
import { insertRows, prepareDays, rowsOf } from '../src/reports/rows.ts'
import { storeAggregate } from '../src/reports/store-report.ts'
import { openStore, type Store } from '../src/store/open-store.ts'
import { createUser } from '../src/store/users.ts'
import { insertTestDomain } from '../test/test-domain.ts'

const days = 400
const reportDays = 2
const [rows = 10_000_000, domains = 1000] = process.argv.slice(2, 4).map(Number)
const folder = mkdtempSync(join(tmpdir(), 'dmarc-bench-'))
const location = process.argv[4] ?? join(folder, 'store.sqlite')
const now = Date.UTC(2026, 2, 31, 12)
const today = dayAt(now)
const perReport = Math.max(1, Math.round(rows / domains / (days / reportDays)))
const daySeconds = 86_400

function recordsOf(domain: string, day: number): AggregateRecord[] {
  return Array.from({ length: perReport }, (_, index) => {
    const pass = index % 3 < 2
    const word = pass ? ('pass' as const) : ('fail' as const)
    return {
      sourceIp: `${10 + (index % 200)}.${(index >> 3) & 255}.${day & 255}.${index & 255}`,
      count: 1 + (index % 9),
      policyEvaluated: { disposition: 'none', dkim: word, spf: index % 2 ? word : 'fail', reasons: [] },
      identifiers: { headerFrom: domain, envelopeFrom: domain },
      authResults: {
        dkim: [{ domain: pass ? domain : `s${index % 50}.example`, selector: 's1', result: 'pass' }],
        spf: [{ domain, scope: 'mfrom', result: index % 2 ? word : 'fail' }],
      },
      extensions: [],
    }
  })
}

const reportOf = (domain: string, day: number, messages: number): AggregateReport => ({
  kind: 'aggregate',
  metadata: {
    orgName: 'receiver.example',
    email: 'dmarc@receiver.example',
    reportId: `${domain}.${day}`,
    dateRange: { begin: day * daySeconds, end: (day + 1) * daySeconds - 1 },
    errors: [],
  },
  policyPublished: { domain, p: 'none' },
  extensions: [],
  records: perReport,
  messages,
  recordsSetAside: 0,
})

async function load(store: Store): Promise<number> {
  const user = await createUser(store.db, { email: 'bench@example.com', plan: 'standard', now })
  const ids = new Map<string, number>()
  for (let index = 0; index < domains; index++) {
    const address = `d${index}.example`
    ids.set(address, await insertTestDomain(store, user.id, address, `r${index}`))
  }
  const allDays = Array.from({ length: days / reportDays }, (_, index) => today - 1 - index * reportDays)
  await prepareDays(store.db, store.engine, allDays, now)
  let seconds = 0
  for (const day of allDays.reverse()) {
    for (const [domain, domainId] of ids) {
      // As between mails: statements of SQLite are freed by the event loop.
      await nextTurn()
      const records = recordsOf(domain, day)
      const report = reportOf(
        domain,
        day,
        records.reduce((sum, { count }) => sum + count, 0),
      )
      const from = performance.now()
      await store.transaction(async (tx) => {
        await storeAggregate(
          { tx, engine: store.engine, domainId, mailId: null, trusted: true, month: null, now },
          { report, reporter: 'receiver.example', sha256: `${domain}.${day}`, warnings: [] },
          (take) => take(records),
        )
      })
      seconds += (performance.now() - from) / 1000
    }
  }
  return (perReport * domains * allDays.length) / seconds
}

/** Rows a second of INSERTs with nothing around them but a transaction for each report. */
async function bare(store: Store): Promise<number> {
  const reports = Math.min(2000, domains * 2)
  let seconds = 0
  for (let index = 0; index < reports; index++) {
    await nextTurn()
    const domain = `d${index}.example`
    const day = today - 1 - (index % 30)
    const made = recordsOf(domain, day).flatMap((record) => rowsOf(reportOf(domain, day, 1), record))
    const values = made.map((row) => ({ ...row, report_id: 0, domain_id: 0, trusted: 0 as const }))
    const from = performance.now()
    await store.transaction((tx) => insertRows(tx, values))
    seconds += (performance.now() - from) / 1000
  }
  return (perReport * reports) / seconds
}

async function median(rounds: number, work: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    const from = performance.now()
    await work()
    times.push(performance.now() - from)
  }
  return times.sort((a, b) => a - b)[rounds >> 1] ?? 0
}

const store = await openStore(location)
try {
  const floor = await bare(store)
  await store.db.deleteFrom('report_rows').where('domain_id', '=', 0).execute()
  const intake = await load(store)
  const domain = await store.db.selectFrom('domains').select(['id', 'address']).limit(1).executeTakeFirstOrThrow()
  const judged = { ...domain, parked: false }
  const evidence = await median(9, () => dmarcEvidenceOf(store.db, judged, now))
  const daily = await median(9, () => countedDays(store.db, domain.id, today - 29, today))
  const figures = {
    rows: perReport * domains * (days / reportDays),
    engine: store.engine,
    'rows a second, bare': Math.round(floor),
    'rows a second, intake': Math.round(intake),
    ratio: Number((intake / floor).toFixed(2)),
    'evidence of one domain, ms': Math.round(evidence),
    'daily totals of one domain, ms': Math.round(daily),
    'resident memory, MB': Math.round(process.memoryUsage().rss / 1024 / 1024),
  }
  process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`)
} finally {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
}
