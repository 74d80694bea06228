import { connect } from 'node:net'
import { text as readText } from 'node:stream/consumers'
import { errorBody } from '@dmarc-as-code/client/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createToken } from '../src/store/tokens.ts'
import { describeEngines } from './engines.ts'
import { startTestServer, type Tenant, type TestServer } from './start-test-server.ts'
import { storeContents } from './store-contents.ts'

interface Refusal {
  does: string
  request: () => [method: string, path: string, body?: unknown, token?: string | null]
  status: number
  /** Part of a message or code that must be in the answer. */
  says: (string | RegExp)[]
}

describeEngines('bad input changes nothing and says why', (fresh) => {
  let server: TestServer
  let stranger: Tenant
  let free: Tenant
  let readOnly: string
  let oneAccount: string
  let domains: string
  let live: number
  let parked: number

  beforeAll(async () => {
    server = await startTestServer({ config: { store: await fresh() } })
    stranger = await server.tenant('stranger@example.net')
    free = await server.tenant('free@example.net', 'free')
    const { userId, accountId } = server.owner
    const token = { userId, name: 'limited', now: Date.now() }
    readOnly = (await createToken(server.store.db, { ...token, accountId: null, privileges: ['read'] })).token
    const privileges = ['read', 'write', 'verify'] as const
    oneAccount = (await createToken(server.store.db, { ...token, accountId, privileges })).token
    domains = `/v2/accounts/${accountId}/domains`
    live = await create({ address: 'live.example' })
    parked = await create({ address: 'parked.example', parked_domain: true })
    await server.store.db.updateTable('users').set({ parked_quota: 1 }).where('id', '=', userId).execute()
    await server.call('POST', '/v2/tags.json', { tag: { name: 'Internal' } })
    const first = post({ address: 'first.example' })[2]
    await server.call('POST', `/v2/accounts/${free.accountId}/domains.json`, first, free.token)
  })
  afterAll(() => server?.close())

  async function create(fields: object): Promise<number> {
    const answer = await server.call('POST', `${domains}.json`, post(fields)[2])
    expect(answer.status).toBe(201)
    return answer.body.id
  }
  const post = (fields: object): ['POST', string, unknown] => [
    'POST',
    `${domains}.json`,
    { domain: { address: 'new.example', rua_report: true, ruf_report: true, ...fields } },
  ]
  const put = (id: number, fields: object): ['PUT', string, unknown] => [
    'PUT',
    `${domains}/${id}.json`,
    { domain: fields },
  ]
  const policy = { mode: 'enforce', mx: 'mx1.example.net', mx_age: 7 }

  const refusals: Refusal[] = [
    // What cannot be an address.
    ...[
      ['nothing at all', ''],
      ['an IP address', '192.0.2.1'],
      ['an e-mail address', 'postmaster@example.com'],
      ['a URL', 'https://example.com/'],
      ['an empty label', 'a..example'],
      ['a single label', 'localhost'],
      ['an over-long label', `${'a'.repeat(64)}.example`],
      ['an over-long name', `${'a.'.repeat(126)}example`],
    ].map(([what, address]) => ({
      does: `a domain that is ${what}`,
      request: () => post({ address }),
      status: 422,
      says: [address === '' ? 'domain.address' : 'address_invalid'],
    })),
    {
      does: 'no report flag at all',
      request: () => post({ rua_report: false, ruf_report: false }),
      status: 422,
      says: ['report_flag_required'],
    },
    {
      does: 'null for a report flag',
      request: () => post({ rua_report: null }),
      status: 422,
      says: ['domain.rua_report', 'null'],
    },
    {
      does: 'a missing report flag',
      request: () => post({ ruf_report: undefined }),
      status: 422,
      says: ['required', 'domain.ruf_report'],
    },
    {
      does: 'a field nobody knows',
      request: () => post({ hosted_dmark: true }),
      status: 422,
      says: ['unknown_field', 'hosted_dmark'],
    },
    { does: 'a body without domain', request: () => ['POST', `${domains}.json`, {}], status: 422, says: ['required'] },
    { does: 'no body', request: () => ['POST', `${domains}.json`], status: 422, says: ['required'] },
    { does: 'a list as body', request: () => ['POST', `${domains}.json`, [1]], status: 422, says: ['unprocessable'] },

    // Policies.
    {
      does: 'an unknown mode',
      request: () => post({ mta_sts_policy: { ...policy, mode: 'strict' } }),
      status: 422,
      says: ['mta_sts_policy.mode', 'testing'],
    },
    {
      does: 'a policy without hosts',
      request: () => post({ mta_sts_policy: { ...policy, mx: ' , ' } }),
      status: 422,
      says: ['mta_sts_policy.mx'],
    },
    {
      does: 'a mail host that is no name',
      request: () => post({ mta_sts_policy: { ...policy, mx: 'a.*.example' } }),
      status: 422,
      says: ['policy_invalid', 'a.*.example'],
    },
    {
      does: 'an age over a year',
      request: () => post({ mta_sts_policy: { ...policy, mx_age: 366 } }),
      status: 422,
      says: ['mx_age'],
    },
    {
      does: 'half a policy',
      request: () => put(live, { mta_sts_policy: { mode: 'none' } }),
      status: 422,
      says: ['mta_sts_policy.mx'],
    },

    // Rules.
    {
      does: 'the same address again, in another spelling',
      request: () => post({ address: 'LIVE.example.' }),
      status: 409,
      says: ['address_taken', /"existing_id":\d+/],
    },
    {
      does: 'one parked domain too many',
      request: () => post({ parked_domain: true }),
      status: 422,
      says: ['parked_quota_exhausted', 'quota of 1 parked domains is exhausted'],
    },
    {
      does: 'a tag id nobody made',
      request: () => post({ tag_ids: [999] }),
      status: 422,
      says: ['tag_unknown', '999', 'Internal'],
    },
    {
      does: 'a tag name nobody made',
      request: () => put(live, { tag_names: ['Externl'] }),
      status: 422,
      says: ['tag_unknown', 'Externl'],
    },
    {
      does: 'another address for a domain',
      request: () => put(live, { address: 'other.example' }),
      status: 422,
      says: ['cannot be changed'],
    },
    {
      does: 'a tag name twice',
      request: () => ['POST', '/v2/tags.json', { tag: { name: 'Internal' } }],
      status: 409,
      says: ['tag_name_taken', 'existing_id'],
    },
    {
      does: 'a tag colour that is none',
      request: () => ['POST', '/v2/tags.json', { tag: { name: 'x', color: 'blue' } }],
      status: 422,
      says: ['#3B82F6'],
    },
    {
      does: 'hosted MTA-STS for a parked domain',
      request: () => put(parked, { mta_sts_report: true, hosted_mta_sts: true, mta_sts_policy: policy }),
      status: 422,
      says: ['parked_domain_not_hostable'],
    },
    {
      does: 'a parked domain at quarantine',
      request: () => put(parked, { hosted_dmarc: true, hosted_dmarc_config: 'v=DMARC1; p=quarantine' }),
      status: 422,
      says: ['parked_policy_not_reject'],
    },
    {
      does: 'hosted MTA-STS without reports',
      request: () => put(live, { hosted_mta_sts: true, mta_sts_policy: policy }),
      status: 422,
      says: ['mta_sts_report_required'],
    },
    {
      does: 'taking over without a service that begins',
      request: () => put(live, { take_over_current: true }),
      status: 422,
      says: ['nothing_to_take_over'],
    },
    {
      does: 'taking over beside a record of its own',
      request: () =>
        put(live, { take_over_current: true, hosted_dmarc: true, hosted_dmarc_config: 'v=DMARC1; p=none' }),
      status: 422,
      says: ['nothing_to_take_over'],
    },
    {
      does: 'consent without words',
      request: () => put(live, { rua_report: true, allow_weaker: '  ' }),
      status: 422,
      says: ['invalid_value'],
    },
    {
      does: 'a record while hosting is off',
      request: () => put(live, { hosted_dmarc_config: 'v=DMARC1; p=none' }),
      status: 422,
      says: ['hosted_dmarc_off'],
    },
    {
      does: 'a record without our addresses',
      request: () => put(live, { hosted_dmarc: true, hosted_dmarc_config: 'v=DMARC1; p=none; rua=mailto:a@b.example' }),
      status: 422,
      says: ['report_address_missing', '.a@reports.hosting.test'],
    },
    {
      does: 'a record with a wrong word',
      request: () => put(live, { hosted_dmarc: true, hosted_dmarc_config: 'v=DMARC1; p=rejct' }),
      status: 422,
      says: ['record_invalid', 'rejct'],
    },
    {
      does: 'publishing while hosting is off',
      request: () => ['POST', `${domains}/${live}/generate_dmarc_record.json`, { p: 'none', publish: true }],
      status: 422,
      says: ['hosted_dmarc_off'],
    },
    {
      does: 'an unknown option of a record',
      request: () => ['POST', `${domains}/${live}/generate_dmarc_record.json`, { p: 'nothing' }],
      status: 422,
      says: ['quarantine'],
    },
    {
      does: 'verifying what is not hosted',
      request: () => ['POST', `${domains}/${live}/verify_hosted_mta_sts.json`],
      status: 422,
      says: ['hosted_mta_sts'],
    },
    {
      does: 'deleting an account with domains',
      request: () => ['DELETE', `/v2/accounts/${server.owner.accountId}.json`],
      status: 422,
      says: ['account_not_empty'],
    },
    {
      does: 'a page nobody can turn to',
      request: () => ['GET', `${domains}.json?page=0`],
      status: 422,
      says: ['page'],
    },
    {
      does: 'more entries a page than allowed',
      request: () => ['GET', '/v2/all_domains.json?per=1001'],
      status: 422,
      says: ['per'],
    },

    // Plans.
    {
      does: 'a second domain on the free plan',
      request: () => [
        'POST',
        `/v2/accounts/${free.accountId}/domains.json`,
        post({ address: 'second.example' })[2],
        free.token,
      ],
      status: 422,
      says: ['domain_quota_exhausted'],
    },
    {
      does: 'hosting on the free plan',
      request: () => [
        'PUT',
        `/v2/accounts/${free.accountId}/domains/first-example.json`,
        { domain: { hosted_dmarc: true } },
        free.token,
      ],
      status: 422,
      says: ['plan_too_low'],
    },
    {
      does: 'a parked domain on the free plan',
      request: () => [
        'POST',
        `/v2/accounts/${free.accountId}/domains.json`,
        post({ parked_domain: true })[2],
        free.token,
      ],
      status: 422,
      says: ['parked_quota_exhausted', 'quota of 0 parked domains is exhausted'],
    },

    // Who is asking.
    { does: 'no token', request: () => [...post({}), null], status: 401, says: ['Authorization: Token token='] },
    {
      does: 'a token nobody has',
      request: () => [...post({}), 'f'.repeat(61)],
      status: 401,
      says: ['unknown, revoked or expired'],
    },
    {
      does: 'a token that may only read',
      request: () => [...post({}), readOnly],
      status: 403,
      says: ['forbidden', 'lacks', 'write'],
    },
    {
      does: 'verifying with a token that may only read',
      request: () => ['POST', `${domains}/${live}/verify_hosted_dmarc.json`, undefined, readOnly],
      status: 403,
      says: ['verify'],
    },
    {
      does: 'publishing with a token that may only read',
      request: () => ['POST', `${domains}/${live}/generate_dmarc_record.json`, { p: 'none', publish: true }, readOnly],
      status: 403,
      says: ['write'],
    },
    {
      does: 'an account for all with a token for one',
      request: () => ['POST', '/v2/accounts.json', { account: { title: 'New' } }, oneAccount],
      status: 403,
      says: ['limited to one account'],
    },
    {
      does: 'a domain in the account of somebody else',
      request: () => [...post({}), stranger.token],
      status: 404,
      says: ['not_found'],
    },
    {
      does: 'changing the domain of somebody else',
      request: () => [...put(live, { rua_report: false }), stranger.token],
      status: 404,
      says: ['not_found'],
    },
    {
      does: 'deleting the domain of somebody else',
      request: () => ['DELETE', `${domains}/${live}.json`, undefined, stranger.token],
      status: 404,
      says: ['not_found'],
    },
    {
      does: 'taking the domain of somebody else over',
      request: () => [
        'POST',
        `/v2/accounts/${stranger.accountId}/domain_accounts.json`,
        { domain_account: { account_attributes: { id: String(stranger.accountId), domain_ids: [live] } } },
        stranger.token,
      ],
      status: 404,
      says: ['not_found'],
    },
    {
      does: 'a domain that does not exist',
      request: () => put(999_999, { rua_report: false }),
      status: 404,
      says: ['999999'],
    },
    { does: 'a path that does not exist', request: () => ['GET', '/v3/domains'], status: 404, says: ['/v3/domains'] },

    // What cannot be read.
    {
      does: 'a path that cannot be decoded',
      request: () => ['GET', '/v2/accounts/%zz/domains.json'],
      status: 400,
      says: ['bad_request'],
    },
    {
      does: 'a path that is too long',
      request: () => ['GET', `/v2/accounts/${'a'.repeat(500)}/domains.json`],
      status: 404,
      says: ['too long'],
    },
    {
      does: 'an id no row can have',
      request: () => ['GET', `${domains}/999999999999.json`],
      status: 404,
      says: ['999999999999'],
    },
    {
      does: 'a hundred thousand brackets',
      request: () => ['POST', `${domains}.json`, `{"domain":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
      status: 422,
      says: ['domain'],
    },
    { does: 'a NUL in a path', request: () => ['GET', `${domains}/%00.json`], status: 404, says: ['not_found'] },
    {
      does: 'a NUL in a name',
      request: () => ['POST', '/v2/tags.json', { tag: { name: 'a\u0000b' } }],
      status: 422,
      says: ['tag.name', 'control character'],
    },
    {
      does: 'the beginning of a terminal sequence in a title',
      request: () => ['POST', '/v2/accounts.json', { account: { title: 'a\u009b31m' } }],
      status: 422,
      says: ['account.title', 'control character'],
    },
    ...['\u061c', '\u200e', '\u200f', '\u2028', '\u202e', '\u2066'].map(
      (character): Refusal => ({
        does: `U+${character.charCodeAt(0).toString(16)}, which changes how its neighbours read, in a title`,
        request: () => ['POST', '/v2/accounts.json', { account: { title: `Ours ${character}sruoY` } }],
        status: 422,
        says: ['account.title', 'direction of reading'],
      }),
    ),
    {
      does: 'another direction of reading in where a domain is kept in code',
      request: () => put(live, { managed_by: { workspace: 'prod', label: 'a\u202eb' } }),
      status: 422,
      says: ['domain.managed_by.label', 'direction of reading'],
    },
    {
      does: 'an unpaired surrogate in a title',
      request: () => ['POST', '/v2/accounts.json', '{"account":{"title":"\\ud800"}}'],
      status: 422,
      says: ['account.title', 'unpaired surrogate'],
    },
    {
      does: 'half a JSON text',
      request: () => ['POST', `${domains}.json`, '{"domain":'],
      status: 400,
      says: ['bad_request'],
    },
    {
      does: 'more than a mebibyte',
      request: () => ['POST', `${domains}.json`, `"${'a'.repeat(1_100_000)}"`],
      status: 413,
      says: ['payload_too_large'],
    },
  ]

  it.for([
    ['headers without end', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`, 431, /larger than 16 KiB/],
    ['what is not HTTP', 'HELO mail.example\r\n\r\n', 400, /not valid HTTP/],
  ] as const)('fails for %s in the same error shape', async ([, bytes, status, says]) => {
    const { hostname, port } = new URL(server.apiUrl)
    const socket = connect(Number(port), hostname)
    socket.write(bytes)
    const [head = '', body = ''] = (await readText(socket)).split('\r\n\r\n')
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(errorBody.parse(JSON.parse(body)).error.message).toMatch(says)
  })

  it.for(refusals)('fails for $does with $status', async ({ request, status, says }) => {
    const before = await storeContents(server.store)
    const answer = await server.call(...request())
    const text = JSON.stringify(answer.body)
    expect({ status: answer.status, text }).toMatchObject({ status })
    expect(errorBody.parse(answer.body)).toEqual(answer.body)
    for (const words of says) expect(text).toMatch(words instanceof RegExp ? words : new RegExp(escaped(words)))
    expect(await storeContents(server.store)).toEqual(before)
  })

  it('fails for a body that is not JSON with 415', async () => {
    const response = await fetch(`${server.apiUrl}${domains}.json`, {
      method: 'POST',
      headers: { authorization: `Token token=${server.owner.token}`, 'content-type': 'text/xml' },
      body: '<domain/>',
    })
    expect(response.status).toBe(415)
    expect(await response.json()).toMatchObject({ error: { code: 'unsupported_media_type' } })
  })

  it.for(['PATCH', 'TRACE', 'QUERY', 'DELETE'])(
    'fails for %s at a path that has other methods with 405',
    async (method) => {
      const { hostname, port } = new URL(server.apiUrl)
      const socket = connect(Number(port), hostname)
      socket.write(`${method} /v2/tags.json HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
      const [head = '', body = ''] = (await readText(socket)).split('\r\n\r\n')
      expect(head).toMatch(/^HTTP\/1.1 405 /)
      expect(head).toMatch(/^allow: GET, HEAD, POST\r?$/im)
      expect(errorBody.parse(JSON.parse(body)).error).toMatchObject({ code: 'method_not_allowed' })
    },
  )

  it('fails for other schemes than Token with 401, Bearer included', async () => {
    for (const scheme of ['Bearer ', 'Basic ', 'Bearer token=', '']) {
      const headers = { authorization: `${scheme}${server.owner.token}` }
      const response = await fetch(`${server.apiUrl}/v2/accounts`, { headers })
      expect(response.status, scheme).toBe(401)
      expect(response.headers.get('www-authenticate')).toContain('Token')
    }
  })
})

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
