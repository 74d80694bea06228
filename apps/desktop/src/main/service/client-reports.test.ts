import { DmarcReportClient } from '@dmarc-as-code/client'
import { reportOperations } from '@dmarc-as-code/client/contract'
import { beforeEach, describe, expect, it } from 'vitest'
import { FakeReports } from '../../../test/fake-reports.ts'
import { ClientReports } from './client-reports.ts'

const ref = { connectionId: 'c1', accountId: 1, domainId: 2 }
const base = '/v2/accounts/1/domains/2'
const signal = AbortSignal.timeout(60_000)

let fake: FakeReports
let broken: unknown
let reports: ClientReports
beforeEach(() => {
  fake = new FakeReports()
  broken = undefined
  const answer: typeof fetch = async (input, init) => {
    const { pathname, searchParams } = new URL(String(input))
    if (pathname === '/v2/capabilities') return Response.json({ extensions: ['reports'], version: '1' })
    const body = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined
    const found = fake.answer(init?.method ?? 'GET', pathname.slice(base.length), searchParams, body)
    return Response.json(broken ?? found?.body ?? { error: 'Not Found' }, {
      status: broken ? 200 : (found?.status ?? 404),
    })
  }
  const client = new DmarcReportClient({
    baseUrl: 'https://dmarc.example.com',
    token: 'x',
    fetch: answer,
    maxRetries: 0,
  })
  reports = new ClientReports(client, 'dmarc.example.com')
})

describe('the fake service', () => {
  it('answers by the contract', () => {
    const { getReportTotals, getReportSources, getEvidence, listReportProblems } = reportOperations
    expect(() => getReportTotals.response.parse(fake.totals())).not.toThrow()
    expect(() => getReportSources.response.parse(fake.sources())).not.toThrow()
    for (const target of ['quarantine', 'reject'] as const)
      expect(() => getEvidence.response.parse(fake.evidence(target))).not.toThrow()
    expect(() => listReportProblems.response.parse({ problems: [fake.problem()] })).not.toThrow()
  })
})

describe('the reports of a service', () => {
  it('are read with five requests and become the view of the tab', async () => {
    const view = await reports.read(ref, signal)
    expect(fake.requests.sort()).toEqual([
      'GET /evidence?target=quarantine',
      'GET /evidence?target=reject',
      'GET /reports/daily',
      'GET /reports/problems?page=1&per=100',
      'GET /reports/sources',
    ])
    expect(view.days).toHaveLength(30)
    expect(view.days[0]).toMatchObject({ day: '2026-02-01', own: 5000, forwarder: 620, candidate: 630, foreign: 4000 })
    expect(view.candidates.map(({ name, kind }) => [name, kind])).toEqual([
      ['newsletter-service.example', null],
      ['crm.example.net', null],
    ])
    expect(view).toMatchObject({
      moreCandidates: 17,
      sources: { own: 1, forwarder: 1, foreign: 881 },
      expectedLoss: 240,
      tls: { successful: 3000, failed: 4 },
      levels: [
        { target: 'quarantine', ready: false, nextRecord: null, numbers: { daysAtNone: 31, ownRate: 99.75 } },
        { target: 'reject', ready: false, blockers: [{ code: 'candidates-unanswered' }, { code: 'time-too-short' }] },
      ],
      problems: [{ id: 7, code: 'not-authenticated', acceptable: true, hasOriginal: true }],
      moreProblems: 0,
    })
  })

  it('take the answers of a person, and show those first that have none', async () => {
    await reports.answer(ref, 'domain:newsletter-service.example', 'not_mine', signal)
    await reports.presumeRestNotMine(ref, true, signal)
    const view = await reports.read(ref, signal)
    expect(view.candidates.map(({ name, kind }) => [name, kind])).toEqual([
      ['crm.example.net', null],
      ['newsletter-service.example', 'not_mine'],
    ])
    expect([view.moreCandidates, view.presumesRestNotMine]).toEqual([0, true])
    await reports.answer(ref, 'domain:crm.example.net', 'mine', signal)
    expect((await reports.read(ref, signal)).levels[0]).toMatchObject({
      ready: true,
      nextRecord: 'v=DMARC1; p=quarantine; rua=mailto:x@in.example',
    })
  })

  it('accept a report and hand out its original', async () => {
    await reports.accept(ref, 7, signal)
    expect((await reports.read(ref, signal)).problems[0]?.acceptable).toBe(false)
    const { fileName, content } = await reports.original(ref, 7, signal)
    expect([fileName, Buffer.from(content).toString()]).toEqual(['report.xml', '<feedback/>'])
  })

  it('fail in words where the answer is not what the contract says', async () => {
    broken = { days: 'none' }
    await expect(reports.read(ref, signal)).rejects.toMatchObject({ problem: { code: 'server-error' } })
  })

  it('fail where the service does not know the domain', async () => {
    await expect(reports.accept(ref, 8, signal)).rejects.toMatchObject({ problem: { code: 'not-found' } })
  })
})
