import type {
  WireEvidence,
  WireReportProblem,
  WireReportSource,
  WireReportSources,
  WireReportTotals,
} from '@dmarc-as-code/client/contract'

import { reportsView } from '../src/main/reports/reports-view.ts'
import type { ReportsView } from '../src/shared/reports.ts'

const days = Array.from({ length: 30 }, (_, index) => new Date(Date.UTC(2026, 1, 1 + index)).toISOString().slice(0, 10))
const first = String(days[0])
const last = String(days.at(-1))

interface Answer {
  readonly status: number
  readonly body: unknown
}

const source = (
  id: string,
  kind: WireReportSource['class'],
  counts: Pick<WireReportSource, 'messages' | 'passed'>,
  more: Partial<WireReportSource> = {},
): WireReportSource => ({
  id,
  name: id.replace(/^\w+:/, ''),
  class: kind,
  kind: null,
  passed_by_dkim: counts.passed,
  passed_by_spf: counts.passed,
  overridden: 0,
  days: 24,
  first_day: first,
  last_day: last,
  sources: [],
  causes: [],
  ...counts,
  ...more,
})

/** A service that has received a month of reports about one domain, by the contract: two senders have no answer yet. */
export class FakeReports {
  readonly requests: string[] = []
  readonly kinds = new Map<string, WireReportSource['kind']>()
  presumed = false
  accepted = false
  readonly domain: string

  constructor(domain = 'spring.example') {
    this.domain = domain
  }

  /** `path` is what follows the path of the domain; undefined for what this has no answer to. */
  answer(method: string, path: string, query: URLSearchParams, body: unknown): Answer | undefined {
    this.requests.push(`${method} ${path}${query.size > 0 ? `?${query}` : ''}`)
    const said = (body ?? {}) as Readonly<Record<string, unknown>>
    const ok = (answer: unknown): Answer => ({ status: 200, body: answer })
    if (method === 'GET') {
      if (path === '/reports/daily') return ok(this.totals())
      if (path === '/reports/sources') return ok(this.sources())
      if (path === '/evidence') return ok(this.evidence(query.get('target') === 'reject' ? 'reject' : 'quarantine'))
      if (path === '/reports/problems') return ok({ problems: [this.problem()] })
      if (path === '/reports/problems/7/raw') {
        const content = btoa('<feedback/>')
        return ok({ file_name: 'report.xml', media_type: 'text/xml', size: 11, sha256: '0'.repeat(64), content })
      }
    }
    if (method === 'PUT' && path === '/reports/sources') {
      this.presumed = said.presume_rest_not_mine === true
      return ok({ presume_rest_not_mine: this.presumed })
    }
    if (method === 'PUT' && path.startsWith('/reports/sources/')) {
      const id = decodeURIComponent(path.slice('/reports/sources/'.length))
      this.kinds.set(id, said.kind as WireReportSource['kind'])
      return ok({ id, kind: said.kind })
    }
    if (method === 'POST' && path === '/reports/problems/7/accept') {
      this.accepted = true
      return ok(this.problem())
    }
    return undefined
  }

  /** What the app makes of its answers. */
  view(): ReportsView {
    const evidence = (target: 'quarantine' | 'reject') => {
      const { dmarc, ...said } = this.evidence(target)
      return { ...said, origin: 'server' as const, dmarc: dmarc && { ...dmarc, sources: [], candidates: [] } }
    }
    return reportsView({
      totals: this.totals(),
      sources: this.sources(),
      evidence: [evidence('quarantine'), evidence('reject')],
      problems: [this.problem()],
    })
  }

  totals(): WireReportTotals {
    return {
      domain: this.domain,
      from: first,
      to: last,
      days: days.map((day, index) => {
        const all = (messages: number, passed: number) => ({ messages, passed })
        const own = 5000 + 400 * (index % 5)
        const foreign = 4000 + 900 * (index % 4)
        return {
          day,
          reports: 14,
          reporters: 6,
          messages: own + foreign + 1250,
          passed: own + 620,
          failed: foreign + 630,
          overridden: 0,
          dispositions: { none: own + foreign + 1250, quarantine: 0, reject: 0 },
          untrusted_messages: 0,
          classes: {
            own: all(own, own),
            forwarder: all(620, 620),
            candidate: all(630, 0),
            foreign: all(foreign, 0),
          },
          tls: { reports: 2, successful_sessions: 100, failed_sessions: index === 3 ? 4 : 0 },
        }
      }),
    }
  }

  sources(): WireReportSources {
    return {
      domain: this.domain,
      from: first,
      to: last,
      sources: [
        source(
          'source:192.0.2.0/24',
          'own',
          { messages: 162_000, passed: 161_600 },
          {
            causes: [{ cause: 'does-not-sign', messages: 400, about: [this.domain], next: 'Turn on DKIM signing.' }],
          },
        ),
        source('source:198.51.100.0/24', 'forwarder', { messages: 18_600, passed: 18_600 }),
        ...this.#candidates(),
      ],
      foreign: { sources: 881, messages: 160_500 },
      more_candidates: this.presumed ? 0 : 17,
      presume_rest_not_mine: this.presumed,
    }
  }

  evidence(target: 'quarantine' | 'reject'): WireEvidence {
    const open = this.#candidates().filter(({ kind }) => kind === null)
    const isOpen = open.length > 0 || !this.presumed
    const blockers: WireEvidence['blockers'] = [
      ...(isOpen
        ? [
            {
              code: 'candidates-unanswered' as const,
              found: `${open.length} sources without an answer`,
              expected: 'an answer for each',
              fix: 'Answer each.',
              about: open.map(({ id }) => id),
            },
          ]
        : []),
      ...(target === 'reject'
        ? [
            {
              code: 'time-too-short' as const,
              found: '0 days at quarantine',
              expected: 'at least 30 days',
              fix: 'Wait.',
              about: [],
            },
          ]
        : []),
    ]
    const ready = blockers.length === 0
    return {
      domain: this.domain,
      target,
      computed_at: '2026-03-02T12:00:00Z',
      parked: false,
      ready,
      blockers,
      next_record: ready ? `v=DMARC1; p=${target}; rua=mailto:x@in.example` : null,
      current_policy: 'none',
      reports: { trusted: 420, untrusted: 1 },
      dmarc: {
        numbers: {
          window_days: 30,
          days_covered: 29,
          reporters: 14,
          newest_days: 1,
          days_at_none: 31,
          days_at_quarantine: 0,
          own: { messages: 162_000, passed: 161_600, rate: 99.75, dkim_share: 96.2 },
          expected_loss: 240,
        },
        sources: [],
        foreign: { sources: 881, messages: 160_500 },
        candidates: [],
        more_candidates: this.presumed ? 0 : 17,
        presume_rest_not_mine: this.presumed,
        subdomains: [],
      },
      mta_sts: null,
    }
  }

  problem(): WireReportProblem {
    return {
      id: 7,
      received_at: '2026-03-01T08:00:00Z',
      code: 'not-authenticated',
      message: 'The mail that brought the report is not authenticated.',
      fix: 'Accept the report if you know that it is genuine.',
      line: null,
      path: [],
      way: 'smtp',
      from: 'reports@receiver.example',
      subject: null,
      size: 11,
      raw_available: true,
      acceptable: !this.accepted,
      accepted_at: this.accepted ? '2026-03-02T12:00:00Z' : null,
    }
  }

  #candidates(): WireReportSource[] {
    const cause = (name: string, about: string) => ({
      cause: name,
      messages: 600,
      about: [about],
      next: 'Ask the service.',
    })
    const signs = cause('signs-with-other-domain', 'newsletter-service.example') as WireReportSource['causes'][number]
    const spf = cause('spf-for-other-domain', 'crm.example.net') as WireReportSource['causes'][number]
    return [
      source('domain:newsletter-service.example', 'candidate', { messages: 18_127, passed: 0 }, { causes: [signs] }),
      source('domain:crm.example.net', 'candidate', { messages: 653, passed: 0 }, { days: 14, causes: [spf] }),
    ].map((each) => ({ ...each, kind: this.kinds.get(each.id) ?? null }))
  }
}
