import { type AggregateRecord, writeAggregate } from '@dmarc-as-code/reports'
import { Reports, type ReportsOptions } from '../src/reports/index.ts'
import { fakeApi, type Reply, type Seen, vendorDomain } from './fake-api.ts'

const day = 86_400_000
/** The present of the fake clock. */
const today = Date.UTC(2026, 0, 1)
const base = '/v2/accounts/7/domains/41'

/** Whose mail a report tells of. */
export interface Mail {
  ip: string
  count: number
  dkim?: 'pass' | 'fail'
  spf?: 'pass' | 'fail'
  /** The domain that its raw results pass for. */
  as?: string
}

export const ownMail: Mail = { ip: '192.0.2.14', count: 20, dkim: 'pass', spf: 'pass' }

export interface VendorOptions {
  /** Days before today of which there are reports. */
  days?: number
  reporters?: number
  mail?: readonly Mail[]
  policy?: 'none' | 'quarantine' | 'reject'
  /** The server answers 25 entries a page, whatever is asked. */
  ignoresPer?: boolean
  /** Lists leave `raw_xml` empty. */
  withoutXml?: boolean
  /** Lists say nothing about pages. */
  withoutMeta?: boolean
  /** The totals that the server prints, such as those of the vendor's own examples. */
  total?: number
  domain?: object
  /** TLS reports: by each reporter, one a day. */
  tlsDays?: number
  tlsFailures?: number
  /** Answers before anything else. */
  before?: (request: Seen) => Reply | undefined
}

/** The vendor's report routes in the shapes of its documentation, without any extension. */
export async function vendorReports(options: VendorOptions = {}, reportsOptions: ReportsOptions = {}) {
  const { days = 30, reporters = 2, mail = [ownMail], policy = 'none', tlsDays = 20 } = options
  const state = { days, extra: 0 }
  const reports = () =>
    Array.from({ length: state.days }, (_, age) => age + 1).flatMap((age) =>
      Array.from({ length: reporters }, (_, reporter) => report(age, reporter, mail, policy)),
    )
  const tls = Array.from({ length: tlsDays }, (_, age) => age + 1).flatMap((age) =>
    Array.from({ length: reporters }, (_, reporter) =>
      tlsRow(age, reporter, age === 2 ? (options.tlsFailures ?? 0) : 0),
    ),
  )
  const paged = <Entry extends object>(entries: readonly Entry[], query: URLSearchParams, key = 'reports') => {
    const per = options.ignoresPer ? 25 : Math.min(100, Number(query.get('per') ?? 25))
    const page = Number(query.get('page') ?? 1)
    const meta = {
      total_reports: options.total ?? entries.length,
      current_page: page,
      per_page: per,
      total_pages: Math.ceil((options.total ?? entries.length) / per),
    }
    return { body: { [key]: entries.slice((page - 1) * per, page * per), ...(!options.withoutMeta && { meta }) } }
  }
  const api = await fakeApi((request) => {
    const early = options.before?.(request)
    if (early) return early
    const { path } = request
    if (path === '/v2/capabilities') return { status: 404 }
    const { pathname, searchParams } = new URL(path, 'http://x')
    if (pathname === `${base}.json`) {
      return {
        body: vendorDomain(41, 'example.com', {
          current_dmarc_config: `v=DMARC1; p=${policy}; rua=mailto:in@example.com`,
          ...options.domain,
        }),
      }
    }
    if (pathname === `${base}/agg_reports.json`) {
      const from = searchParams.get('q[date_begin_gteq]') ?? ''
      const found = reports().filter(({ date_begin }) => date_begin.slice(0, 10) >= from)
      return paged(
        found.map(({ records: _, ...entry }) => ({ ...entry, ...(options.withoutXml && { raw_xml: '' }) })),
        searchParams,
      )
    }
    const id = Number(/(\d+)\.json$/.exec(pathname)?.[1])
    if (pathname.startsWith(`${base}/agg_reports/`) && id) {
      const { raw_xml: _, ...found } = reports().find((each) => each.id === id) ?? {}
      return { body: found }
    }
    if (pathname === `${base}/mta_sts_reports.json`) return paged(tls, searchParams)
    if (pathname.startsWith(`${base}/mta_sts_reports/`)) return { body: tlsShown(tls.find((row) => row.id === id)) }
    return { status: 404 }
  })
  return { ...api, reports: new Reports(api.client, reportsOptions), state }
}

function report(age: number, reporter: number, mail: readonly Mail[], p: 'none' | 'quarantine' | 'reject') {
  const begin = today - age * day
  const id = Math.floor(begin / day) * 100 + reporter
  const reportId = `${age}.${reporter}`
  const records = mail.map(({ ip, count, dkim = 'fail', spf = 'fail', as = 'example.com' }): AggregateRecord => {
    const passes = dkim === 'pass' || spf === 'pass' || as !== 'example.com'
    return {
      sourceIp: ip,
      count,
      policyEvaluated: { disposition: 'none', dkim, spf, reasons: [] },
      identifiers: { headerFrom: 'example.com' },
      authResults: {
        dkim: passes ? [{ domain: as, selector: 's1', result: 'pass' }] : [],
        spf: [{ domain: as, result: spf }],
      },
      extensions: [],
    }
  })
  const input = {
    metadata: {
      orgName: `Reporter ${reporter}`,
      email: `dmarc@reporter${reporter}.example`,
      reportId,
      dateRange: { begin: begin / 1000, end: begin / 1000 + 86_399 },
      errors: [],
    },
    policyPublished: { domain: 'example.com', p },
  }
  return {
    id,
    raw_xml: [...writeAggregate(input, records)].join(''),
    org_name: `Reporter ${reporter}`,
    email: `dmarc@reporter${reporter}.example`,
    extra_contact_info: '',
    report_id: reportId,
    date_begin: new Date(begin).toISOString(),
    date_end: new Date(begin + day - 1000).toISOString(),
    policy_domain: 'example.com',
    domain_policy: p,
    subdomain_policy: p,
    percentage: 100,
    records: mail.map(({ ip, count, dkim = 'fail', spf = 'fail', as = 'example.com' }, index) => ({
      id: id * 100 + index,
      count,
      disposition: 'none',
      dkim_status: dkim,
      spf_status: spf,
      reason: '',
      header_from: 'Example.com',
      dmarc_compliance: 'Compliant',
      auth_results: [
        { id: 1, type: 'Dkim', domain: as, result: 'pass', selector: 's1' },
        { id: 2, type: 'Spf', domain: as, result: spf, selector: '' },
      ],
      ip_address: { id: 77, sane_source_ip: ip, blacklisted: 0, ptr: null, country: 'de', email_service: null },
    })),
  }
}

const tlsRow = (age: number, reporter: number, failures: number) => ({
  id: age * 10 + reporter,
  domain_id: 41,
  raw_json: '',
  organization_name: `Reporter ${reporter}`,
  start_datetime: new Date(today - age * day).toISOString(),
  end_datetime: new Date(today - age * day + day - 1000).toISOString(),
  contact_info: `tls@reporter${reporter}.example`,
  report_id: `${age}.${reporter}`,
  policy_type: 'sts',
  policy_string: '["version: STSv1","mode: testing"]',
  policy_domain: 'example.com',
  policy_host: 'mx.example.com',
  total_successful_session_count: '120',
  total_failure_session_count: String(failures),
})

/** Where one is shown, the same has hyphens, a list and numbers. */
function tlsShown(row: ReturnType<typeof tlsRow> | undefined) {
  const { id, domain_id, policy_string, ...others } = row ?? tlsRow(1, 0, 0)
  const hyphens = Object.entries(others).map(([name, value]) => [
    name.replaceAll('_', '-'),
    name.startsWith('total') ? Number(value) : value,
  ])
  return {
    id,
    'domain-id': domain_id,
    ...Object.fromEntries(hyphens),
    'policy-string': JSON.parse(policy_string),
    'failure-details': [
      {
        id: 1,
        result_type: 'certificate-expired',
        sending_mta_ip: '192.0.2.1',
        receiving_ip: '192.0.2.2',
        receiving_mx_hostname: 'mx.example.com',
        failed_session_count: Number(row?.total_failure_session_count),
      },
    ],
  }
}
