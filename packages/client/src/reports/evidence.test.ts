import { describe, expect, it } from 'vitest'
import { fakeApi, type Seen, vendorDomain } from '../../test/fake-api.ts'
import { ownMail, vendorReports } from '../../test/fake-reports.ts'
import { Reports } from './index.ts'

const quarantine = { target: 'quarantine' } as const
const fault = (call: Promise<unknown>) =>
  call.then(
    (result) => expect.unreachable(`the call succeeded: ${JSON.stringify(result)}`),
    (error) => error,
  )
/** Requests by what they ask for. */
const asked = (seen: Seen[]) => {
  const names = seen.map(({ path }) => path.replace(/^\/v2\/(?:accounts\/7\/domains\/)?/, '').replace(/\?.*$/, ''))
  return Object.fromEntries([...new Set(names)].map((name) => [name, names.filter((each) => each === name).length]))
}
const own = { capabilities: 1, '41.json': 1 }

describe('evidence from a server that announces reports', () => {
  const answer = {
    domain: 'example.com',
    target: 'quarantine',
    computed_at: '2026-01-01T00:00:00Z',
    parked: false,
    ready: false,
    blockers: [{ code: 'volume-low', found: '3 messages', expected: 'at least 100', fix: 'Wait.', about: [] }],
    next_record: null,
    current_policy: 'none',
    reports: { trusted: 4, untrusted: '1' },
    dmarc: null,
    mta_sts: null,
  }
  const server = (body: unknown) =>
    fakeApi(({ path }) => (path === '/v2/capabilities' ? { body: { extensions: ['reports'] } } : { body }))

  it('is asked for in one request', async () => {
    const { client, seen } = await server(answer)
    const reports = new Reports(client)
    const { data, response } = await reports.evidence(7, 'example-com', quarantine).withResponse()
    expect(data).toMatchObject({ ready: false, origin: 'server', blockers: answer.blockers, reports: { untrusted: 1 } })
    expect(response.path).toBe('/v2/accounts/7/domains/example-com/evidence?target=quarantine')
    await reports.evidence(7, 'example-com', quarantine)
    expect(asked(seen)).toEqual({ capabilities: 1, 'example-com/evidence': 2 })
  })

  it.each([
    ['says that it is ready beside a blocker', { ...answer, ready: true, next_record: 'v=DMARC1; p=reject' }],
    ['offers a record although it is blocked', { ...answer, next_record: 'v=DMARC1; p=reject' }],
  ])('is not ready where the server %s', async (_, body) => {
    const { client } = await server(body)
    expect(await new Reports(client).evidence(7, 41, quarantine)).toMatchObject({ ready: false, next_record: null })
  })

  it.each([
    ['a page', '<html>Log in</html>'],
    ['an answer without a verdict', { ...answer, ready: undefined }],
    ['an answer about another target', { ...answer, target: 'reject' }],
  ])('is no evidence where the server answers %s', async (_, body) => {
    const { client } = await server(body)
    const error = await fault(new Reports(client).evidence(7, 41, quarantine))
    expect(error).toMatchObject({ name: 'UnexpectedAnswerError', call: { status: 200 } })
    expect(error.message).toContain('expected the evidence for quarantine')
  })
})

describe("evidence from the vendor's reports", () => {
  it('is ready where the rules are met, says where it comes from, and offers the record', async () => {
    const { reports } = await vendorReports()
    expect(await reports.evidence(7, 41, quarantine)).toMatchObject({
      domain: 'example.com',
      target: 'quarantine',
      computed_at: '2026-01-01T00:00:00.000Z',
      origin: 'vendor-reports',
      ready: true,
      blockers: [],
      next_record: 'v=DMARC1; p=quarantine; rua=mailto:in@example.com',
      current_policy: 'none',
      reports: { trusted: 60, untrusted: 0 },
      dmarc: {
        numbers: { window_days: 30, days_covered: 30, reporters: 2, own: { messages: 1200, passed: 1200, rate: 100 } },
        sources: [{ id: 'source:192.0.2.0/24', class: 'own', messages: 1200 }],
      },
    })
  })

  it('is blocked for each reason that the reports give, with what to do', async () => {
    const stranger = { ip: '198.51.100.9', count: 30, as: 'sender.example' }
    const { reports } = await vendorReports({ days: 10, reporters: 1, mail: [ownMail, stranger] })
    const evidence = await reports.evidence(7, 41, { target: 'reject' })
    expect(evidence).toMatchObject({ ready: false, next_record: null })
    expect(evidence.blockers.map(({ code }) => code)).toEqual([
      'time-too-short',
      'coverage-low',
      'reporters-few',
      'candidates-unanswered',
      'own-source-new',
    ])
    expect(evidence.blockers.every(({ fix }) => fix !== '')).toBe(true)
    expect(evidence.dmarc?.candidates).toMatchObject([
      { id: 'domain:sender.example', name: 'sender.example', kind: null },
    ])
    const answers = { 'domain:sender.example': 'not_mine' } as const
    const answered = await reports.evidence(7, 41, { target: 'reject', answers })
    expect(answered.blockers.map(({ code }) => code)).not.toContain('candidates-unanswered')
  })

  it.each([
    ['60 reports', { reporters: 2 }, 1],
    ['100 reports, a full page that the count proves to be all', { days: 50 }, 1],
    ['150 reports', { reporters: 5 }, 2],
    ['600 reports', { reporters: 20 }, 6],
    ['150 reports, 25 a page', { reporters: 5, ignoresPer: true }, 6],
    ['60 reports without a word about pages', { withoutMeta: true }, 1],
    ['100 reports without a word about pages', { days: 50, withoutMeta: true }, 2],
    ['60 reports and a count that is too high', { total: 310 }, 2],
  ] as const)('takes few requests for %s', async (_, options, pages) => {
    const { reports, seen, state } = await vendorReports(options)
    const evidence = await reports.evidence(7, 41, quarantine)
    expect(evidence.reports.trusted).toBe(state.days * ('reporters' in options ? options.reporters : 2))
    expect(asked(seen)).toEqual({ ...own, '41/agg_reports.json': pages })
  })

  it('takes one request for each report where lists leave the XML out, and judges the same', async () => {
    const [listed, shown] = [await vendorReports(), await vendorReports({ withoutXml: true })]
    const [a, b] = [await listed.reports.evidence(7, 41, quarantine), await shown.reports.evidence(7, 41, quarantine)]
    expect(b).toEqual({ ...a, computed_at: b.computed_at })
    expect(shown.seen.filter(({ path }) => /agg_reports\/\d+\.json$/.test(path))).toHaveLength(60)
  })

  it('is computed again from the new reports alone', async () => {
    const { reports, seen } = await vendorReports({ days: 60, reporters: 3 })
    const first = await reports.evidence(7, 41, quarantine)
    const before = seen.length
    expect(await reports.evidence(7, 41, { target: 'reject' })).toMatchObject({ reports: first.reports })
    expect(seen.slice(before).map(({ path }) => decodeURIComponent(path))).toEqual([
      '/v2/accounts/7/domains/41.json',
      expect.stringContaining('q[date_begin_gteq]=2025-12-25'),
    ])
  })

  it('saves the request for the domain where the caller has it', async () => {
    const { reports, client, seen } = await vendorReports()
    const domain = await client.domains.get(7, 41)
    await reports.evidence(7, 41, { ...quarantine, domain })
    expect(asked(seen)).toEqual({ ...own, '41/agg_reports.json': 1 })
  })

  it('needs no report for a parked domain', async () => {
    const { reports, seen } = await vendorReports({ domain: { parked_domain: true } })
    expect(await reports.evidence(7, 41, quarantine)).toMatchObject({ ready: true, parked: true })
    expect(asked(seen)).toEqual(own)
  })

  it('counts a report that cannot be read as untrusted, one that is stored twice once, and one of another domain not at all', async () => {
    const { reports } = await vendorReports({
      before: ({ path }) => {
        if (!path.includes('agg_reports')) return undefined
        const entry = { report_id: 'x', date_begin: '2025-12-31', date_end: '2025-12-31', policy_domain: 'example.com' }
        if (/agg_reports\/1\.json/.test(path)) return { body: { ...entry, id: 1, raw_xml: '' } }
        const other = { ...entry, id: 2, policy_domain: 'other.example' }
        return { body: { reports: [{ ...entry, id: 1, raw_xml: '<feedback>' }, other] } }
      },
    })
    const evidence = await reports.evidence(7, 41, quarantine)
    expect(evidence).toMatchObject({ ready: false, reports: { trusted: 0, untrusted: 1 } })
    expect(evidence.blockers.map(({ code }) => code)).toEqual(['no-data'])
  })

  it('asks for smaller pages where an answer is too large', async () => {
    const { reports, seen } = await vendorReports({
      reporters: 5,
      before: ({ path }) =>
        Number(new URL(path, 'http://x').searchParams.get('per') ?? 0) > 50
          ? { body: 'x'.repeat(17 * 1024 * 1024) }
          : undefined,
    })
    expect((await reports.evidence(7, 41, quarantine)).reports.trusted).toBe(150)
    expect(asked(seen)['41/agg_reports.json']).toBe(4)
  })

  it('pauses between requests, and gives up at the limit of requests', async () => {
    const { reports, clock } = await vendorReports({ reporters: 20 })
    await reports.evidence(7, 41, quarantine)
    expect(clock.slept).toEqual([200, 200, 200, 200, 200])
    const limited = await vendorReports({ reporters: 20 }, { maxRequests: 3 })
    expect((await fault(limited.reports.evidence(7, 41, quarantine))).message).toMatch(
      /^More than 3 requests would be needed/,
    )
  })

  it('names sources as the caller does', async () => {
    const { reports } = await vendorReports({}, { sourceOf: (ip) => (ip === ownMail.ip ? 'mail.example' : undefined) })
    const { dmarc } = await reports.evidence(7, 41, quarantine)
    expect(dmarc?.sources.map(({ id }) => id)).toEqual(['source:mail.example'])
  })
})

describe("evidence for MTA-STS from the vendor's reports", () => {
  const enforce = { target: 'mta_sts_enforce' } as const

  it('takes one request for each hundred rows, and none for rows without failures', async () => {
    const { reports, seen } = await vendorReports()
    expect(await reports.evidence(7, 41, enforce)).toMatchObject({
      ready: true,
      origin: 'vendor-reports',
      dmarc: null,
      mta_sts: { days: 20, reporters: 2, failed_sessions: 0 },
    })
    expect(asked(seen)).toEqual({ ...own, '41/mta_sts_reports.json': 1 })
  })

  it('asks what failed only where something did, and reads the other spelling', async () => {
    const { reports, seen } = await vendorReports({ tlsFailures: 4 })
    expect(await reports.evidence(7, 41, enforce)).toMatchObject({
      ready: false,
      blockers: [{ code: 'tls-failures', about: ['certificate-expired'] }],
      mta_sts: { failed_sessions: 8 },
    })
    expect(seen.filter(({ path }) => /mta_sts_reports\/\d/.test(path))).toHaveLength(2)
  })

  it('stops where older reports follow', async () => {
    const { reports, seen } = await vendorReports({ tlsDays: 300 })
    await reports.evidence(7, 41, enforce)
    expect(asked(seen)['41/mta_sts_reports.json']).toBe(2)
  })
})

describe('a domain that does not exist', () => {
  it('is not found, whatever is asked of its reports', async () => {
    const { client } = await fakeApi(({ path }) =>
      path.includes('/42') ? { status: 404 } : { body: vendorDomain(41), status: path.includes('capab') ? 404 : 200 },
    )
    expect(await fault(new Reports(client).evidence(7, 42, quarantine))).toMatchObject({ name: 'NotFoundError' })
  })
})
