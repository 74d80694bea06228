import { describe, expect, it, vi } from 'vitest'
import { acceptMail, type IncomingMail } from '../src/reports/accept-mail.ts'
import { acceptReporter } from '../src/reports/accepted-reporters.ts'
import type { MailAuthentication } from '../src/reports/authenticate-mail.ts'
import { knownReporters } from '../src/reports/known-reporters.ts'
import { type ProcessedMail, processMail } from '../src/reports/process-mail.ts'
import { rebuildTotals } from '../src/reports/rebuild-totals.ts'
import { sweepReports } from '../src/reports/retention.ts'
import { openStore, type Store } from '../src/store/open-store.ts'
import { createUser } from '../src/store/users.ts'
import { describeEngines } from './engines.ts'
import { begin, ownRecord, reportMail, reportTime, reportXml, spoofedRecord } from './sample-reports.ts'
import { insertTestDomain } from './test-domain.ts'

// Starting the thread that reads takes seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const day = 86_400_000

async function openWithDomain(location: string, parts: { parked?: boolean; credits?: number } = {}) {
  const store = await openStore(location)
  const user = await createUser(store.db, { email: 'owner@example.com', plan: 'standard', now: reportTime })
  const domainId = await insertTestDomain(store, user.id, 'example.test', 'abc', parts)
  return { store, domainId }
}

const receiver: MailAuthentication = { from: 'receiver.example', dkim: ['receiver.example'], spf: null, aligned: true }
const counts = knownReporters(['receiver.example'])
const nobody: MailAuthentication = { from: 'receiver.example', dkim: [], spf: null, aligned: false }

async function bring(
  store: Store,
  domainId: number,
  raw: string,
  parts: Partial<IncomingMail> & { authentication?: MailAuthentication; at?: number } = {},
): Promise<ProcessedMail | undefined> {
  const { authentication = receiver, at = reportTime, ...mail } = parts
  const incoming = { domainId, way: 'smtp' as const, trust: 'mail' as const, raw: Buffer.from(raw), ...mail }
  const id = await store.transaction((tx) => acceptMail(tx, incoming, at))
  return processMail(id, {
    store,
    now: () => at,
    authenticate: async () => authentication,
    // A bare report has no From.
    counts: (address) => counts(address ?? `dmarc@${authentication.from}`),
  })
}

/** Messages in the totals, by whether they count. */
async function totals(store: Store) {
  const rows = await store.db.selectFrom('day_totals').select(['trusted', 'count']).execute()
  const rowsKept = await store.db.selectFrom('report_rows').select(['trusted', 'count']).execute()
  const sum = (list: readonly { trusted: number; count: number }[], trusted: number) =>
    list.filter((row) => row.trusted === trusted).reduce((total, row) => total + row.count, 0)
  expect(sum(rowsKept, 1)).toBe(sum(rows, 1))
  expect(sum(rowsKept, 0)).toBe(sum(rows, 0))
  return { trusted: sum(rows, 1), untrusted: sum(rows, 0) }
}

describeEngines('a mail with reports', (fresh) => {
  it('is stored once, however often it comes in', async () => {
    const { store, domainId } = await openWithDomain(await fresh())
    const mail = reportMail(reportXml({ records: [ownRecord(12), spoofedRecord(5)] }))
    expect(await bring(store, domainId, mail)).toEqual({ stored: 1, duplicates: 0, problems: 0 })
    // The same report in another container is the same report.
    for (const again of [mail, reportXml({ records: [ownRecord(12), spoofedRecord(5)] })]) {
      expect(await bring(store, domainId, again)).toEqual({ stored: 0, duplicates: 1, problems: 0 })
    }
    expect(await totals(store)).toEqual({ trusted: 17, untrusted: 0 })
    await store.close()
  })

  it('is read again after a crash, and never twice', async () => {
    const { store, domainId } = await openWithDomain(await fresh())
    const raw = Buffer.from(reportXml())
    const id = await store.transaction((tx) =>
      acceptMail(tx, { domainId, way: 'smtp', trust: 'mail', raw }, reportTime),
    )
    const crash = new Error('killed')
    const context = { store, now: () => reportTime, counts: () => true }
    await expect(processMail(id, { ...context, authenticate: () => Promise.reject(crash) })).rejects.toBe(crash)
    expect(await totals(store)).toEqual({ trusted: 0, untrusted: 0 })
    const authenticate = async () => receiver
    const both = await Promise.all([
      processMail(id, { ...context, authenticate }),
      processMail(id, { ...context, authenticate }),
    ])
    expect(both.filter((one) => one !== undefined)).toEqual([{ stored: 1, duplicates: 0, problems: 0 }])
    expect(await totals(store)).toEqual({ trusted: 12, untrusted: 0 })
    await store.close()
  })

  it('adds the other half of a report, and lets the newer of two that differ count', async () => {
    const { store, domainId } = await openWithDomain(await fresh())
    await bring(store, domainId, reportXml({ records: [ownRecord(10)] }))
    await bring(store, domainId, reportXml({ records: [ownRecord(3, '198.51.100.7')] }))
    expect(await totals(store)).toEqual({ trusted: 13, untrusted: 0 })
    // Either half again changes nothing.
    expect(await bring(store, domainId, reportXml({ records: [ownRecord(10)] }))).toMatchObject({ duplicates: 1 })
    await bring(store, domainId, reportXml({ records: [ownRecord(11), ownRecord(4, '198.51.100.7')] }))
    expect(await totals(store)).toEqual({ trusted: 15, untrusted: 0 })
    const [report] = await store.db.selectFrom('reports').selectAll().execute()
    expect(JSON.parse(report?.warnings ?? '')).toMatchObject([{ code: 'replaced' }])
    await store.close()
  })

  it('counts as evidence only if the mail is authenticated as its reporter', async () => {
    const { store, domainId } = await openWithDomain(await fresh())
    await bring(store, domainId, reportXml(), { authentication: nobody })
    const other = { from: 'attacker.example', dkim: ['attacker.example'], spf: null, aligned: true }
    await bring(store, domainId, reportXml({ reportId: '2' }), { authentication: other })
    expect(await totals(store)).toEqual({ trusted: 0, untrusted: 24 })
    const problems = await store.db.selectFrom('report_problems').select(['code', 'report_id']).execute()
    expect(problems).toMatchObject([{ code: 'not-authenticated' }, { code: 'not-authenticated' }])
    // The genuine one takes the place of the first; a forged one never takes its place.
    await bring(store, domainId, reportXml())
    expect(await totals(store)).toEqual({ trusted: 12, untrusted: 12 })
    const forged = reportXml({ records: [ownRecord(999)] })
    expect(await bring(store, domainId, forged, { authentication: nobody })).toMatchObject({ stored: 0, problems: 1 })
    expect(await totals(store)).toEqual({ trusted: 12, untrusted: 12 })
    await store.close()
  })

  it('of an unknown reporter counts once the owner accepts one of its reports', async () => {
    const { store, domainId } = await openWithDomain(await fresh())
    const small = { from: 'small.example', dkim: ['small.example'], spf: null, aligned: true }
    const from = (reportId: string) => reportMail(reportXml({ reporter: 'small.example', reportId }), 'a@small.example')
    await bring(store, domainId, from('1'), { authentication: small })
    await bring(store, domainId, from('2'), { authentication: small })
    await bring(store, domainId, from('3'), { authentication: { ...small, dkim: [], aligned: false } })
    expect(await totals(store)).toEqual({ trusted: 0, untrusted: 36 })
    const problems = () => store.db.selectFrom('report_problems').select(['code', 'report_id']).orderBy('id').execute()
    // Asked once, however many reports come in.
    expect(await problems()).toMatchObject([{ code: 'unknown-reporter' }, { code: 'not-authenticated' }])
    await store.transaction((tx) => acceptReporter(tx, store.engine, domainId, 'small.example', reportTime))
    await bring(store, domainId, from('4'), { authentication: small })
    // Those that came before count as well, the forged one never does.
    expect(await totals(store)).toEqual({ trusted: 36, untrusted: 12 })
    // In the name of the accepted one, by somebody else.
    const other = { from: 'attacker.example', dkim: ['attacker.example'], spf: null, aligned: true }
    await bring(store, domainId, from('5'), { authentication: other })
    expect(await totals(store)).toEqual({ trusted: 36, untrusted: 24 })
    await store.close()
  })

  it('of a large receiver counts, though its contact address has another domain', async () => {
    const { store, domainId } = await openWithDomain(await fresh())
    const xml = reportXml({ reporter: 'yahooinc.com' })
    const large = { from: 'dmarc.yahoo.com', dkim: ['dmarc.yahoo.com'], spf: null, aligned: true }
    await bring(store, domainId, reportMail(xml, 'noreply@dmarc.yahoo.com'), { authentication: large })
    expect(await totals(store)).toEqual({ trusted: 12, untrusted: 0 })
    // Somebody with a mailbox there.
    const mailbox = { from: 'yahoo.com', dkim: ['yahoo.com'], spf: null, aligned: true }
    const forged = reportMail(reportXml({ reporter: 'yahooinc.com', reportId: '2' }), 'someone@yahoo.com')
    await bring(store, domainId, forged, { authentication: mailbox })
    expect(await totals(store)).toEqual({ trusted: 12, untrusted: 12 })
    await store.close()
  })

  it('about another domain is set aside, with the bytes kept', async () => {
    const { store, domainId } = await openWithDomain(await fresh())
    const raw = reportXml({ domain: 'other.test' })
    expect(await bring(store, domainId, raw)).toEqual({ stored: 0, duplicates: 0, problems: 1 })
    await bring(store, domainId, reportXml({ domain: 'sub.example.test' }))
    expect(await totals(store)).toEqual({ trusted: 12, untrusted: 0 })
    const kept = await store.db
      .selectFrom('report_problems')
      .innerJoin('report_mails', 'report_mails.id', 'report_problems.mail_id')
      .select(['code', 'raw'])
      .execute()
    expect(kept.map(({ code, raw: bytes }) => [code, bytes.toString()])).toEqual([['foreign-domain', raw]])
    await store.close()
  })

  it('splits a report of several days by day, and drops days that are no longer kept', async () => {
    const { store, domainId } = await openWithDomain(await fresh())
    await bring(store, domainId, reportXml({ end: begin + 2 * 86_400 - 1, records: [ownRecord(10)] }))
    const days = () => store.db.selectFrom('report_rows').select(['day', 'count']).orderBy('day').execute()
    const first = begin / 86_400
    expect(await days()).toEqual([
      { day: first, count: 5 },
      { day: first + 1, count: 5 },
    ])
    await sweepReports(store, reportTime + 399 * day)
    expect(await days()).toEqual([{ day: first + 1, count: 5 }])
    const kept = await store.db.selectFrom('day_totals').select('count').execute()
    expect(kept).toHaveLength(2)
    await store.close()
  })

  it('joins rows of the same day that a restored backup brought, and is dropped with them', async () => {
    const { store, domainId } = await openWithDomain(await fresh())
    const row = {
      report_id: 77,
      domain_id: domainId,
      day: begin / 86_400,
      source: '198.51.100.0/24',
      source_ip: '198.51.100.1',
      header_from: 'example.test',
      envelope_from: null,
      count: 5,
      disposition: null,
      dkim: null,
      spf: null,
      reasons: '[]',
      auth: '{"dkim":[],"spf":[]}',
      trusted: 1 as const,
      digest: 'restored',
    }
    await store.db.insertInto('report_rows').values(row).execute()
    expect(await bring(store, domainId, reportXml({ records: [ownRecord(12)] }))).toMatchObject({ stored: 1 })
    const counts = async () =>
      (await store.db.selectFrom('report_rows').select('count').orderBy('count').execute()).map(({ count }) => count)
    expect(await counts()).toEqual([5, 12])
    await sweepReports(store, reportTime + 401 * day)
    expect(await counts()).toEqual([])
    await store.close()
  })

  it('counts in totals that can be made again from the rows, but for days without single rows', async () => {
    const { store, domainId } = await openWithDomain(await fresh(), { parked: true, credits: 1000 })
    const other = begin + 86_400
    await bring(store, domainId, reportXml({ records: [ownRecord(12), spoofedRecord(5)] }))
    await bring(store, domainId, reportXml({ reportId: '2', records: [ownRecord(990)] }), { authentication: nobody })
    // No credits are left.
    await bring(store, domainId, reportXml({ reportId: '3', begin: other, records: [ownRecord(7)] }))
    const stored = () =>
      store.db.selectFrom('day_totals').selectAll().orderBy('day').orderBy('source').orderBy('trusted').execute()
    const before = await stored()
    expect(before).toHaveLength(4)
    await store.db.updateTable('day_totals').set({ count: 999 }).execute()
    const lost = { ...before[0], day: begin / 86_400 - 500, count: 3 } as (typeof before)[0]
    await store.db.insertInto('day_totals').values(lost).execute()
    const rebuild = async () => {
      for await (const rebuilt of rebuildTotals(store, { domain: 'example.test', now: reportTime })) return rebuilt
    }
    expect(await rebuild()).toEqual({ domain: 'example.test', days: 1, changed: 1, withoutRows: 1 })
    expect(await stored()).toEqual([lost, ...before.slice(0, 3), { ...before[3], count: 999 }])
    expect(await rebuild()).toMatchObject({ changed: 0 })
    await store.close()
  })

  it('uses up the credits of a parked domain, and keeps totals without rows after that', async () => {
    const { store, domainId } = await openWithDomain(await fresh(), { parked: true, credits: 1000 })
    const credits = async () =>
      (await store.db.selectFrom('domains').select('parked_domain_credits').executeTakeFirstOrThrow())
        .parked_domain_credits
    await bring(store, domainId, reportXml({ records: [spoofedRecord(990)] }))
    expect(await credits()).toBe(10)
    await bring(store, domainId, reportXml({ reportId: '2', records: [spoofedRecord(50)] }))
    expect(await credits()).toBe(0)
    await bring(store, domainId, reportXml({ reportId: '3', records: [spoofedRecord(7)] }))
    const counts = async (table: 'report_rows' | 'day_totals') =>
      (await store.db.selectFrom(table).select('count').execute()).reduce((sum, { count }) => sum + count, 0)
    expect([await counts('report_rows'), await counts('day_totals')]).toEqual([1040, 1047])
    // 2026-04-01.
    await sweepReports(store, Date.UTC(2026, 3, 1))
    expect(await credits()).toBe(1000)
    await store.close()
  })
})

describe('a report of many records', () => {
  it('is stored whole, though its records never stand in memory together', async () => {
    const { store, domainId } = await openWithDomain(':memory:')
    const records = Array.from({ length: 12_000 }, (_, index) =>
      ownRecord(1, `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`),
    )
    expect(await bring(store, domainId, reportXml({ records }))).toEqual({ stored: 1, duplicates: 0, problems: 0 })
    expect(await totals(store)).toEqual({ trusted: 12_000, untrusted: 0 })
    await store.close()
  })
})
