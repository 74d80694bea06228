import { reportOperations, reportRoutes } from '@dmarc-as-code/client/contract'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createSandbox, type Sandbox } from '../src/sandbox/index.ts'
import { reportMail, reportXml } from './sample-reports.ts'
import { deliver } from './smtp-client.ts'

// Starting the thread that reads takes seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

type Name = keyof typeof reportRoutes

describe('the routes of reports', () => {
  let sandbox: Sandbox
  let ids: Record<string, string | number>
  let reportAddress: string
  beforeAll(async () => {
    sandbox = await createSandbox()
    const created = await send('POST', `/v2/accounts/${sandbox.accountId}/domains.json`, {
      domain: { address: 'example.test', rua_report: true, ruf_report: true },
    })
    ids = { account_id: sandbox.accountId, domain_id: created.body.id }
    const hosted = await send('PUT', `/v2/accounts/${sandbox.accountId}/domains/${created.body.id}.json`, {
      domain: { hosted_dmarc: true },
    })
    reportAddress = /mailto:([^,;]+)/.exec(hosted.body.current_dmarc_config)?.[1] ?? ''
  })
  afterAll(() => sandbox?.close())

  async function send(method: string, path: string, body?: unknown, token = sandbox.token) {
    const response = await fetch(sandbox.apiUrl + path, {
      method,
      headers: { authorization: `Token token=${token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(15_000),
    })
    // biome-ignore lint/suspicious/noExplicitAny: answers of every shape
    return { status: response.status, body: (await response.json()) as any }
  }

  const path = (name: Name, values: Record<string, string | number> = {}) =>
    reportRoutes[name].path.replace(/:(\w+)/g, (_, key: string) =>
      encodeURIComponent(String({ ...ids, id: 1, source: 'domain:service.example', ...values }[key])),
    )

  /** Calls an operation and holds its answer against the contract. */
  async function call(
    name: Name,
    { query = '', body, values }: { query?: string; body?: unknown; values?: Record<string, string | number> } = {},
  ) {
    const answer = await send(reportRoutes[name].method, path(name, values) + query, body)
    expect(answer, name).toMatchObject({ status: 200 })
    expect(reportOperations[name].response.safeParse(answer.body).error, name).toBeUndefined()
    return answer.body
  }

  it('say that nothing is known before a report has come in', async () => {
    expect(await call('getEvidence', { query: '?target=quarantine' })).toMatchObject({
      ready: false,
      blockers: [{ code: 'no-data' }],
      next_record: null,
      current_policy: null,
      reports: { trusted: 0, untrusted: 0 },
    })
    expect((await call('getReportTotals')).days).toHaveLength(30)
    const domain = await send('GET', `/v2/accounts/${sandbox.accountId}/domains/${ids.domain_id}.json`)
    expect(domain.body.dmarc_status).toBe('dmarc_inactive')
  })

  it('let the policy be tightened step by step as reports come in, whatever a spoofer sends', async () => {
    const evidence = (target: string) => call('getEvidence', { query: `?target=${target}` })
    const service = { 'service.example': { messages: 12, dkim: 0, spf: 0 } }
    await sandbox.reports.play({ domain: 'example.test', services: service })
    const domain = await send('GET', `/v2/accounts/${sandbox.accountId}/domains/${ids.domain_id}.json`)
    expect(domain.body.dmarc_status).toBe('dmarc_active')

    expect(await evidence('quarantine')).toMatchObject({
      ready: false,
      blockers: [{ code: 'candidates-unanswered', about: ['domain:service.example'] }],
      next_record: null,
    })
    await call('updateReportSource', { body: { kind: 'not_mine' } })
    const ready = await evidence('quarantine')
    expect(ready).toMatchObject({ ready: true, blockers: [], current_policy: 'none' })
    expect(ready.next_record).toMatch(/^v=DMARC1; p=quarantine; .*rua=mailto:/)
    expect((await evidence('reject')).blockers).toMatchObject([{ code: 'time-too-short' }])

    await sandbox.reports.play({
      domain: 'example.test',
      days: 31,
      policy: 'quarantine',
      services: service,
      spoofer: { messages: 5000, networks: 40 },
    })
    const reject = await evidence('reject')
    expect(reject).toMatchObject({ ready: true, current_policy: 'quarantine' })
    expect(reject.next_record).toMatch(/^v=DMARC1; p=reject; /)
  })

  it('say by day and by source who sent the mail, and why it fails', async () => {
    const totals = await call('getReportTotals', { query: '?from=2000-01-01&to=2000-01-02' })
    expect(totals.days.map(({ day }: { day: string }) => day)).toEqual(['2000-01-01', '2000-01-02'])
    const { days } = await call('getReportTotals')
    const played = days.at(-2)
    expect(played).toMatchObject({
      reports: 2,
      reporters: 2,
      messages: 60 + 4 + 12 + 5000,
      classes: {
        own: { messages: 60, passed: 60 },
        forwarder: { messages: 4, passed: 4 },
        candidate: { messages: 12, passed: 0 },
        foreign: { messages: 5000, passed: 0 },
      },
    })
    const { sources, foreign } = await call('getReportSources')
    expect(
      sources.map((source: { name: string; class: string; kind: string }) => [source.name, source.class, source.kind]),
    ).toEqual([
      ['192.0.2.0/24', 'own', null],
      ['service.example', 'candidate', 'not_mine'],
      ['198.51.100.0/24', 'forwarder', null],
    ])
    expect(sources[1].causes[0]).toMatchObject({ cause: 'signs-with-other-domain', about: ['service.example'] })
    expect(foreign.sources).toBe(40)
    expect((await call('updateReportSources', { body: { presume_rest_not_mine: true } })).presume_rest_not_mine).toBe(
      true,
    )
  })

  it('let MTA-STS be enforced by TLS reports of two weeks without a failure', async () => {
    await sandbox.reports.play({ domain: 'example.test', days: 20, tls: { successful: 40 }, policy: 'quarantine' })
    expect(await call('getEvidence', { query: '?target=mta_sts_enforce' })).toMatchObject({
      ready: true,
      dmarc: null,
      mta_sts: { reporters: 2, failed_sessions: 0 },
    })
    await sandbox.reports.play({
      domain: 'example.test',
      days: 2,
      tls: { successful: 40, failed: 3 },
      policy: 'quarantine',
    })
    expect((await call('getEvidence', { query: '?target=mta_sts_enforce' })).blockers).toMatchObject([
      { code: 'tls-failures', about: ['certificate-expired'] },
    ])
    const [first] = (await call('listTlsReports')).reports
    expect(await call('getTlsReport', { values: { id: first.id } })).toMatchObject({ 'total-failure-session-count': 3 })
    expect((await call('listTlsFailures'))['failure-details'][0]).toMatchObject({ result_type: 'certificate-expired' })
  })

  it('list what was set aside, give it out as it came, and let a report count that lacks trust', async () => {
    const begin = Math.floor(Date.now() / 86_400_000) * 86_400 - 86_400
    const xml = reportXml({ reportId: 'untrusted', reporter: 'third.example', begin, p: 'quarantine' })
    const raw = reportMail(xml, 'dmarc@third.example')
    const { smtp } = sandbox.reports
    expect(await deliver(smtp.port, { from: 'dmarc@third.example', to: [reportAddress], raw })).toMatch(/^250/)
    await expect.poll(async () => (await call('listReportProblems')).problems).toHaveLength(1)
    const [problem] = (await call('listReportProblems', { query: '?page=1' })).problems
    expect(problem).toMatchObject({ code: 'not-authenticated', acceptable: true, from: 'dmarc@third.example' })
    const original = await call('getRawReport', { values: { id: problem.id } })
    expect(Buffer.from(original.content, 'base64').toString()).toContain(raw.slice(-200).trim())

    const yesterday = async () => (await call('getReportTotals')).days.at(-2)
    const before = await yesterday()
    expect(before).toMatchObject({ reporters: 2, untrusted_messages: 12 })
    for (let time = 0; time < 2; time++) {
      expect(await call('acceptReport', { values: { id: problem.id } })).toMatchObject({ acceptable: false })
    }
    expect(await yesterday()).toMatchObject({ reporters: 3, untrusted_messages: 0, messages: before.messages + 12 })
  })

  it('answer in the shapes of the vendor', async () => {
    const list = await call('listAggregateReports', { query: '?per=3&q[org_name_eq]=receiver.example' })
    expect(list.meta).toMatchObject({ per_page: 3, total_reports: 40 })
    const { id, raw_xml } = list.reports[0]
    expect(raw_xml).toContain('<domain>example.test</domain>')
    const report = await call('getAggregateReport', { values: { id } })
    expect(report.records[0]).toMatchObject({ dkim_status: 'pass', ip_address: { sane_source_ip: '192.0.2.10' } })
    const records = await call('listAggregateRecords', { query: '?q[ip_address_source_ip_eq]=192.0.2.10' })
    expect(records.records).toHaveLength(25)
    const statistics = await call('getAggregateStatistics', { query: '?filter=last_30_days' })
    expect(statistics.total).toBeGreaterThan(statistics.compliant + statistics.non_compliant + statistics.forwarded)
    expect((await call('getTopSources', { query: '?limit=2' })).sources).toHaveLength(2)
    expect((await call('listFailureReports')).reports).toEqual([])
  })

  it.each(Object.keys(reportRoutes) as Name[])(
    'are closed to strangers and to a token that may only read: %s',
    async (name) => {
      const { method } = reportRoutes[name]
      const body = 'body' in reportOperations[name] ? {} : undefined
      expect(await send(method, path(name), body, sandbox.otherTenant.token)).toMatchObject({ status: 404 })
      if (method !== 'GET')
        expect(await send(method, path(name), body, sandbox.readOnlyToken)).toMatchObject({ status: 403 })
    },
  )
})
