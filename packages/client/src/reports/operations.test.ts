import { describe, expect, it } from 'vitest'
import { fakeApi, type Reply, type Seen } from '../../test/fake-api.ts'
import { vendorReports } from '../../test/fake-reports.ts'
import { InvalidArgumentError, OutcomeUnknownError, UnsupportedError } from '../index.ts'
import { Reports } from './index.ts'

const fault = (call: Promise<unknown>) =>
  call.then(
    (result) => expect.unreachable(`the call succeeded: ${JSON.stringify(result)}`),
    (error) => error,
  )
const all = async <Entry>(list: AsyncIterable<Entry>) => {
  const entries: Entry[] = []
  for await (const entry of list) entries.push(entry)
  return entries
}
/** Our server. */
async function server(reply: (request: Seen) => Reply) {
  const api = await fakeApi((request) =>
    request.path === '/v2/capabilities' ? { body: { extensions: ['reports'] } } : reply(request),
  )
  const calls = () => api.seen.slice(1).map(({ method, path }) => `${method} ${decodeURIComponent(path)}`)
  return { ...api, reports: new Reports(api.client, { pause: 0 }), calls }
}
const base = '/v2/accounts/7/domains/41'

describe('our routes for reports', () => {
  const day = (name: string, more: object = {}) => ({
    day: name,
    reports: 2,
    messages: 10,
    passed: '9',
    dispositions: { none: 10 },
    classes: { own: { messages: 9, passed: 9 } },
    tls: null,
    ...more,
  })

  it('read totals, with counts as texts and parts left out', async () => {
    const { reports, calls } = await server(() => ({
      body: { domain: 'example.com', days: [day('2026-01-02'), day('2026-01-01')] },
    }))
    const totals = await reports.totals(7, 41, { from: '2026-01-01', to: '2026-01-02' })
    expect(totals).toMatchObject({ from: '2026-01-01', to: '2026-01-02' })
    expect(totals.days[0]).toMatchObject({
      day: '2026-01-01',
      passed: 9,
      failed: 1,
      dispositions: { none: 10, quarantine: 0, reject: 0 },
      classes: { own: { messages: 9 }, foreign: { messages: 0, passed: 0 } },
    })
    expect(totals.days[0]).not.toHaveProperty('tls')
    expect(calls()).toEqual([`GET ${base}/reports/daily?from=2026-01-01&to=2026-01-02`])
  })

  it('walk over the days of any period, 400 at a time', async () => {
    const { reports, calls } = await server(({ path }) => {
      const query = new URL(path, 'http://x').searchParams
      return { body: { days: [day(query.get('from') ?? ''), day(query.get('to') ?? '')] } }
    })
    const days = await all(reports.days(7, 41, { from: '2024-01-01', to: '2025-12-31' }))
    expect(days.map((each) => each.day)).toEqual(['2024-01-01', '2025-02-03', '2025-02-04', '2025-12-31'])
    expect(calls()).toHaveLength(2)
  })

  it('classify a source whose name has a slash, and believe only an answer that shows it', async () => {
    const { reports, calls } = await server(({ body }) => ({
      body: { id: 'source:192.0.2.0/24', ...(body as object) },
    }))
    await reports.classifySource(7, 41, 'source:192.0.2.0/24', 'mine')
    await reports.classifySource(7, 41, 'source:192.0.2.0/24', null)
    expect(calls()[0]).toBe(`PUT ${base}/reports/sources/source:192.0.2.0/24`)
    const stubborn = await server(() => ({ body: { id: 'source:192.0.2.0/24', kind: null } }))
    for (const call of [
      stubborn.reports.classifySource(7, 41, 'source:192.0.2.0/24', 'mine'),
      stubborn.reports.presumeRestNotMine(7, 41, true),
    ]) {
      expect(await fault(call)).toBeInstanceOf(OutcomeUnknownError)
    }
    expect(await fault(reports.classifySource(7, 41, '..', 'mine'))).toBeInstanceOf(InvalidArgumentError)
  })

  it('list problems, give the bytes of one, and accept it', async () => {
    const problem = {
      id: 3,
      code: 'xml-broken',
      message: 'Broken.',
      size: '4',
      path: ['a.zip', 'b.xml'],
      accepted_at: null,
    }
    const { reports, calls } = await server(({ method, path }) => {
      if (method === 'POST') return { body: { ...problem, accepted_at: '2026-01-01T00:00:00Z' } }
      if (path.endsWith('/raw')) return { body: { file_name: 'a.zip', media_type: 'application/zip', content: 'AP8=' } }
      return {
        body: { problems: [problem], meta: { total_problems: 1, current_page: 1, per_page: 100, total_pages: 1 } },
      }
    })
    expect(await all(reports.problems(7, 41))).toMatchObject([{ id: 3, size: 4, path: ['a.zip', 'b.xml'], line: null }])
    expect(await reports.rawReport(7, 41, 3)).toEqual({
      file_name: 'a.zip',
      media_type: 'application/zip',
      content: Uint8Array.of(0, 255),
    })
    expect(await reports.acceptProblem(7, 41, 3)).toMatchObject({ accepted_at: '2026-01-01T00:00:00Z' })
    expect(calls()).toEqual([
      `GET ${base}/reports/problems?page=1&per=100`,
      `GET ${base}/reports/problems/3/raw`,
      `POST ${base}/reports/problems/3/accept`,
    ])
    const deaf = await server(() => ({ body: problem }))
    expect(await fault(deaf.reports.acceptProblem(7, 41, 3))).toBeInstanceOf(OutcomeUnknownError)
  })

  it('are refused before anything is sent where the server does not announce them', async () => {
    const { reports, seen } = await vendorReports()
    for (const call of [
      reports.totals(7, 41),
      reports.sources(7, 41),
      reports.classifySource(7, 41, 'source:a', 'mine'),
      reports.presumeRestNotMine(7, 41, true),
      reports.rawReport(7, 41, 1),
      reports.acceptProblem(7, 41, 1),
      all(reports.problems(7, 41)),
    ]) {
      const error = await fault(call)
      expect(error).toBeInstanceOf(UnsupportedError)
      expect(error.extension).toBe('reports')
    }
    expect(seen.map(({ path }) => path)).toEqual(['/v2/capabilities'])
  })
})

describe("the vendor's routes for reports", () => {
  it('list aggregate reports of a period, and show one with its records', async () => {
    const { reports, seen } = await vendorReports({ days: 5 })
    const listed = await all(reports.aggregateReports(7, 41, { from: '2025-12-30', to: '2025-12-31', orgName: 'A' }))
    expect(listed).toHaveLength(4)
    expect(decodeURIComponent(seen[0]?.path ?? '').replaceAll('+', ' ')).toBe(
      `${base}/agg_reports.json?q[date_begin_gteq]=2025-12-30&q[date_begin_lteq]=2025-12-31&q[org_name_eq]=A&page=1&per=100`,
    )
    const shown = await reports.aggregateReport(7, 41, listed[0]?.id ?? 0)
    expect(shown.records).toMatchObject([
      {
        count: 20,
        header_from: 'example.com',
        source_ip: '192.0.2.14',
        country: 'de',
        auth_results: [{ type: 'dkim', domain: 'example.com', selector: 's1' }, { type: 'spf' }],
      },
    ])
  })

  it('read TLS reports in both spellings alike', async () => {
    const { reports } = await vendorReports({ tlsDays: 1, reporters: 1 })
    const [listed] = await all(reports.tlsReports(7, 41))
    const shown = await reports.tlsReport(7, 41, listed?.id ?? 0)
    expect(listed).toMatchObject({
      policy_string: ['version: STSv1', 'mode: testing'],
      total_successful_session_count: 120,
    })
    for (const field of [
      'organization_name',
      'start_datetime',
      'policy_string',
      'total_successful_session_count',
    ] as const)
      expect(shown[field]).toEqual(listed?.[field])
    expect(shown.failure_details).toMatchObject([{ result_type: 'certificate-expired' }])
  })

  it('ask for records by the form of day that the route takes', async () => {
    const { client, seen } = await fakeApi(() => ({ body: { records: [], meta: {} } }))
    await all(new Reports(client).aggregateRecords(7, 41, { from: '2026-03-02' }))
    expect(decodeURIComponent(seen[0]?.path ?? '')).toContain('records.json?q[agg_report_date_begin_gteq]=03-02-2026')
  })

  it('find totals with .json and without, and remember which', async () => {
    const { client, seen } = await fakeApi(({ path }) =>
      path.includes('agg_report_stats.json') ? { body: { total: 10, compliant: 9, none: 10 } } : { status: 404 },
    )
    const reports = new Reports(client, { pause: 0 })
    expect(
      (await all(reports.days(7, 41, { from: '2026-01-01', to: '2026-01-03' }))).map(({ failed }) => failed),
    ).toEqual([1, 1, 1])
    expect(seen.filter(({ path }) => path.includes('agg_report_stats'))).toHaveLength(4)
    expect(await fault(reports.topSources(7, 41))).toMatchObject({ name: 'NotFoundError' })
  })

  it('fail on a list that repeats its pages although it counts more, and on an entry that cannot be read', async () => {
    const entry = { id: 1, report_id: 'a', raw_xml: '' }
    const repeating = await fakeApi(() => ({ body: { reports: [entry], meta: { total_reports: 9, per_page: 1 } } }))
    expect((await fault(all(new Reports(repeating.client).aggregateReports(7, 41)))).message).toMatch(
      /^The list of aggregate reports cannot be read completely: page 2 repeats earlier ones, and 1 of 9 were found\. \(GET /,
    )
    const broken = await fakeApi(() => ({ body: { reports: [entry, { raw_xml: '' }] } }))
    expect((await fault(all(new Reports(broken.client).aggregateReports(7, 41)))).message).toMatch(
      /^Entry 2 of the list of aggregate reports cannot be read\./,
    )
  })

  it('refuse a day that is none before anything is sent', async () => {
    const { reports, seen } = await vendorReports()
    for (const from of ['2026-02-30', 'yesterday', '2026-1-1', '02-03-2026']) {
      const error = await fault(reports.statistics(7, 41, { from, to: '2026-03-01' }))
      expect(error.message).toBe(`from must be a day such as 2026-03-02, found "${from}"`)
    }
    expect(seen).toEqual([])
  })
})
