import { describe, expect, it } from 'vitest'
import { type DmarcReportClient, OutcomeUnknownError } from '../src/index.ts'
import { fakeApi, type Reply, vendorDomain } from './fake-api.ts'

const fault = (call: Promise<unknown>) =>
  call.then(
    (result) => expect.unreachable(`the call succeeded: ${JSON.stringify(result)}`),
    (error) => error,
  )

const extensions = [
  'tags',
  'tags_on_update',
  'mta_sts_policy_on_update',
  'managed_by',
  'effect',
  'idempotency_keys',
  'paging',
]
const policy = { mode: 'enforce', mx: 'mx.example.com', mx_age: 7 } as const
const shown = vendorDomain(41, 'example.com', {
  rua_report: true,
  ruf_report: false,
  mta_sts_report: null,
  hosted_dmarc: false,
  hosted_mta_sts: false,
  current_dmarc_config: 'v=DMARC1; p=none; rua=mailto:in@hosted.example',
  mta_sts_policy: { ...policy, mode: 'testing' },
  managed_by: null,
  tags: [{ id: 1, name: 'Production', color: '#3B82F6' }],
})

/** A server that answers every write with `reply`, and shows `domain` whatever was asked. */
const stubborn = (reply: Reply, domain: object = shown) =>
  fakeApi(({ method, path }) => {
    if (path === '/v2/capabilities') return { body: { extensions } }
    if (method !== 'GET') return reply
    if (path.includes('domain_accounts')) {
      return { body: { account_managements: [{ id: 5, account_id: 7, domain_id: 41, timestamp: null }] } }
    }
    if (path.startsWith('/v2/accounts.json') || path === '/v2/accounts')
      return { body: { owned_accounts: [{ id: 7, title: 'Old', slug: 'old' }], accounts: [] } }
    if (path.startsWith('/v2/tags')) return { body: { id: 3, name: 'Old', color: '#000000' } }
    return { body: path.includes('hosted_services') ? { ...domain, cname_records: [] } : domain }
  })

describe('an update whose answer shows something else than what was asked', () => {
  const changes = [
    ['rua_report', { rua_report: false }],
    ['ruf_report', { ruf_report: true }],
    ['mta_sts_report', { mta_sts_report: true }],
    ['hosted_dmarc', { hosted_dmarc: true }],
    ['hosted_mta_sts', { hosted_mta_sts: true }],
    ['hosted_dmarc_config', { hosted_dmarc_config: 'v=DMARC1; p=reject; rua=mailto:in@hosted.example' }],
    [
      'hosted_dmarc_config',
      { hosted_dmarc_config: 'v=DMARC1; p=none; rua=mailto:in@hosted.example,mailto:b@x.example' },
    ],
    ['hosted_dmarc_config', { hosted_dmarc_config: 'v=DMARC1; p=none; sp=reject; rua=mailto:in@hosted.example' }],
    ['mta_sts_policy', { mta_sts_policy: policy }],
    ['managed_by', { managed_by: { workspace: 'mail' } }],
    ['tags', { tag_ids: [2] }],
    ['tags', { tag_names: ['Production', 'New'] }],
    ['tags', { tag_ids: [] }],
  ] as const

  it.each(changes)('is unknown, and names %s, what was asked and what was found: %j', async (field, change) => {
    for (const reply of [{ body: shown }, { body: { domain: shown } }, { status: 202, body: shown }, { status: 204 }]) {
      const { client, seen } = await stubborn(reply)
      const error = await fault(client.domains.update(7, 41, change))
      expect(error).toMatchObject({
        name: 'OutcomeUnknownError',
        differences: [{ field }],
        found: { id: 41 },
        call: { method: 'PUT' },
      })
      expect(error.message).toMatch(new RegExp(`read back ${field} is .* instead of .*\\. Look at it before`))
      expect(seen.at(-1)?.method).toBe('GET')
    }
  })

  const hosted = vendorDomain(41, 'example.com', {
    hosted_dmarc: { enabled: 'true' },
    mta_sts_report: 1,
    current_dmarc_config:
      'v=DMARC1;p=reject;adkim=r;sp=reject;fo=s:1;rua=mailto:In%2Ba@XN--BCHER-KVA.example,mailto:in@hosted.example',
    mta_sts_policy: { mode: 'enforce', mx: ['MX2.example.com.', 'mx.bücher.example'], mx_age: '7' },
    managed_by: { workspace: 'mail', label: '' },
  })
  it('is done where it only spells it differently', async () => {
    const { client, seen } = await stubborn({ body: hosted })
    await client.domains.update(7, 41, {
      hosted_dmarc: true,
      mta_sts_report: true,
      hosted_dmarc_config: 'v=DMARC1; p=reject; fo=1:s; rua=mailto:in+a@bücher.example',
      mta_sts_policy: { ...policy, mx: ['mx.xn--bcher-kva.example', 'mx2.example.com'] },
      managed_by: { workspace: ' mail ' },
      tag_names: [' Production'],
    })
    expect(seen.filter(({ path }) => path !== '/v2/capabilities')).toHaveLength(1)
  })

  it('is done where the answer is older than what reading back shows', async () => {
    const { client } = await stubborn({ body: shown }, { ...shown, hosted_dmarc: true })
    expect(await client.domains.update(7, 41, { hosted_dmarc: true })).toMatchObject({ hosted_dmarc: true })
  })

  it('is done where the domain says nothing of a field, and its hosted services do', async () => {
    const plain = vendorDomain(41, 'example.com')
    const answers = (hosted_dmarc: boolean) =>
      fakeApi(({ path }) => ({
        body: path.includes('hosted_services') ? { hosted_dmarc, hosted_mta_sts: false } : plain,
      }))
    expect(await (await answers(true)).client.domains.update(7, 41, { hosted_dmarc: true })).toMatchObject({ id: 41 })
    const off = await fault((await answers(false)).client.domains.update(7, 41, { hosted_dmarc: true }))
    expect(off).toMatchObject({ differences: [{ field: 'hosted_dmarc', asked: true, found: false }] })
  })

  it('is believed in a field that the server shows nowhere, unless the answer is no domain', async () => {
    const { current_dmarc_config: _, ...silent } = shown as Record<string, unknown>
    const change = { hosted_dmarc_config: 'v=DMARC1; p=reject' }
    const told = await stubborn({ body: silent }, silent)
    expect(await told.client.domains.update(7, 41, change)).toMatchObject({ id: 41 })
    const untold = await fault((await stubborn({ body: 'ok' }, silent)).client.domains.update(7, 41, change))
    expect(untold.message).toContain('nothing shows hosted_dmarc_config')
  })

  it('is believed in a field that cannot be read, unless another look can', async () => {
    const odd = { ...shown, hosted_dmarc: 'soon', mta_sts_policy: { file: 'x' }, current_dmarc_config: { id: 3 } }
    const change = { hosted_dmarc_config: 'v=DMARC1; p=reject', mta_sts_policy: policy }
    expect(await (await stubborn({ body: odd }, odd)).client.domains.update(7, 41, change)).toMatchObject({ id: 41 })
    const { client } = await fakeApi(({ path }) => ({
      body: path.includes('hosted_services') ? { hosted_dmarc: false, hosted_mta_sts: false } : odd,
    }))
    expect(await fault(client.domains.update(7, 41, { hosted_dmarc: true }))).toMatchObject({
      differences: [{ field: 'hosted_dmarc', asked: true, found: false }],
    })
  })

  it('is unknown where it shows another domain', async () => {
    const other = vendorDomain(9, 'z.example', { hosted_dmarc: true })
    const error = await fault((await stubborn({ body: other })).client.domains.update(7, 41, { hosted_dmarc: true }))
    expect(error).toMatchObject({ name: 'OutcomeUnknownError', differences: [{ field: 'hosted_dmarc' }] })
  })

  it.each([409, 412, 422])('is done where %i follows an attempt that was cut off and did it', async (status) => {
    const script = (done: boolean) =>
      fakeApi(({ method }, count) => {
        if (method === 'PUT') return count === 1 ? { cut: 'reset' } : { status, body: { error: 'outdated' } }
        return { body: { ...shown, rua_report: !done } }
      })
    const change = { rua_report: false }
    expect(await (await script(true)).client.domains.update(7, 41, change, { ifVersion: 3 })).toMatchObject({ id: 41 })
    expect(await fault((await script(false)).client.domains.update(7, 41, change))).toMatchObject({ status })
  })
})

describe('another write whose answer shows something else than what was asked is unknown', () => {
  const account = { id: 7, title: 'Old', slug: 'old' }
  const tag = { id: 3, name: 'Old', color: '#000000' }
  const one = { id: 5, account_id: 7, domain_id: 41, timestamp: null }
  const record = 'v=DMARC1; p=none; rua=mailto:in@hosted.example'
  it.each([
    ['renaming an account', (c) => c.accounts.update(7, { title: 'New' }), { body: account }],
    [
      'renaming an account, of another one',
      (c) => c.accounts.update(7, { title: 'New' }),
      { body: { ...account, id: 8, title: 'New' } },
    ],
    ['creating an account', (c) => c.accounts.create({ title: 'New' }), { body: account }],
    [
      'creating an account, of an older one',
      (c) => c.accounts.create({ title: 'Old' }),
      { headers: { date: 'Fri, 02 Jan 2026 10:00:00 GMT' }, body: { ...account, created_at: '2026-01-02T09:00:00Z' } },
    ],
    ['changing a tag', (c) => c.tags.update(3, { name: 'New' }), { body: tag }],
    ['changing the colour of a tag', (c) => c.tags.update(3, { color: '#FFFFFF' }), { body: tag }],
    ['creating a tag', (c) => c.tags.create({ name: 'New' }), { body: tag }],
    ['adding two domains, of one', (c) => c.domainMemberships.add(7, [41, 42]), { body: one }],
    ['adding a domain, of another one', (c) => c.domainMemberships.add(7, [42]), { body: one }],
    [
      'adding a domain, of another account',
      (c) => c.domainMemberships.add(7, [42]),
      { body: { ...one, account_id: 8, domain_id: 42 } },
    ],
    [
      'publishing a record, of a weaker one',
      (c) => c.domains.generateDmarcRecord(7, 41, { p: 'reject', publish: true }),
      { body: { dmarc_record: record, published: true } },
    ],
    [
      'publishing a record, that was not',
      (c) => c.domains.generateDmarcRecord(7, 41, { p: 'none', publish: true }),
      { body: { dmarc_record: record, published: false } },
    ],
    [
      'publishing a record, of another one',
      (c) => c.domains.generateDmarcRecord(7, 41, { p: 'reject', publish: true }),
      { body: { dmarc_record: 'v=DMARC1; p=reject' } },
    ],
  ] as [string, (c: DmarcReportClient) => Promise<unknown>, Reply][])('%s', async (_, call, reply) => {
    const error = await fault(call((await stubborn(reply)).client))
    expect(error).toBeInstanceOf(OutcomeUnknownError)
    expect(error.call?.method).toMatch(/POST|PUT/)
  })

  it('generating a record without publishing it, where an address or a tag is missing', async () => {
    const { client } = await stubborn({ body: { dmarc_record: record } })
    for (const wrong of [{ p: 'reject' }, { p: 'none', sp: 'reject' }, { p: 'none', adkim: 's' }] as const) {
      expect(await fault(client.domains.generateDmarcRecord(7, 41, wrong))).toMatchObject({
        name: 'UnexpectedAnswerError',
      })
    }
    const mails = { p: 'none', additional_rua_emails: ['a@x.example'] } as const
    expect(await fault(client.domains.generateDmarcRecord(7, 41, mails))).toMatchObject({
      name: 'UnexpectedAnswerError',
    })
    const defaults = { p: 'none', sp: 'none', np: 'none', adkim: 'r', fo: '0', t: 'n', psd: 'u', pct: 100 } as const
    expect(await client.domains.generateDmarcRecord(7, 41, defaults)).toMatchObject({ dmarc_record: record })
  })

  it('unless reading back shows all of it', async () => {
    const { client } = await stubborn({ body: one })
    expect(await client.domainMemberships.add(7, [41])).toMatchObject([{ id: 5 }])
  })
})

describe('a deletion', () => {
  const deletions: [string, (c: DmarcReportClient) => Promise<void>][] = [
    ['of a domain', (c) => c.domains.delete(7, 41)],
    ['of an account', (c) => c.accounts.delete(7)],
    ['of a tag', (c) => c.tags.delete(3)],
    ['of a membership', (c) => c.domainMemberships.remove(7, 5)],
  ]
  const answers: Reply[] = [
    { body: { message: 'You are not allowed to delete this domain' } },
    { body: { message: 'Deletion scheduled', status: 202 } },
    { status: 202, body: { message: 'Deletion scheduled', status: 200 } },
    { body: { message: 'ok', status: 200, deleted: false } },
    { body: { id: 41, deleted: false } },
    { body: shown },
    { body: { id: 77, address: 'z.example' } },
    { body: { status: 200 } },
    { body: { data: { message: 'no' } } },
    { body: { success: true } },
    { body: [] },
    { body: 'Please log in' },
    { body: 'true' },
    { body: 'null' },
    { status: 204 },
    { status: 205 },
    { status: 200 },
  ]
  it.each(deletions)('%s is not done by an answer that is not the documented one', async (_, remove) => {
    for (const reply of answers) {
      const { client } = await stubborn(reply)
      const error = await fault(remove(client))
      expect(error, JSON.stringify(reply)).toMatchObject({ name: 'OutcomeUnknownError', call: { method: 'DELETE' } })
      expect(error.message).toContain('but it is still there')
    }
  })

  const refusals: [number, object][] = [
    [403, { message: 'forbidden', code: 403 }],
    [401, { message: 'Unauthorized', statusCode: 401 }],
    [422, { message: 'no', status: '422' }],
    [200, { message: 'no', status: '422 Unprocessable' }],
    [200, { message: 'no', status: 'unprocessable_entity' }],
    [200, { message: 'no', ok: false }],
    [200, { message: 'no', result: 'error' }],
    [200, { data: { errors: ['no'] } }],
    [200, { domain: { id: 41, errors: { base: ['no'] } } }],
    [200, { meta: { errors: ['no'] } }],
  ]
  it.each(deletions)('%s fails with what the body of a success says against it', async (_, remove) => {
    for (const [status, body] of refusals) {
      const error = await fault(remove((await stubborn({ body })).client))
      expect(error, JSON.stringify(body)).toMatchObject({ status })
      expect(error.message).toContain('its body reports a failure')
    }
  })

  it.each([403, 404, 409, 410, 422])(
    'is done where %i follows an attempt that was cut off and did it',
    async (status) => {
      const script = (gone: boolean) =>
        fakeApi(({ method }, count) => {
          if (method === 'DELETE') return count === 1 ? { cut: 'reset' } : { status }
          return gone ? { status: 404 } : { body: shown }
        })
      await expect((await script(true)).client.domains.delete(7, 41)).resolves.toBeUndefined()
      expect(await fault((await script(false)).client.domains.delete(7, 41))).toMatchObject({
        name: expect.stringMatching(status === 404 || status === 410 ? /Outcome/ : /Permission|Conflict|Validation/),
      })
    },
  )

  it('of a membership is not done because its own route is missing', async () => {
    const there = { account_managements: [{ id: 5, account_id: 7, domain_id: 41 }] }
    const { client } = await fakeApi(({ method, path }) => {
      if (method === 'DELETE') return { status: 204 }
      return path.endsWith('domain_accounts') ? { body: there } : { status: 404 }
    })
    expect(await fault(client.domainMemberships.remove(7, 5))).toBeInstanceOf(OutcomeUnknownError)
  })
})
