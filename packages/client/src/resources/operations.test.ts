import { describe, expect, it } from 'vitest'
import { fakeApi, vendorDomain } from '../../test/fake-api.ts'
import { operations } from '../contract/index.ts'
import { type DmarcReportClient, type OperationName, OutcomeUnknownError, routes } from '../index.ts'

const account = { id: 7, title: 'A', slug: 'a' }
const tag = { id: 3, name: 'Internal', color: '#10B981' }
const membership = { id: 5, account_id: 7, domain_id: 41, timestamp: null }
const message = { message: 'Deleted', status: 200 }
const policy = { mode: 'testing', mx: ['a.example', 'b.example'], mx_age: 7 } as const
const wirePolicy = { ...policy, mx: 'a.example, b.example' }

interface Case {
  call(client: DmarcReportClient): Promise<unknown>
  path: string
  body?: unknown
  answer: unknown
}

const newDomain = {
  address: 'a.example',
  rua_report: true,
  ruf_report: false,
  mta_sts_report: true,
  tag_names: ['Internal'],
}
const change = { hosted_dmarc: true, hosted_dmarc_config: 'v=DMARC1; p=none', tag_ids: [3], mta_sts_policy: policy }
const generate = {
  p: 'reject',
  sp: 'none',
  np: 'quarantine',
  pct: 0,
  adkim: 's',
  aspf: 'r',
  fo: '1:d',
  t: 'n',
  psd: 'u',
  additional_rua_emails: ['x@a.example'],
  additional_ruf_emails: ['y@a.example'],
  publish: true,
} as const

const statusChange = {
  at: '2026-01-01T00:00:00.000Z',
  service: 'dmarc',
  record: 'all',
  part: 'overall',
  from: null,
  to: 'ready',
  reason: null,
  found: null,
}
const auditEvent = {
  id: 1,
  at: '2026-01-01T00:00:00.000Z',
  user_id: 1,
  token_id: 2,
  source: '192.0.2.1',
  request_id: 'r',
  action: 'updateDomain',
  object: 'domain',
  object_id: '41',
  object_name: 'a.example',
  account_id: 7,
  before: { hosted_dmarc: false },
  after: { hosted_dmarc: true },
}

const noticeTarget = {
  id: 3,
  channel: 'webhook',
  destination: 'https://hooks.example/',
  waiting: 0,
  created_at: '2026-01-01T00:00:00.000Z',
}

const cases: Record<OperationName, Case> = {
  listNoticeTargets: {
    call: (c) => c.noticeTargets.list(),
    path: '/v2/notice_targets.json',
    answer: { notice_targets: [noticeTarget] },
  },
  createNoticeTarget: {
    call: (c) => c.noticeTargets.create({ channel: 'webhook', destination: noticeTarget.destination }),
    path: '/v2/notice_targets.json',
    body: { notice_target: { channel: 'webhook', destination: noticeTarget.destination } },
    answer: { ...noticeTarget, secret: 'whsec_AAAA' },
  },
  deleteNoticeTarget: {
    call: (c) => c.noticeTargets.delete(3),
    path: '/v2/notice_targets/3.json',
    answer: { message: 'Done', status: 200 },
  },
  restoreDomain: {
    call: (c) => c.history.restoreDomain(7, 41),
    path: '/v2/accounts/7/domains/41/restore.json',
    answer: vendorDomain(41),
  },
  listStatusChanges: {
    call: (c) => c.history.statusChanges(7, 41),
    path: '/v2/accounts/7/domains/41/status_changes.json',
    answer: { status_changes: [statusChange] },
  },
  findAuditEvents: {
    call: (c) => c.history.auditEvents({ accountId: 7, domainId: 41, page: 2, perPage: 50 }),
    path: '/v2/audit_events.json?account_id=7&domain_id=41&page=2&per=50',
    answer: {
      audit_events: [auditEvent],
      meta: { current_page: 2, per_page: 50, total_pages: 2, total_audit_events: 51 },
    },
  },
  listAllDomains: {
    call: (c) => c.domains.list().all(),
    path: '/v2/all_domains.json',
    answer: { domains: [vendorDomain(41)] },
  },
  listDomains: {
    call: (c) => c.domains.listByAccount('a-slug').all(),
    path: '/v2/accounts/a-slug/domains.json',
    answer: { domains: [vendorDomain(41)] },
  },
  getDomain: {
    call: (c) => c.domains.get(7, 'a-example'),
    path: '/v2/accounts/7/domains/a-example.json',
    answer: vendorDomain(41),
  },
  createDomain: {
    call: (c) => c.domains.create(7, { ...newDomain, mta_sts_policy: policy }),
    path: '/v2/accounts/7/domains.json',
    body: { domain: { ...newDomain, mta_sts_policy: wirePolicy } },
    answer: vendorDomain(41, 'a.example', {
      ruf_report: false,
      mta_sts_report: true,
      tags: [tag],
      mta_sts_policy: wirePolicy,
    }),
  },
  updateDomain: {
    call: (c) => c.domains.update(7, 41, change),
    path: '/v2/accounts/7/domains/41.json',
    body: { domain: { ...change, mta_sts_policy: wirePolicy } },
    answer: vendorDomain(41, 'a.example', {
      hosted_dmarc: true,
      current_dmarc_config: 'v=DMARC1;p=none',
      tags: [tag],
      mta_sts_policy: wirePolicy,
    }),
  },
  deleteDomain: { call: (c) => c.domains.delete(7, 41), path: '/v2/accounts/7/domains/41.json', answer: message },
  getHostedServices: {
    call: (c) => c.domains.hostedServices(7, 41),
    path: '/v2/accounts/7/domains/41/hosted_services.json',
    answer: { hosted_dmarc: true, hosted_mta_sts: false, cname_records: [] },
  },
  verifyHostedDmarc: {
    call: (c) => c.domains.verifyHostedDmarc(7, 41),
    path: '/v2/accounts/7/domains/41/verify_hosted_dmarc.json',
    answer: { overall_status: 'ready', cname: 'verified', txt_record: 'published' },
  },
  verifyHostedMtaSts: {
    call: (c) => c.domains.verifyHostedMtaSts(7, 41, { record: 'tls_rpt' }),
    path: '/v2/accounts/7/domains/41/verify_hosted_mta_sts.json?record=tls_rpt',
    answer: { overall_status: 'ready', records: {} },
  },
  generateDmarcRecord: {
    call: (c) => c.domains.generateDmarcRecord(7, 41, generate),
    path: '/v2/accounts/7/domains/41/generate_dmarc_record.json',
    body: generate,
    answer: {
      dmarc_record:
        'v=DMARC1; p=reject; sp=none; np=quarantine; pct=0; adkim=s; fo=d:1; rua=mailto:in@b.example,mailto:X@a.example; ruf=mailto:y@a.example',
      record_length: 130,
      max_length: 255,
      published: true,
    },
  },
  listAccounts: {
    call: (c) => c.accounts.list().all(),
    path: '/v2/accounts',
    answer: { owned_accounts: [account], accounts: [] },
  },
  createAccount: {
    call: (c) => c.accounts.create({ title: 'A' }),
    path: '/v2/accounts.json',
    body: { account: { title: 'A' } },
    answer: account,
  },
  updateAccount: {
    call: (c) => c.accounts.update('a', { title: 'B' }),
    path: '/v2/accounts/a.json',
    body: { account: { title: 'B' } },
    answer: { ...account, title: 'B' },
  },
  deleteAccount: { call: (c) => c.accounts.delete(7), path: '/v2/accounts/7.json', answer: message },
  listDomainMemberships: {
    call: (c) => c.domainMemberships.list(7),
    path: '/v2/accounts/7/domain_accounts',
    answer: { owner_email: 'o@a.example', account_managements: [membership] },
  },
  getDomainMembership: {
    call: (c) => c.domainMemberships.get(7, 5),
    path: '/v2/accounts/7/domain_accounts/5',
    answer: membership,
  },
  addDomainMemberships: {
    call: (c) => c.domainMemberships.add(7, [41, 42]),
    path: '/v2/accounts/7/domain_accounts.json',
    body: { domain_account: { account_attributes: { id: '7', domain_ids: [41, 42] } } },
    answer: { ...membership, account_managements: [membership, { ...membership, id: 6, domain_id: 42 }] },
  },
  removeDomainMembership: {
    call: (c) => c.domainMemberships.remove(7, 5),
    path: '/v2/accounts/7/domain_accounts/5.json',
    answer: message,
  },
  listUserMemberships: {
    call: (c) => c.userMemberships.list(7),
    path: '/v2/accounts/7/user_accounts',
    answer: { account_owner_email: 'o@a.example', user_accounts: [] },
  },
  getUserMembership: {
    call: (c) => c.userMemberships.get(7, 9),
    path: '/v2/accounts/7/user_accounts/9',
    answer: { id: 9, account_id: 7, user_id: 1 },
  },
  listTags: { call: (c) => c.tags.list().all(), path: '/v2/tags.json', answer: { tags: [tag] } },
  getTag: { call: (c) => c.tags.get(3), path: '/v2/tags/3.json', answer: tag },
  createTag: {
    call: (c) => c.tags.create({ name: 'Internal', color: '#10B981' }),
    path: '/v2/tags.json',
    body: { tag: { name: 'Internal', color: '#10B981' } },
    answer: tag,
  },
  updateTag: {
    call: (c) => c.tags.update(3, { name: 'B' }),
    path: '/v2/tags/3.json',
    body: { tag: { name: 'B' } },
    answer: { ...tag, name: 'B' },
  },
  deleteTag: { call: (c) => c.tags.delete(3), path: '/v2/tags/3.json', answer: message },
  getCapabilities: {
    call: (c) => c.capabilities(),
    path: '/v2/capabilities',
    answer: { extensions: [], version: '1' },
  },
}

/** What a look for something that was deleted finds: no object, or a list without it. */
const gone = (path: string) =>
  /\/(?:domains|tags)\/\d+\.json$/.test(path)
    ? { status: 404 }
    : { body: { owned_accounts: [], account_managements: [], notice_targets: [] } }

const extensions = ['tags_on_update', 'mta_sts_policy_on_update', 'tags', 'paging', 'idempotency_keys']

it.each(Object.keys(routes) as OperationName[])(
  '%s goes where the route table says, with a body the contract accepts',
  async (name) => {
    const { call, path, body, answer } = cases[name]
    const deletes = routes[name].method === 'DELETE'
    const { client, seen } = await fakeApi((request) => {
      if (request.path === '/v2/capabilities') return { body: { extensions, version: '1' } }
      return deletes && request.method === 'GET' ? gone(request.path) : { body: answer }
    })
    await call(client)
    const request = seen.find((one) => name === 'getCapabilities' || one.path !== '/v2/capabilities')
    expect([request?.method, request?.path]).toEqual([routes[name].method, path])
    expect(request?.body).toEqual(body)
    const operation = operations[name]
    if ('body' in operation) expect(operation.body.safeParse(request?.body).error).toBeUndefined()
  },
)

it('a route can be overridden, for this client only', async () => {
  const { client, seen } = await fakeApi(() => ({ body: vendorDomain(41) }), {
    routes: { getDomain: { method: 'GET', path: '/v3/:account_id/:id' } },
  })
  await client.domains.get(7, 41)
  expect(seen[0]?.path).toBe('/v3/7/41')
})

it('a raw answer shows status, headers, body and attempts, also of a route the client does not know', async () => {
  const { client, seen } = await fakeApi((_, count) =>
    count === 1 ? { status: 503 } : { headers: { 'x-request-id': 'r-1' }, body: { reports: [] } },
  )
  const route = { method: 'GET', path: '/v2/accounts/:account_id/domains/:domain_id/agg_reports.json' } as const
  const answer = await client.request(route, {
    params: { account_id: 7, domain_id: 41 },
    query: { page: 2, per: undefined },
  })
  expect(answer).toMatchObject({ status: 200, body: { reports: [] }, requestId: 'r-1', attempts: 2 })
  expect(seen[0]?.path).toBe('/v2/accounts/7/domains/41/agg_reports.json?page=2')
})

it('an account is found by id and by slug', async () => {
  const { client } = await fakeApi(() => ({ body: { owned_accounts: [account], accounts: [] } }))
  expect(await client.accounts.find('7')).toMatchObject(account)
  expect(await client.accounts.find('a')).toMatchObject(account)
  expect(await client.accounts.find('b')).toBeUndefined()
})

describe('a success status whose body says otherwise', () => {
  const writes: [string, (c: DmarcReportClient) => Promise<unknown>][] = [
    ['create', (c) => c.domains.create(7, newDomain)],
    ['update', (c) => c.domains.update(7, 41, { rua_report: true })],
    ['delete', (c) => c.domains.delete(7, 41)],
    ['remove', (c) => c.domainMemberships.remove(7, 5)],
    ['add', (c) => c.domainMemberships.add(7, [41])],
    ['get', (c) => c.domains.get(7, 41)],
    ['list', (c) => c.domains.list().all()],
  ]

  it.each(writes)('fails %s with what the body says', async (_, call) => {
    const { client } = await fakeApi(() => ({ body: { message: 'Address is taken', status: 422 } }))
    await expect(call(client)).rejects.toMatchObject({
      name: 'ValidationError',
      status: 422,
      message: expect.stringContaining('answered 200, but its body reports a failure: Address is taken'),
    })
  })

  it.each(writes)('fails %s where it carries errors beside a domain', async (_, call) => {
    const body = { ...vendorDomain(41), errors: { address: ['is odd'] } }
    const { client } = await fakeApi(() => ({ body }))
    await expect(call(client)).rejects.toMatchObject({
      status: 200,
      details: [{ field: 'address', message: 'is odd' }],
    })
  })

  it.each(writes)('fails %s where it is a page', async (_, call) => {
    const { client } = await fakeApi(() => ({ body: '<!DOCTYPE html><title>Sign in</title>' }))
    await expect(call(client)).rejects.toThrow('an HTML or XML page')
  })

  it.each(writes.slice(0, 5))('fails %s where it is empty and nothing shows that it happened', async (_, call) => {
    const { client } = await fakeApi(({ method, path }) => {
      if (method !== 'GET') return { status: 204 }
      if (path.includes('domain_accounts')) return { body: { account_managements: [{ ...membership, domain_id: 99 }] } }
      if (path.includes('domains.json')) return { body: { domains: [] } }
      return { body: vendorDomain(41, 'd41.example', { rua_report: false }) }
    })
    await expect(call(client)).rejects.toBeInstanceOf(OutcomeUnknownError)
  })
})

it('the memberships of an account are read in full, with its owner, page by page', async () => {
  const { client } = await fakeApi(({ path }) => {
    const page = Number(new URL(path, 'http://x').searchParams.get('page') ?? 1)
    const named = { ...membership, id: page, account_title: 'A', domain_address: 'a.example' }
    const user = { id: page, account_id: 7, user_id: 3, domains: true }
    const meta = { total_pages: 2, total_count: 2 }
    return {
      body: {
        owner_email: 'o@a.example',
        account_owner_email: 'p@a.example',
        account_managements: [named],
        user_accounts: [user],
        meta,
      },
    }
  })
  const domains = await client.domainMemberships.list(7)
  expect(domains.owner_email).toBe('o@a.example')
  expect(domains.memberships.map(({ id, domain_address }) => [id, domain_address])).toEqual([
    [1, 'a.example'],
    [2, 'a.example'],
  ])
  const users = await client.userMemberships.list(7)
  expect(users.account_owner_email).toBe('p@a.example')
  expect(users.memberships).toMatchObject([{ id: 1, domains: true, teams: false }, { id: 2 }])
})
